// The Lab of a stage on Knative: accounts through three services, to zero and back, the autoscaler's curve.
import { expect, test } from 'playwright/test';
import type { Locator } from 'playwright/test';
import { LabPage } from './lab-page.ts';
import { blockOtherOrigins } from './origins.ts';

const SEVENTH = '/stages/07-knative/';

class KnativePage extends LabPage {
  get terminal(): Locator {
    return this.element.getByRole('log', { name: 'Output of your commands' });
  }

  /** Clicks a line to try out and waits for its end. */
  async try(line: string): Promise<void> {
    const offers = this.element.getByRole('group', { name: 'To try out' });
    await offers.getByRole('button', { name: line, exact: true }).click();
    await expect(this.button('Stop')).toBeHidden();
  }
}

test('lab: who signs in adds a todo through three services, and finds it after all of them were at zero', async ({
  page,
  context,
}) => {
  test.slow();
  const asked = await blockOtherOrigins(context);
  const lab = new KnativePage(page);
  await lab.open(SEVENTH);
  await lab.startWithPage();
  await lab.todo.getByRole('button', { name: 'Sign in' }).click();
  // A dialog lies over the frame, wherever that is scrolled to.
  await lab.element
    .locator('iframe')
    .evaluate((frame) => frame.scrollIntoView({ block: 'center', behavior: 'instant' }));
  const dialog = lab.todo.getByRole('dialog');
  await dialog.getByLabel('Name').fill('demo');
  await dialog.getByLabel('Password').fill('serverless');
  await dialog.getByRole('button', { name: 'Sign in', exact: true }).click();
  await expect(dialog).toBeHidden();
  await lab.addTodo('Buy milk');

  await lab.button('Skip 10 minutes').click();
  await expect(lab.said).toHaveText('Ten minutes have passed on the platform.');
  await expect(lab.instances).toHaveCount(0);
  await lab.reload();
  await expect(lab.todoNames).toHaveText(['Buy milk']);
  await expect(lab.instances.filter({ hasText: 'myapp-00001' })).toHaveCount(1);

  await lab.tab('Shell').click();
  await lab.try('kn service list');
  await expect(lab.terminal).toContainText(/NAME +URL +LATEST +AGE +CONDITIONS +READY/);
  await expect(lab.terminal).toContainText(/rule +http:\/\/rule\.default\.svc\.cluster\.local/);
  await lab.try('kubectl get pods');
  await expect(lab.terminal).toContainText('myapp-00001-deployment-');
  expect(asked).toEqual([]);
});

test('lab: the autoscaler’s curve tells what many clients make it do', async ({ page }) => {
  test.slow();
  const lab = new KnativePage(page);
  await lab.open(SEVENTH);
  await lab.start();
  await lab.tab('Autoscaler').click();
  const panel = lab.element.getByRole('tabpanel', { name: 'Autoscaler' });
  await lab.button('40 clients ask').click();
  await panel.getByLabel('Revision').selectOption('rule-00001');
  // 20 at once in a pod, of which it is meant to have 14: forty are more than one pod's work.
  await expect(panel).toContainText(/Panic\. Average of 6 s: .* A pod is meant to have 14\./, {
    timeout: 30_000,
  });
  await expect(panel).toContainText('the last 6 s ask for at least twice', { ignoreCase: true });
  await expect(panel.locator('path.stable')).toHaveAttribute('d', /^M [\d.]+ [\d.]+ L /);
  await expect(panel.locator('.panics rect').first()).toBeAttached();
  await expect
    .poll(() => lab.instances.filter({ hasText: 'rule-00001' }).count(), { timeout: 30_000 })
    .toBeGreaterThan(1);
  await lab.button('40 clients ask').click();
  await expect(lab.said).toHaveText(/^The clients have stopped: \d+ answers, 0 failures\.$/);
});

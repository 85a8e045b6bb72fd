// The Lab of a stage in a cluster: its pods, its shell, a change that is rolled out.
import { expect, test } from 'playwright/test';
import type { Locator } from 'playwright/test';
import { listenToConsole } from './console.ts';
import { LabPage } from './lab-page.ts';
import { blockOtherOrigins } from './origins.ts';

const SIXTH = '/stages/06-kubernetes/';

class ClusterPage extends LabPage {
  get terminal(): Locator {
    return this.element.getByRole('log', { name: 'Output of your commands' });
  }

  get line(): Locator {
    return this.element.getByRole('textbox', { name: 'Command line' });
  }

  /** Types a line and answers with what it printed. */
  async type(line: string): Promise<string> {
    const before = (await this.terminal.innerText()).length;
    await this.line.fill(line);
    await this.line.press('Enter');
    await expect(this.button('Stop')).toBeHidden({ timeout: 30_000 });
    return (await this.terminal.innerText()).slice(before).split('\n').slice(1).join('\n');
  }

  get tags(): Locator {
    return this.element.locator('.tag:not(.stopped):visible');
  }
}

test('lab: three pods behind a Service show the page; one that is deleted goes and another comes, quietly', async ({
  page,
  context,
}) => {
  const expectQuiet = listenToConsole(page);
  const asked = await blockOtherOrigins(context);
  const lab = new ClusterPage(page);
  await lab.open(SIXTH);
  await lab.startWithPage();
  await expect(lab.instances).toHaveCount(3);
  await expect(lab.tags).toHaveCount(3);
  await lab.addTodo('Buy milk');

  await lab.tab('Shell').click();
  const pods = await lab.type('kubectl get pods -o wide');
  expect(pods).toMatch(/^NAME +READY +STATUS +RESTARTS +AGE +IP +NODE/);
  expect(pods.match(/^todo-[\da-z]+-[\da-z]{5} +1\/1 +Running +0 /gm)).toHaveLength(3);

  const name = (await lab.instances.first().textContent()) ?? '';
  expect(await lab.type(`kubectl delete pod ${name}`)).toBe(`pod "${name}" deleted\n`);
  await expect(lab.instances).toHaveCount(3);
  await expect(lab.instances.filter({ hasText: name })).toHaveCount(0);
  expect(await lab.type('kubectl get events')).toMatch(/Normal +Killing +pod\/todo-/);
  expect(await lab.type('kubectl get pod nobody')).toContain(
    'Error from server (NotFound): pods "nobody" not found',
  );
  expect(await lab.type('ls')).toBe('ls: command not found. There is kubectl.\n');

  await lab.reload();
  await expect(lab.todoNames).toHaveText(['Buy milk']);
  expect(asked).toEqual([]);
  expectQuiet();
});

test('lab: the shell is worked by keyboard alone: history, a watch that Ctrl+C ends, and lines to click', async ({
  page,
}) => {
  const lab = new ClusterPage(page);
  await lab.open(SIXTH);
  await lab.start();
  await lab.tab('Experiments').focus();
  await page.keyboard.press('ArrowRight');
  await expect(lab.tab('Shell')).toBeFocused();
  // The output can be scrolled, so it has a place of its own on the way.
  await page.keyboard.press('Tab');
  await expect(lab.terminal).toBeFocused();
  await page.keyboard.press('Tab');
  await expect(lab.line).toBeFocused();
  await page.keyboard.type('kubectl get pods --watch');
  await page.keyboard.press('Enter');
  await expect(lab.terminal).toContainText('RESTARTS');
  await lab.button('Kill').first().click();
  await expect(lab.terminal).toContainText(/Running +1 \(/);
  await lab.line.press('Control+c');
  await expect(lab.terminal).toContainText('^C');

  await lab.line.press('ArrowUp');
  await expect(lab.line).toHaveValue('kubectl get pods --watch');
  await lab.line.press('ArrowDown');
  await expect(lab.line).toHaveValue('');
  await lab.element
    .getByRole('group', { name: 'To try out' })
    .getByRole('button', { name: 'scale deployment/todo --replicas 5' })
    .click();
  await expect(lab.terminal).toContainText('deployment.apps/todo scaled');
  await expect(lab.instances).toHaveCount(5);
});

test('lab: changed code is a new image that is rolled out; one that crashes gets no further, and undo takes it back', async ({
  page,
}) => {
  test.slow();
  const lab = new ClusterPage(page);
  await lab.open(SIXTH);
  await lab.startWithPage();
  // Else it would add pods when all are busy.
  await lab.tab('Shell').click();
  await lab.type('kubectl delete hpa todo');
  await lab.openFile('models/user.ts');
  await lab.replaceCode("'Demo'", "'Second'");
  await lab.button('Run with this code').click();
  await expect(lab.aboutCode).toContainText('Runs with your change', { timeout: 30_000 });
  await expect(lab.todo.getByText('Second')).toBeVisible();

  await lab.openFile('index.ts');
  await lab.editor.fill("throw new Error('not today');\n");
  await lab.button('Run with this code').click();
  await expect(lab.aboutCode).toContainText('not today', { timeout: 30_000 });
  await expect(lab.instances.filter({ hasText: /^todo-/ })).toHaveCount(4);
  await lab.button('Send 50 requests').click();
  await expect(lab.said).toHaveText('50 requests sent: 50 answered well, 0 not.');

  await lab.tab('Shell').click();
  const image = 'jsonpath={.spec.template.spec.containers[0].image}';
  expect(await lab.type(`kubectl get deployment todo -o ${image}`)).toContain('06-kubernetes:3');
  expect(await lab.type('kubectl rollout undo deployment/todo')).toContain('rolled back');
  expect(await lab.type('kubectl rollout status deployment/todo')).toContain(
    'successfully rolled out',
  );
  await expect(lab.instances).toHaveCount(3);
  await lab.reload();
  await expect(lab.todo.getByText('Second')).toBeVisible();
});

test('lab: an experiment of the cluster goes as it was recorded', async ({ page }) => {
  test.slow();
  const lab = new LabPage(page);
  await lab.open(SIXTH);
  await lab.start();
  const panel = lab.element.getByRole('tabpanel', { name: 'Experiments' });
  // The others run on the bare page of lab-parity.spec.ts: here one of them, as a reader sees it.
  await panel
    .getByRole('button', { name: 'A broken image stalls, and the old pods serve' })
    .click();
  await panel.getByRole('button', { name: 'Run the experiment' }).click();
  await expect(panel.locator('.verdict')).toContainText('Confirmed', { timeout: 60_000 });
  await expect(panel).toContainText('The same happened, in the same order');
});

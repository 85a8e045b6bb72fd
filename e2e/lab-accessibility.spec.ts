// axe on the running Lab: every panel, both themes and languages.
import { AxeBuilder } from '@axe-core/playwright';
import { expect, test } from 'playwright/test';
import type { Page } from 'playwright/test';
import { LabPage } from './lab-page.ts';

const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

async function violations(page: Page): Promise<string[]> {
  const { violations: found } = await new AxeBuilder({ page })
    .include('stage-lab')
    .withTags(RULES)
    .analyze();
  return found.flatMap(({ id, help, nodes }) =>
    nodes.map(({ target }) => `${id}: ${help}: ${target.join(' ')}`),
  );
}

for (const [colorScheme, path] of [
  ['light', '/stages/01-all-in-one/'],
  ['dark', '/zh-cn/stages/02-file-db/'],
  ['light', '/zh-cn/stages/08-midway/'],
] as const) {
  test.describe(colorScheme, () => {
    test.use({ colorScheme });

    test(`lab: every panel of ${path} is accessible`, async ({ page }) => {
      test.slow();
      const lab = new LabPage(page);
      await lab.open(path);
      await lab.startWithPage();
      await page.getByRole('button', { name: lab.words.many }).click();
      await lab.element.getByRole('button', { name: lab.words.run }).click();
      await expect(lab.element.locator('.verdict')).toBeVisible({ timeout: 30_000 });
      for (const tab of await lab.element.getByRole('tab').all()) {
        await tab.click();
        await page.waitForTimeout(400);
        expect(await violations(page), await tab.innerText()).toEqual([]);
      }
      // As a function: what it does not use is dimmed, and instances come and go.
      await lab.element.getByRole('radio').nth(1).check();
      await lab.element.getByRole('tab').first().click();
      await page.waitForTimeout(1_000);
      expect(await violations(page)).toEqual([]);
    });
  });
}

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(colorScheme, () => {
    test.use({ colorScheme });

    test('lab: a cluster’s shell and the autoscaler’s curve are accessible', async ({ page }) => {
      test.slow();
      const lab = new LabPage(page);
      await lab.open('/stages/07-knative/');
      await lab.start();
      await lab.tab('Shell').click();
      const offers = lab.element.getByRole('group', { name: 'To try out' });
      await offers.getByRole('button', { name: 'kn service list', exact: true }).click();
      await expect(lab.element.getByRole('log')).toContainText(/READY/);
      expect(await violations(page)).toEqual([]);

      await lab.tab('Autoscaler').click();
      await lab.button('40 clients ask').click();
      const curve = lab.element.getByRole('tabpanel', { name: 'Autoscaler' });
      await expect(curve.locator('path.stable')).toHaveAttribute('d', /L/, { timeout: 30_000 });
      expect(await violations(page)).toEqual([]);
    });
  });
}

// axe on every kind of page, in both languages and themes, and on the stages' own page.
import { AxeBuilder } from '@axe-core/playwright';
import { expect, test } from 'playwright/test';
import type { Page } from 'playwright/test';
import { listStages, runStage } from './command-line.ts';
import { ALL_PAGES } from './page-kinds.ts';
import { TodoPage } from './todo-page.ts';

const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

async function violations(page: Page): Promise<string[]> {
  const { violations: found } = await new AxeBuilder({ page }).withTags(RULES).analyze();
  return found.flatMap(({ id, help, nodes }) =>
    nodes.map(({ target }) => `${id}: ${help}: ${target.join(' ')}`),
  );
}

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(colorScheme, () => {
    test.use({ colorScheme });

    for (const { name, address, maxBytes } of ALL_PAGES) {
      test(`${name} ${address}`, async ({ page }) => {
        // Whole files of coloured code: axe looks at each token's contrast.
        if (maxBytes > 60_000) test.slow();
        await page.goto(address);
        await expect(page.locator('html')).toHaveAttribute('data-theme', colorScheme);
        expect(await violations(page)).toEqual([]);
      });
    }

    test('a stage’s own page, with todos, while one is edited, and before a deletion', async ({
      page,
    }) => {
      const [stage] = await listStages();
      const running = await runStage(stage?.number ?? 1);
      try {
        const todos = new TodoPage(page, running.url);
        await todos.open();
        await todos.add('Buy milk', 'Two litres');
        await todos.add('Read the ledger');
        await page.getByRole('button', { name: 'Edit Buy milk' }).click();
        expect(await violations(page)).toEqual([]);
        await page.getByRole('checkbox', { name: 'Select Read the ledger' }).check();
        await page.getByRole('button', { name: 'Delete 1' }).click();
        await expect(page.getByRole('dialog')).toBeVisible();
        expect(await violations(page)).toEqual([]);
      } finally {
        await running.stop();
      }
    });
  });
}

test('the keyboard alone reaches the text, the diagram and the experiments', async ({ page }) => {
  await page.goto('/stages/01-all-in-one/');
  await page.keyboard.press('Tab');
  await expect(page.getByRole('link', { name: 'Skip to content' })).toBeFocused();
  await page.keyboard.press('Enter');
  const reached: string[] = [];
  for (let step = 0; step < 60; step += 1) {
    await page.keyboard.press('Tab');
    reached.push(
      await page.evaluate(
        () =>
          document.activeElement?.getAttribute('aria-label') ??
          document.activeElement?.textContent?.trim() ??
          '',
      ),
    );
  }
  expect(reached).toContain('Express: code in app.ts');
  expect(reached).toContain('Show the answer');
});

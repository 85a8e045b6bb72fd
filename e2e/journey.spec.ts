// One reader's first evening with the course, from the first page to coming back.
import { expect, test } from 'playwright/test';
import type { Page } from 'playwright/test';
import { listenToConsole } from './console.ts';
import { LabPage } from './lab-page.ts';
import { blockOtherOrigins } from './origins.ts';

async function changeLanguage(page: Page, list: string, language: string): Promise<void> {
  await page.getByRole('list', { name: list }).getByRole('link', { name: language }).click();
}

/** Finds a page by a word that is in it, and goes there. */
async function search(page: Page, word: string, address: RegExp): Promise<void> {
  await page.keyboard.press('Control+k');
  await page.getByRole('searchbox').fill(word);
  const found = page.getByRole('dialog').getByRole('listitem').getByRole('link');
  await expect(found.first()).toBeVisible();
  const addresses = await found.evaluateAll((links) =>
    links.map((link) => link.getAttribute('href') ?? ''),
  );
  const index = addresses.findIndex((each) => address.test(each));
  expect(index, `${word} found ${addresses.join(', ')}`).not.toBe(-1);
  await found.nth(index).click();
  await expect(page).toHaveURL(address);
}

test('a reader starts, experiments, compares, changes languages, searches, leaves, and goes on where they were', async ({
  page,
  context,
}) => {
  test.slow();
  const expectQuiet = listenToConsole(page);
  const asked = await blockOtherOrigins(context);

  await page.goto('/');
  await page.getByRole('link', { name: 'Start with stage 1' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Everything in one' })).toBeVisible();

  const lab = new LabPage(page);
  await lab.start();
  await lab.confirmExperiment('Restart, and the todos are gone');
  await lab.stop();

  await page.getByRole('navigation', { name: 'Course' }).getByRole('link', { name: /^2 / }).click();
  await page.getByRole('link', { name: 'Read the whole difference, line by line' }).click();
  await expect(page).toHaveURL('/diff/01-all-in-one/02-file-db/');
  await expect(page.getByRole('region', { name: 'models/todo-store.ts' })).toBeAttached();
  await page.goBack();

  await page.locator('h2#operate').evaluate((heading) => heading.scrollIntoView());
  await changeLanguage(page, 'Languages', '简体中文');
  await expect(page).toHaveURL('/zh-cn/stages/02-file-db/#operate');
  await expect(page.locator('html')).toHaveAttribute('lang', 'zh-CN');
  await expect(page.locator('h2#operate')).toBeInViewport();

  await search(page, '只读', /^(http:\/\/[^/]+)?\/zh-cn\/stages\/02-file-db\//);
  await changeLanguage(page, '语言', 'English');
  await expect(page.locator('html')).toHaveAttribute('lang', 'en');
  await search(page, 'autoscaler', /^(http:\/\/[^/]+)?\/stages\/07-knative\//);

  await page.goto('/stages/03-table-store/');
  await page.locator('h2#break').evaluate((heading) => heading.scrollIntoView());
  await expect
    .poll(() => page.evaluate(() => JSON.stringify(localStorage)))
    .toContain(String.raw`\"section\":\"break\"`);
  await page.close();

  const later = await context.newPage();
  const expectLaterQuiet = listenToConsole(later);
  await later.goto('/');
  await later.getByRole('link', { name: /^Go on with stage 3/ }).click();
  await expect(later).toHaveURL('/stages/03-table-store/#break');
  await expect(later.locator('h2#break')).toBeInViewport();

  expect(asked).toEqual([]);
  expectQuiet();
  expectLaterQuiet();
});

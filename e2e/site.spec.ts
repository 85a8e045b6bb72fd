// The course as a reader meets it.
import { gzipSync } from 'node:zlib';
import { expect, test } from 'playwright/test';
import { listenToConsole } from './console.ts';
import { blockOtherOrigins } from './origins.ts';
import { ALL_PAGES } from './page-kinds.ts';

test('from the first page to a stage, its code, its difference, the other language, and a search', async ({
  page,
  context,
}) => {
  const expectQuiet = listenToConsole(page);
  const asked = await blockOtherOrigins(context);
  await page.goto('/');
  await page.getByRole('link', { name: 'Start with stage 1' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Everything in one' })).toBeVisible();

  await page.getByRole('link', { name: 'Express: code in app.ts' }).click();
  await expect(page).toHaveURL(/\/code\/01-all-in-one\/#app\.ts-L\d+$/);
  await expect(page.locator(`[id="${new URL(page.url()).hash.slice(1)}"]`)).toBeInViewport();
  await page.goBack();

  await page.getByRole('navigation', { name: 'Course' }).getByRole('link', { name: /^2 / }).click();
  await expect(
    page.getByRole('heading', { level: 1, name: 'A file as the database' }),
  ).toBeVisible();
  await page.getByRole('link', { name: 'Read the whole difference, line by line' }).click();
  await expect(page).toHaveURL('/diff/01-all-in-one/02-file-db/');
  await page.getByRole('link', { name: 'database.ts', exact: true }).click();
  await expect(page.getByRole('region', { name: 'models/database.ts' })).toBeInViewport();

  await page
    .getByRole('list', { name: 'Languages' })
    .getByRole('link', { name: '简体中文' })
    .click();
  await expect(page).toHaveURL(/\/zh-cn\/diff\/01-all-in-one\/02-file-db\//);
  await expect(page.locator('html')).toHaveAttribute('lang', 'zh-CN');
  await page.getByRole('link', { name: 'English' }).click();
  await expect(page.locator('html')).toHaveAttribute('lang', 'en');

  await page.getByRole('button', { name: 'Search' }).click();
  await page.getByRole('searchbox', { name: 'Search the course' }).fill('read-only');
  await page
    .getByRole('dialog')
    .getByRole('link', { name: /A file as the database/ })
    .first()
    .click();
  await expect(
    page.getByRole('heading', { level: 1, name: 'A file as the database' }),
  ).toBeVisible();
  expect(asked).toEqual([]);
  expectQuiet();
});

test('a Chinese reader searches in Chinese', async ({ page }) => {
  await page.goto('/zh-cn/');
  await page.keyboard.press('Control+k');
  await page.getByRole('searchbox').fill('只读');
  await expect(page.getByRole('dialog').getByRole('listitem').first()).toBeVisible();
  for (const link of await page.getByRole('dialog').getByRole('listitem').getByRole('link').all()) {
    expect(await link.getAttribute('href')).toMatch(/^\/zh-cn\//);
  }
});

test('the chosen theme stays on the next page', async ({ page }) => {
  await page.emulateMedia({ colorScheme: 'light' });
  await page.goto('/');
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'light');
  await page.getByRole('combobox', { name: 'Select theme' }).first().selectOption('dark');
  await page.goto('/api/');
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
});

test('an unknown address says so in both languages and leads back', async ({ page }) => {
  const response = await page.goto('/stages/99-nowhere/');
  expect(response?.status()).toBe(404);
  await expect(page.getByRole('main')).toContainText('没有');
  await page.getByRole('main').getByRole('link').first().click();
  await expect(page).toHaveURL(/\/$/);
});

test('an unknown address below a language is answered in it', async ({ page }) => {
  const response = await page.goto('/zh-cn/stages/99-nowhere/');
  expect(response?.status()).toBe(404);
  await expect(page.locator('html')).toHaveAttribute('lang', 'zh-CN');
  await expect(page.locator('link[rel=canonical], link[rel=alternate]')).toHaveCount(0);
  await expect(page.getByRole('main')).not.toContainText('Nothing');
  await page.getByRole('main').getByRole('link').first().click();
  await expect(page).toHaveURL(/\/zh-cn\/$/);
});

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });

  test('a stage page reads fully', async ({ page }) => {
    await page.goto('/stages/02-file-db/');
    const main = page.getByRole('main');
    for (const id of [
      'where-it-hurts',
      'picture',
      'changes',
      'run',
      'break',
      'operate',
      'deploy',
      'still-hurts',
    ]) {
      await expect(main.locator(`h2#${id}`)).toBeVisible();
    }
    await expect(main.getByRole('group', { name: /^Architecture of stage 2/ })).toBeVisible();
    await expect(main.getByText('npm run stage run 2', { exact: true }).first()).toBeVisible();
    await expect(main.getByRole('table', { name: /^Who carries each duty/ })).toBeVisible();

    const experiment = main.getByRole('region', { name: 'The function cannot write its disk' });
    const answer = experiment
      .getByRole('group')
      .filter({ hasText: 'Show the answer' })
      .getByText('An error, and the list is unchanged');
    await expect(answer).toBeHidden();
    await experiment.getByText('Show the answer').click();
    await expect(answer).toBeVisible();
    await expect(experiment.getByText('STORAGE_READ_ONLY').first()).toBeAttached();
  });

  test('the difference folds, and is shown in two ways', async ({ page }) => {
    await page.goto('/diff/01-all-in-one/02-file-db/');
    const file = page.getByRole('region', { name: 'models/todo-store.ts' });
    const line = file.getByText('await', { exact: false }).first();
    await expect(line).toBeVisible();
    const widthOf = async () => (await line.boundingBox())?.x;
    const below = await widthOf();
    await page.getByRole('radio', { name: 'Side by side' }).check({ force: true });
    expect(await widthOf()).not.toBe(below);
  });
});

for (const { name, address, maxBytes, maxScripts = Infinity } of ALL_PAGES) {
  test(`${name} ${address} is quiet, light, and asks no other origin`, async ({
    page,
    context,
  }) => {
    const expectQuiet = listenToConsole(page);
    const asked = await blockOtherOrigins(context);
    const bodies: Promise<[string, number]>[] = [];
    page.on('response', (response) => {
      bodies.push(
        response
          .body()
          .then((body) => [new URL(response.url()).pathname, gzipSync(body, { level: 9 }).length]),
      );
    });
    await page.goto(address, { waitUntil: 'networkidle' });
    await page.mouse.wheel(0, 20_000);
    await page.waitForLoadState('networkidle');
    const loaded = await Promise.all(bodies);
    const bytes = loaded.reduce((sum, [, size]) => sum + size, 0);
    expect(bytes, loaded.map(([path, size]) => `${path} ${size}`).join('\n')).toBeLessThanOrEqual(
      maxBytes,
    );
    const scripts = loaded.map(([path]) => path).filter((path) => path.endsWith('.js'));
    expect(scripts.length, scripts.join('\n')).toBeLessThanOrEqual(maxScripts);
    expect(
      loaded.filter(([path]) => path.includes('pagefind') || path.includes('stackblitz')),
    ).toEqual([]);
    expect(asked).toEqual([]);
    expectQuiet();
  });
}

for (const { name, address } of ALL_PAGES) {
  test(`${name} ${address} says where it is, and in which languages`, async ({ page }) => {
    await page.goto(address);
    const hrefs = (selector: string) =>
      page
        .locator(selector)
        .evaluateAll((links) =>
          links.map((link) => new URL((link as HTMLLinkElement).href).pathname),
        );
    expect(await hrefs('link[rel=canonical]')).toEqual([address]);
    const english = address.replace(/^\/zh-cn/, '');
    expect(await hrefs('link[rel=alternate][hreflang]')).toEqual([
      ...[english, `/zh-cn${english}`, english],
    ]);
  });
}

test('a reader goes on where they stopped, in another language too', async ({ page }) => {
  await page.goto('/stages/02-file-db/');
  await page.locator('h2#break').scrollIntoViewIfNeeded();
  await expect
    .poll(() => page.evaluate(() => localStorage.getItem('serverless-evolution:progress:v1')))
    .toContain('"section":"break"');
  await page.goto('/zh-cn/');
  await page.getByRole('link', { name: /接着读阶段 2/ }).click();
  await expect(page).toHaveURL('/zh-cn/stages/02-file-db/#break');
});

test('the steps are one picture, without a script and without motion', async ({ browser }) => {
  const context = await browser.newContext({ javaScriptEnabled: false, reducedMotion: 'reduce' });
  const page = await context.newPage();
  await page.goto('/');
  const table = page.locator('.canvas:visible [data-node="disk"]');
  await expect(table).toHaveCSS('opacity', '0');
  await page.getByRole('radio', { name: /^Stage 3/ }).check({ force: true });
  await expect(table).toHaveCSS('opacity', '1');
  await expect(page.locator('.canvas:visible').getByText('Tablestore')).toBeVisible();
  const caption = page.locator('.evolution figcaption');
  await expect(caption.getByText('A table for all instances')).toBeVisible();
  await expect(caption.getByText('Everything in one', { exact: true })).toBeHidden();
  await context.close();
});

test('on a phone the first page leads to the other language', async ({ page }) => {
  await page.setViewportSize({ width: 360, height: 740 });
  await page.goto('/');
  await page.getByRole('link', { name: '简体中文' }).click();
  await expect(page).toHaveURL(/\/zh-cn\/$/);
  await page.getByRole('link', { name: 'English' }).click();
  await expect(page.getByRole('link', { name: '简体中文' })).toBeVisible();
});

for (const { address } of ALL_PAGES) {
  test(`${address} fits a phone and a finger`, async ({ page }) => {
    await page.setViewportSize({ width: 360, height: 740 });
    await page.goto(address);
    const overflow = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    expect(overflow).toBe(0);
    expect(await page.evaluate(smallTargets)).toEqual([]);
    expect(await page.evaluate(brokenWords)).toEqual([]);
  });
}

/** Short code with a hyphen in which a line ends: `--stat` would read as `--` and `stat`. */
function brokenWords(): string[] {
  const inText = document.querySelectorAll('main code:not(pre code)');
  const inCommands = document.querySelectorAll('[data-language="sh"] .code > span');
  return [...inText, ...inCommands].flatMap((code) => {
    const text = code.textContent;
    const range = document.createRange();
    range.selectNodeContents(code);
    const lines = new Set([...range.getClientRects()].map(({ top }) => Math.round(top)));
    return /^\S*-\S*$/.test(text) && text.length <= 20 && lines.size > 1 ? [text] : [];
  });
}

test('a page is fetched while the pointer rests on its link', async ({ page, context }) => {
  await page.goto('/');
  const devtools = await context.newCDPSession(page);
  const fetched: string[] = [];
  devtools.on('Preload.prefetchStatusUpdated', ({ prefetchUrl, status }) => {
    if (status === 'Ready') fetched.push(new URL(prefetchUrl).pathname);
  });
  await devtools.send('Preload.enable');
  await page.getByRole('link', { name: 'Start with stage 1' }).hover();
  await expect.poll(() => fetched).toEqual(['/stages/01-all-in-one/']);
});

test('a command is copied as it is typed', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.goto('/stages/04-static-split/');
  await page.locator('command-lines', { hasText: 'cd ../my-copy' }).hover();
  await page.locator('command-lines', { hasText: 'cd ../my-copy' }).getByRole('button').click();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(
    'npm run stage checkout 4 ../my-copy\ncd ../my-copy\nnpm install && npm start',
  );
});

/** What can be tapped and is less than 24 pixels high or wide; a link within a sentence is as high as its line. */
function smallTargets(): string[] {
  const targets = document.querySelectorAll('a[href], button, summary, label:has(input), select');
  return [...targets].flatMap((target) => {
    const { width, height } = target.getBoundingClientRect();
    const text = target.textContent.trim();
    const around = target.closest('p, li, td, dd, figcaption, .sl-heading-wrapper');
    const inSentence =
      getComputedStyle(target).display.startsWith('inline') &&
      around !== null &&
      around.textContent.trim() !== text;
    const isSmall = width > 0 && Math.min(Math.round(width), Math.round(height)) < 24;
    return isSmall && !inSentence ? [`${text.slice(0, 40)} ${width} x ${height}`] : [];
  });
}

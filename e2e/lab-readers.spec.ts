// The Lab for every reader: by keyboard, with less motion, without a network or a feature of the browser.
import { expect, test } from 'playwright/test';
import type { Page } from 'playwright/test';
import { LabPage } from './lab-page.ts';

const FIRST = '/stages/01-all-in-one/';
const SECOND = '/stages/02-file-db/';

test('lab: after a first start it starts without a network, until it is forgotten', async ({
  page,
  context,
}) => {
  const lab = new LabPage(page);
  await lab.open(SECOND);
  await lab.startWithPage();
  await expect(lab.element).toContainText('starts without a network', { timeout: 20_000 });
  await context.setOffline(true);
  await page.reload();
  await expect(
    page.getByRole('heading', { level: 1, name: 'A file as the database' }),
  ).toBeVisible();
  await lab.startWithPage();
  await lab.addTodo('Offline milk');

  await context.setOffline(false);
  await lab.button('Forget it').click();
  await expect(lab.element).toContainText('Nothing of the Lab is kept');
  expect(await page.evaluate(async () => (await caches.keys()).length)).toBe(0);
  expect(
    await page.evaluate(async () => (await navigator.serviceWorker.getRegistrations()).length),
  ).toBe(0);
});

test('lab: by keyboard alone, from the button to a verdict and to a part’s code', async ({
  page,
}) => {
  const lab = new LabPage(page);
  await lab.open(FIRST);
  await lab.element.getByRole('button', { name: 'Start the Lab' }).focus();
  await page.keyboard.press('Enter');
  await expect(lab.element).toHaveAttribute('data-state', 'running', { timeout: 20_000 });
  await expect(lab.element.getByRole('region').first()).toBeFocused();

  await tabTo(page, 'a process on a machine');
  await tabTo(page, 'Browser: log, code and numbers');
  await tabTo(page, 'Express: log, code and numbers');
  const told = lab.element.locator('.lab-inspector');
  await expect(told).toContainText('Express');
  await expect(told.locator('pre')).toContainText('express()');
  await expect(told.getByRole('listitem').first()).toHaveText(/^GET \/\S* 200 [\d.]+ ms$/);
  await page.keyboard.press('Enter');
  await expect(lab.tab('Code')).toHaveAttribute('aria-selected', 'true');
  await expect(lab.editor).toBeFocused();
  // Tab indents in the editor, until Escape lets go of it.
  const before = await lab.editor.inputValue();
  await page.keyboard.press('Home');
  await page.keyboard.press('Tab');
  expect(await lab.editor.inputValue()).not.toBe(before);
  await page.keyboard.press('Control+z');
  expect(await lab.editor.inputValue()).toBe(before);
  await page.keyboard.press('Escape');
  await page.keyboard.press('Tab');
  await expect(lab.editor).not.toBeFocused();

  await lab.tab('Code').focus();
  await page.keyboard.press('ArrowLeft');
  await expect(lab.tab('Experiments')).toBeFocused();
  await tabTo(page, 'Run the experiment');
  await page.keyboard.press('Enter');
  await expect(lab.element.locator('.verdict')).toContainText('Confirmed', { timeout: 30_000 });
});

/** Presses Tab until something of that name has the focus. */

async function tabTo(page: Page, name: string): Promise<void> {
  for (let presses = 0; presses < 60; presses += 1) {
    const focused = await page.evaluate(() => {
      const element = document.activeElement;
      const label = element instanceof HTMLInputElement ? element.labels?.[0]?.textContent : '';
      return `${element?.getAttribute('aria-label') ?? ''}|${label}|${element?.textContent ?? ''}`;
    });
    if (focused.split('|').some((each) => each?.trim() === name)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`Tab never came to "${name}"`);
}

test('lab: with less motion requests are a table, and no dot moves', async ({ browser }) => {
  const context = await browser.newContext({ reducedMotion: 'reduce' });
  const page = await context.newPage();
  const lab = new LabPage(page);
  await lab.open(FIRST);
  await lab.start();
  await expect(lab.tab('Requests')).toHaveAttribute('aria-selected', 'true');
  await lab.button('Send 50 requests').click();
  const table = lab.element.getByRole('table', { name: 'The last requests' });
  await expect(table.getByRole('row').filter({ hasText: 'GET /api/rule' }).first()).toContainText(
    'Browser → index.ts → Express → controllers → todo-store → memory',
  );
  await expect(lab.element.locator('.dots circle:not([visibility="hidden"])')).toHaveCount(0);
  await context.close();
});

test('lab: dots move along the arrows for those who like it', async ({ page }) => {
  const lab = new LabPage(page);
  await lab.open(FIRST);
  await lab.start();
  await lab.button('Send 50 requests').click();
  await expect(
    lab.element.locator('.dots circle:not([visibility="hidden"])').first(),
  ).toBeAttached();
  await expect(lab.element.locator('.node.works').first()).toBeAttached();
  // All of them come home.
  await expect(lab.element.locator('.dots circle:not([visibility="hidden"])')).toHaveCount(0, {
    timeout: 15_000,
  });
});

test('lab: without service workers everything works but the page, which says so', async ({
  browser,
}) => {
  const context = await browser.newContext({ serviceWorkers: 'block' });
  const page = await context.newPage();
  const lab = new LabPage(page);
  await lab.open(FIRST);
  await lab.start();
  await expect(lab.element).toContainText('The page cannot be shown here', { timeout: 15_000 });
  await expect(lab.element.locator('iframe')).toHaveCount(0);
  await lab.button('Run the experiment').click();
  await expect(lab.element.locator('.verdict')).toContainText('Confirmed', { timeout: 30_000 });
  await context.close();
});

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });

  test('lab: there is no button, and the recorded runs are named', async ({ page }) => {
    await page.goto(FIRST);
    const element = page.locator('stage-lab');
    await expect(element.getByRole('button')).toHaveCount(0);
    await expect(element).toContainText('The Lab needs JavaScript');
    await expect(page.getByText('The recorded run').first()).toBeVisible();
  });
});

test('lab: a start that fails says why and what works instead', async ({ page }) => {
  const lab = new LabPage(page);
  await lab.open(FIRST);
  await page.route('**/lab/manifest.json', (route) => route.fulfill({ status: 404 }));
  await lab.element.getByRole('button', { name: 'Start the Lab' }).click();
  await expect(lab.element).toHaveAttribute('data-state', 'failed');
  await expect(lab.element.getByRole('status').first()).toContainText('did not start');
  await expect(lab.element.getByRole('status').first()).toContainText('files did not come');
  await expect(lab.element.getByText('npm run stage run 1', { exact: true })).toBeVisible();
  await expect(lab.element.getByRole('link', { name: /StackBlitz/ })).toBeVisible();
  await expect(lab.element.getByRole('link', { name: /recorded runs/ })).toBeVisible();

  await page.unroute('**/lab/manifest.json');
  await lab.start();
});

test('lab: a start that takes too long is given up after 15 s', async ({ page }) => {
  await page.clock.install();
  const lab = new LabPage(page);
  await lab.open(FIRST);
  await page.route('**/lab/manifest.json', () => undefined);
  await lab.element.getByRole('button', { name: 'Start the Lab' }).click();
  await expect(lab.element).toHaveAttribute('data-state', 'starting');
  await expect(lab.element.getByRole('status').first()).toHaveText(/\S/);
  await expect(lab.element).toHaveAttribute('data-state', 'failed', { timeout: 20_000 });
  await expect(lab.element.getByRole('status').first()).toContainText('within 15 seconds');
});

test('lab: Chinese readers read Chinese, on a phone, in the dark', async ({ browser }) => {
  const context = await browser.newContext({
    ...{ viewport: { width: 360, height: 740 }, colorScheme: 'dark', locale: 'zh-CN' },
  });
  const page = await context.newPage();
  const lab = new LabPage(page);
  await lab.open('/zh-cn/stages/02-file-db/');
  await lab.startWithPage();
  await expect(lab.todo.locator('html')).toHaveAttribute('lang', 'zh-CN');
  const words = (await lab.element.locator('.lab').innerText()).replaceAll(/\/\?lang\S*/g, '');
  for (const english of ['Send', 'Kill', 'Restart', 'Instances', 'Experiment'])
    expect(words).not.toContain(english);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
  const scheme = await lab.todo
    .locator('html')
    .evaluate(() => matchMedia('(prefers-color-scheme: dark)').matches);
  expect(scheme).toBe(true);
  await context.close();
});

test('lab: ten starts and ends leave no memory behind', async ({ page, context }) => {
  test.slow();
  const lab = new LabPage(page);
  await lab.open(FIRST);
  const session = await context.newCDPSession(page);
  await session.send('Performance.enable');
  const measure = async (): Promise<Record<string, number>> => {
    await session.send('HeapProfiler.collectGarbage');
    const { metrics } = await session.send('Performance.getMetrics');
    return Object.fromEntries(metrics.map(({ name, value }) => [name, value]));
  };
  const rounds: Record<string, number>[] = [];
  for (let round = 0; round <= 10; round += 1) {
    await lab.startWithPage();
    await lab.stop();
    await expect.poll(() => page.workers().length).toBe(0);
    rounds.push(await measure());
  }
  // The first rounds fill what is kept on purpose: modules, styles, compiled code.
  const [, , third = {}] = rounds;
  const last = rounds.at(-1) ?? {};
  const sizes = rounds.map(({ JSHeapUsedSize = 0 }) => Math.round(JSHeapUsedSize / 1000));
  console.log(`lab: heap after each round, kB: ${sizes.join(', ')}`);
  expect((last['JSHeapUsedSize'] ?? Infinity) - (third['JSHeapUsedSize'] ?? 0)).toBeLessThan(
    1_000_000,
  );
  // What leaks grows with each round; the engine may keep one frame that is gone, once.
  for (const kind of ['Documents', 'Frames', 'Nodes', 'JSEventListeners']) {
    const counts = rounds.slice(2).map((round) => round[kind] ?? Infinity);
    const grown = counts.slice(1).map((count, index) => count - (counts[index] ?? 0));
    const middle = grown.toSorted((a, b) => a - b)[Math.floor(grown.length / 2)];
    expect(middle, `${kind} more with each round`).toBeLessThan(5);
  }
});

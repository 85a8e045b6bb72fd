// The Lab as a reader uses it: the stages' own files in Web Workers of the page.
import { gzipSync } from 'node:zlib';
import { expect, test } from 'playwright/test';
import type { Page } from 'playwright/test';
import { listenToConsole } from './console.ts';
import { LabPage } from './lab-page.ts';
import { blockOtherOrigins } from './origins.ts';

const FIRST = '/stages/01-all-in-one/';
const SECOND = '/stages/02-file-db/';
const FOURTH = '/stages/04-static-split/';
const SEVENTH = '/stages/07-knative/';
const EIGHTH = '/stages/08-midway/';
/** All that the Lab may fetch after the click, as gzip. */
const MAX_BYTES = 250_000;
/** The same for a stage that brings the SDK of a service, and the service. */
const MAX_SERVICE_BYTES = 350_000;
/** The same for one that brings a framework besides, which is 108 kB. */
const MAX_FRAMEWORK_BYTES = 400_000;
/** The same for one that brings Kubernetes' own controllers, which are 138 kB, and kubectl. */
const MAX_CLUSTER_BYTES = 550_000;
/** The page's own button: what it takes to load all else. */
const MAX_BUTTON_BYTES = 3_000;

/** Bytes of every answer of the site as gzip, by path; frames of a lab, and modules that it makes, are no download. */
function weigh(page: Page): () => Promise<Map<string, number>> {
  const sizes: Promise<readonly [string, number]>[] = [];
  page.on('response', (response) => {
    const { pathname, protocol } = new URL(response.url());
    if (protocol === 'blob:') return;
    if (pathname.startsWith('/lab/frame/') || response.fromServiceWorker()) return;
    sizes.push(
      response.body().then(
        (body) => [pathname, gzipSync(body, { level: 9 }).length] as const,
        () => [pathname, 0] as const,
      ),
    );
  });
  return async () => new Map(await Promise.all(sizes));
}

test('lab: before the click there is a button and nothing else, after it at most 250 kB', async ({
  page,
}) => {
  const lab = new LabPage(page);
  const sizes = weigh(page);
  await lab.open(FIRST);
  await page.waitForLoadState('networkidle');
  const before = await sizes();
  const early = [...before].filter(([path]) => /lab/i.test(path));
  expect(early.map(([path]) => path)).toEqual([expect.stringMatching(/^\/_astro\/Lab\.astro/)]);
  expect(early[0]?.[1]).toBeLessThan(MAX_BUTTON_BYTES);
  await expect(lab.element.getByRole('button')).toHaveCount(1);
  expect(page.workers()).toHaveLength(0);

  await lab.startWithPage();
  // By then everything has been fetched that a start without a network needs.
  await expect(lab.element).toContainText('starts without a network', { timeout: 20_000 });
  const after = [...(await sizes())].filter(([path]) => !before.has(path));
  const bytes = after.reduce((sum, [, size]) => sum + size, 0);
  console.log(`lab: ${bytes} bytes of gzip after the click, ${after.length} files`);
  expect(after.length).toBeGreaterThan(3);
  expect(bytes, after.map((each) => each.join(' ')).join('\n')).toBeLessThanOrEqual(MAX_BYTES);
});

for (const { path, what, least, most } of [
  { path: FOURTH, what: 'services beside it', least: MAX_BYTES, most: MAX_SERVICE_BYTES },
  {
    ...{ path: EIGHTH, what: 'a framework' },
    ...{ least: MAX_SERVICE_BYTES, most: MAX_FRAMEWORK_BYTES },
  },
  { path: SEVENTH, what: 'a cluster', least: MAX_SERVICE_BYTES, most: MAX_CLUSTER_BYTES },
]) {
  test(`lab: a stage with ${what} comes to at most ${most / 1000} kB`, async ({ page }) => {
    const lab = new LabPage(page);
    const sizes = weigh(page);
    await lab.open(path);
    await page.waitForLoadState('networkidle');
    const before = await sizes();
    await lab.startWithPage();
    await expect(lab.element).toContainText('starts without a network', { timeout: 20_000 });
    const after = [...(await sizes())].filter(([each]) => !before.has(each));
    const bytes = after.reduce((sum, [, size]) => sum + size, 0);
    console.log(`lab: ${bytes} bytes of gzip after the click, ${after.length} files`);
    expect(bytes).toBeGreaterThan(least);
    expect(bytes, after.map((each) => each.join(' ')).join('\n')).toBeLessThanOrEqual(most);
  });
}

test('lab: files come from the CDN, and who writes has signed in, quietly and without anybody else', async ({
  page,
  context,
}) => {
  const expectQuiet = listenToConsole(page);
  const asked = await blockOtherOrigins(context);
  const lab = new LabPage(page);
  await lab.open(FOURTH);
  await lab.startWithPage();
  const frame = page.frames().find((each) => each.url().includes('/lab/frame/'));
  const files = await frame
    ?.locator('[integrity]')
    .evaluateAll((all) => all.map((each) => each.getAttribute('src') ?? each.getAttribute('href')));
  expect(files).toHaveLength(3);
  for (const file of files ?? []) expect(file).toMatch(/^\/cdn\/\w+-[A-Z0-9]{8}\.(svg|css|js)$/);
  // A stylesheet that its hash or the policy had kept out would leave the browser's own look.
  await expect(lab.todo.locator('body')).not.toHaveCSS('margin-top', '8px');

  await lab.addTodo('Buy milk');
  expect(await frame?.evaluate(() => document.cookie)).toBe('');
  await lab.reload();
  await expect(lab.todoNames).toHaveText(['Buy milk']);

  // The browser keeps them for a year; one that has not got them yet is a hit.
  for (const file of files ?? []) {
    const from = await frame?.evaluate(async (url) => {
      const { headers } = await fetch(url, { cache: 'reload' });
      return headers.get('x-cache')?.slice(0, 4).trim();
    }, file ?? '');
    expect(from).toBe(file?.endsWith('.svg') ? 'MISS' : 'HIT');
  }
  await lab.element.getByRole('tab', { name: 'Log' }).click();
  const lines = lab.element.getByRole('listitem');
  for (const line of [/^cdn miss .*\.css$/, /^cdn miss .*\.js$/, /^cdn hit .*\.js$/])
    await expect(lines.filter({ hasText: line }).first()).toBeVisible();
  expect(asked).toEqual([]);
  expectQuiet();
});

test('lab: a write without a token comes to the guard, and the app answers for it', async ({
  page,
}) => {
  const lab = new LabPage(page);
  await lab.open(FOURTH);
  await lab.start();
  await lab.confirmExperiment('A write without the token');
  await lab.tab('Requests').click();
  const table = lab.element.getByRole('table', { name: 'The last requests' });
  const refused = table.getByRole('row').filter({ hasText: '401' }).first();
  await expect(refused.getByRole('cell').nth(1)).toHaveText(/ → rule-app → sign-in → rule-app$/);
});

test('lab: the todo page works in its frame, quietly and without anybody else', async ({
  page,
  context,
}) => {
  const expectQuiet = listenToConsole(page);
  const asked = await blockOtherOrigins(context);
  const lab = new LabPage(page);
  await lab.open(SECOND);
  await lab.startWithPage();
  await lab.addTodo('Buy milk');

  await lab.todo.getByRole('button', { name: 'Edit Buy milk' }).click();
  await lab.todo.getByRole('textbox', { name: 'Name' }).fill('Buy oat milk 燕麦奶');
  await lab.todo.getByRole('button', { name: 'Save' }).click();
  await expect(lab.todoNames).toHaveText(['Buy oat milk 燕麦奶']);
  await lab.todo.getByRole('combobox', { name: /^Status of/ }).selectOption('Done');

  await lab.reload();
  await expect(lab.todoNames).toHaveText(['Buy oat milk 燕麦奶']);
  await expect(lab.todo.getByRole('combobox', { name: /^Status of/ })).toHaveValue('2');

  await lab.todo.getByRole('checkbox', { name: /^Select Buy/ }).check();
  await lab.todo.getByRole('button', { name: 'Delete 1' }).click();
  await lab.todo.getByRole('dialog').getByRole('button', { name: 'Delete', exact: true }).click();
  await expect(lab.todoNames).toHaveCount(0);

  await lab.tab('Requests').click();
  const row = lab.element.getByRole('row').filter({ hasText: 'DELETE /api/rule' });
  await expect(row).toContainText('Browser → index.ts → Express → controllers');
  await expect(row).toContainText('db.json');
  await expect(row).toContainText('securityHeaders');
  await expect(row).toContainText('200');
  expect(asked).toEqual([]);
  expectQuiet();
});

test('lab: the address bar leads anywhere in the stage, and says what is shown', async ({
  page,
}) => {
  const lab = new LabPage(page);
  await lab.open(FIRST);
  await lab.startWithPage();
  const address = lab.element.getByRole('textbox', { name: 'Address' });
  await expect(address).toHaveValue('/?lang=en');
  await lab.todo.getByRole('link', { name: '中文' }).click();
  await expect(lab.todo.getByRole('heading', { level: 1, name: '待办' })).toBeVisible();
  await expect(address).toHaveValue('/?lang=zh-CN');
  await address.fill('healthz');
  await address.press('Enter');
  await expect(lab.todo.locator('body')).toContainText('"status":"ok"');
});

for (const [path, experiments] of [
  [FIRST, ['Restart, and the todos are gone', 'Two instances, two lists']],
  [
    SECOND,
    [
      'On a machine, it survives a restart',
      'The function cannot write its disk',
      'A new instance has forgotten',
    ],
  ],
] as const) {
  test(`lab: every experiment of ${path} goes as it was recorded`, async ({ page }) => {
    test.slow();
    const lab = new LabPage(page);
    await lab.open(path);
    await lab.start();
    const panel = lab.experiments;
    const choices = panel.getByRole('group', { name: 'Experiment' }).getByRole('button');
    await expect(choices).toHaveCount(experiments.length);
    for (const title of experiments) {
      await lab.confirmExperiment(title);
      await expect(panel.locator('.verdict')).toContainText('You predicted');
      await expect(panel).toContainText(
        'The same happened, in the same order, as in the recorded run.',
      );
      await expect(panel.getByRole('group', { name: 'The recorded run' })).toBeVisible();
    }
    await lab.button('Show your service').click();
    await expect(lab.instances).toHaveText(['web-1']);
  });
}

test('lab: what a kill, a restart and a reset leave behind differs by stage', async ({ page }) => {
  test.slow();
  for (const [path, survives] of [
    [FIRST, false],
    [SECOND, true],
  ] as const) {
    const lab = new LabPage(page);
    await lab.open(path);
    await lab.startWithPage();
    await lab.addTodo('Buy milk');
    await lab.button('Kill web-1').click();
    await expect(lab.said).toHaveText('Killed.');
    await expect(lab.instances).toHaveCount(0);
    await lab.todo.getByRole('button', { name: 'Reload the list' }).click();
    await expect(lab.todo.getByRole('alert').filter({ hasText: /\S/ })).toBeVisible();
    await lab.button('Restart').click();
    await expect(lab.instances).toHaveText(['web-2']);
    await expect(lab.todoNames).toHaveText(survives ? ['Buy milk'] : []);
    await lab.button('Reset').click();
    await expect(lab.said).toHaveText('Everything is as it was at first.');
    await expect(lab.todo.getByRole('heading', { name: /^0 todos/ })).toBeVisible();
  }
});

test('lab: a function starts instances under load, and time takes them back', async ({ page }) => {
  test.slow();
  const lab = new LabPage(page);
  await lab.open(FIRST);
  await lab.start();
  await lab.element.getByRole('radio', { name: 'a function' }).check();
  await expect(lab.said).toHaveText('The stage runs in this tab.');
  const before = await lab.instances.count();
  await lab.button('Add an instance').click();
  await expect(lab.said).toHaveText(/^Instances: \d+\.$/);
  await expect.poll(() => lab.instances.count()).toBeGreaterThan(before);
  await lab.button('Send 50 requests').click();
  await expect(lab.said).toHaveText('50 requests sent: 50 answered well, 0 not.');

  await lab.element.getByRole('radio', { name: 'pause' }).check();
  await expect(lab.instances).not.toHaveCount(0);
  await lab.button('Skip 10 minutes').click();
  await expect(lab.said).toHaveText('Ten minutes have passed on the platform.');
  await expect(lab.instances).toHaveCount(0);
  await expect(lab.element).toContainText('the next request starts one');

  await lab.button('Send 50 requests').click();
  await expect(lab.said).toHaveText('50 requests sent: 50 answered well, 0 not.');
  await lab.element.getByRole('radio', { name: '60×' }).check();
  // Five minutes at sixty times the pace.
  await expect(lab.instances).toHaveCount(0, { timeout: 15_000 });
});

test('lab: it ends on a click and when the page is left, and nothing is left running', async ({
  page,
}) => {
  const lab = new LabPage(page);
  await lab.open(FIRST);
  await lab.startWithPage();
  expect(page.workers().length).toBeGreaterThan(0);
  await lab.stop();
  await expect.poll(() => page.workers().length).toBe(0);
  await expect(lab.element.locator('iframe')).toHaveCount(0);
  await expect(lab.button('Start the Lab')).toBeFocused();
  await expect(lab.element.getByRole('status').first()).toHaveText(/^The Lab has ended/);

  await lab.startWithPage();
  await page.goto('/running/');
  await expect.poll(() => page.workers().length).toBe(0);
});

// The stage's code in the Lab: changed, run, broken, taken along.
import { gunzipSync } from 'node:zlib';
import { expect, test } from 'playwright/test';
import { LabPage } from './lab-page.ts';

const FIRST = '/stages/01-all-in-one/';

test('lab: changed code runs at once, a fault is shown where it is, and all goes back', async ({
  page,
}) => {
  const lab = new LabPage(page);
  await lab.open(FIRST);
  await lab.startWithPage();
  await lab.openFile('app.ts');
  await lab.replaceCode("status: 'ok'", "status: 'changed' as string");
  await lab.button('Run with this code').click();
  // The first change also loads what takes types out of TypeScript.
  await expect(lab.aboutCode).toHaveText(/^Runs with your change/, { timeout: 15_000 });
  const address = lab.element.getByRole('textbox', { name: 'Address' });
  await address.fill('/healthz');
  await address.press('Enter');
  await expect(lab.todo.locator('body')).toContainText('"status":"changed"');

  await lab.replaceCode("'changed' as string", "'twice'");
  await lab.editor.press('Control+Enter');
  await expect(lab.todo.locator('body')).toContainText('"status":"twice"');
  // One second is what a reader has on a quiet machine: `npm run bench -- lab`.
  const [, milliseconds] = /(\d+) ms later/.exec(await lab.aboutCode.innerText()) ?? [];
  expect(Number(milliseconds)).toBeLessThan(3_000);

  await lab.openFile('serve.ts');
  await lab.replaceCode('const server = http.createServer(app);', 'const server = = 1;');
  await lab.button('Run with this code').click();
  const place = lab.aboutCode.getByRole('button', { name: /^serve\.ts:\d+/ });
  await expect(place).toBeVisible();
  await lab.openFile('app.ts');
  await place.click();
  await expect(lab.element.getByLabel('File')).toHaveValue('serve.ts');
  await expect
    .poll(() =>
      lab.editor.evaluate((area: HTMLTextAreaElement) =>
        area.value.slice(area.selectionStart, area.selectionEnd),
      ),
    )
    .toContain('const server = = 1;');

  await lab.button('Back to the original').click();
  await expect(lab.aboutCode).toHaveText(/^Runs with your change/);
  await lab.openFile('app.ts');
  await lab.button('Back to the original').click();
  await expect(lab.todo.locator('body')).toContainText('"status":"ok"');
});

test('lab: an error while a request runs is in the log, and leads to its line', async ({
  page,
}) => {
  const lab = new LabPage(page);
  await lab.open(FIRST);
  await lab.startWithPage();
  await lab.openFile('controllers/rule.ts');
  await lab.replaceCode(
    'response.json(pageOf(await todos.all(), request.query));',
    "throw new RangeError('out of luck');",
  );
  await lab.button('Run with this code').click();
  await expect(lab.aboutCode).toHaveText(/^Runs with your change/, { timeout: 15_000 });
  await lab.tab('Log').click();
  const log = lab.element.getByRole('tabpanel', { name: 'Log' });
  await expect(log).toContainText('RangeError: out of luck');
  await lab.openFile('app.ts');
  await lab.tab('Log').click();
  await log
    .getByRole('button', { name: /controllers\/rule\.ts:\d+/ })
    .first()
    .click();
  await expect(lab.editor).toHaveAccessibleName('Code of controllers/rule.ts');
});

test('lab: a program that ends at once says why, and every way back works', async ({ page }) => {
  const lab = new LabPage(page);
  await lab.open(FIRST);
  await lab.start();
  await lab.openFile('index.ts');
  await lab.replaceCode('const app = createApp();', "throw new Error('no start');");
  await lab.button('Run with this code').click();
  await expect(lab.aboutCode).toContainText('no start', { timeout: 15_000 });
  await expect(lab.aboutCode.getByRole('button', { name: /index\.ts:\d+/ }).first()).toBeVisible();
  await expect(lab.instances).toHaveCount(0);

  // The function has an entry of its own, which is whole.
  await lab.element.getByRole('radio', { name: 'a function' }).check();
  await expect(lab.said).toHaveText('The stage runs in this tab.');
  await lab.element.getByRole('radio', { name: 'a process on a machine' }).check();
  await expect(lab.said).toContainText('That did not work');
  await lab.button('Back to the original').click();
  await expect(lab.aboutCode).toHaveText(/^Runs with your change/);
  await expect(lab.instances).toHaveCount(1);
});

test('lab: a loop without end is ended while the page answers', async ({ page }) => {
  const lab = new LabPage(page);
  await lab.open(FIRST);
  await lab.startWithPage();
  await lab.openFile('app.ts');
  await lab.replaceCode("response.json({ success: true, status: 'ok' });", 'for (;;);');
  await lab.button('Run with this code').click();
  await expect(lab.aboutCode).toHaveText(/^Runs with your change/, { timeout: 15_000 });
  const address = lab.element.getByRole('textbox', { name: 'Address' });
  await address.fill('/healthz');
  await address.press('Enter');

  // The page itself goes on: it draws, and its tabs can be used.
  const longestPause = await page.evaluate(async () => {
    let longest = 0;
    let last = performance.now();
    for (const began = last; last - began < 2_000;) {
      await new Promise(requestAnimationFrame);
      const now = performance.now();
      longest = Math.max(longest, now - last);
      last = now;
    }
    return longest;
  });
  expect(longestPause).toBeLessThan(1_000);
  await lab.tab('Log').click();
  await expect(lab.tab('Log')).toHaveAttribute('aria-selected', 'true');
  await expect(lab.element.getByRole('tabpanel', { name: 'Log' })).toContainText('endless loop', {
    timeout: 20_000,
  });
  await expect(lab.instances).toHaveCount(0);
  await expect.poll(() => page.workers().length).toBe(0);

  await lab.openFile('app.ts');
  await lab.button('Back to the original').click();
  await expect(lab.todo.locator('body')).toContainText('"status":"ok"');
});

test('lab: the code can be taken along, with what was changed', async ({ page }) => {
  const lab = new LabPage(page);
  await lab.open(FIRST);
  await lab.start();
  await lab.openFile('app.ts');
  await lab.replaceCode("status: 'ok'", "status: 'mine'");
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    lab.button('Download').click(),
  ]);
  expect(download.suggestedFilename()).toBe('01-all-in-one.tar.gz');
  const chunks: Buffer[] = [];
  for await (const chunk of await download.createReadStream()) chunks.push(chunk as Buffer);
  const archive = gunzipSync(Buffer.concat(chunks)).toString('latin1');
  expect(archive).toContain('01-all-in-one/package.json');
  expect(archive).toContain("status: 'mine'");

  const posted: string[] = [];
  await page.context().route('https://*stackblitz.com/**', (route) => {
    posted.push(route.request().postData() ?? '');
    return route.fulfill({ contentType: 'text/html', body: '<!doctype html>' });
  });
  const [opened] = await Promise.all([
    page.context().waitForEvent('page'),
    lab.button('Open in StackBlitz').click(),
  ]);
  await opened.waitForLoadState();
  const fields = new URLSearchParams(posted[0]);
  expect(fields.get('project[files][app.ts]')).toContain("status: 'mine'");
});

// The Lab of a stage in a framework, on two clouds: whose door a request takes, and a compiler that comes with the
// first change.
import { expect, test } from 'playwright/test';
import type { Page } from 'playwright/test';
import { LabPage } from './lab-page.ts';
import { blockOtherOrigins } from './origins.ts';

const EIGHTH = '/stages/08-midway/';
const COMPILER = /\/lab\/vendor\/compiler-\w+\.js$/;
const FUNCTIONS = 'src/function/index.ts';

class MidwayPage extends LabPage {
  async choose(target: string): Promise<void> {
    await this.element.getByRole('radio', { name: target }).check();
    await expect(this.said).toHaveText('The stage runs in this tab.');
  }

  async signIn(): Promise<void> {
    await this.todo.getByRole('button', { name: 'Sign in' }).click();
    // A dialog lies over the frame, wherever that is scrolled to.
    await this.element
      .locator('iframe')
      .evaluate((frame) => frame.scrollIntoView({ block: 'center', behavior: 'instant' }));
    const dialog = this.todo.getByRole('dialog');
    await dialog.getByLabel('Name').fill('demo');
    await dialog.getByLabel('Password').fill('serverless');
    await dialog.getByRole('button', { name: 'Sign in', exact: true }).click();
    await expect(dialog).toBeHidden();
  }

  async goTo(path: string): Promise<void> {
    const address = this.element.getByRole('textbox', { name: 'Address' });
    await address.fill(path);
    await address.press('Enter');
  }

  async run(): Promise<void> {
    await this.button('Run with this code').click();
    await expect(this.aboutCode).toHaveText(/^Runs with your change/, { timeout: 30_000 });
  }
}

function requestsFor(page: Page, pattern: RegExp): string[] {
  const asked: string[] = [];
  page.on('request', (request) => {
    if (pattern.test(request.url())) asked.push(request.url());
  });
  return asked;
}

test('lab: who signs in adds a todo on either cloud, and each has a door of its own', async ({
  page,
  context,
}) => {
  test.slow();
  const asked = await blockOtherOrigins(context);
  const lab = new MidwayPage(page);
  await lab.open(EIGHTH);
  await lab.startWithPage();
  for (const [target, way] of [
    ['a process on a machine', 'Browser → http-starter → middleware → functions → services'],
    ['a function on Alibaba Cloud', 'Browser → HTTP trigger → fc-starter → http-starter'],
    ['a function on Tencent Cloud', 'Browser → Function URL → scf-starter → http-starter'],
  ] as const) {
    await lab.choose(target);
    await lab.signIn();
    await lab.addTodo(`Buy milk as ${target}`);
    await lab.tab('Requests').click();
    await expect(lab.element.getByRole('columnheader', { name: 'Midway called' })).toBeVisible();
    const row = lab.element.getByRole('row').filter({ hasText: 'POST /api/rule' }).first();
    await expect(row).toContainText(way);
    await expect(row).toContainText('functions → services → Tablestore');
    await expect(row).toContainText('JsonBodyMiddleware');
    await expect(row).toContainText('ApiFunctions.create');
    await expect(row).toContainText('201');
    // A file of the page gets no further than the middleware that has it.
    await lab.goTo('/styles.css');
    const file = lab.element.getByRole('row').filter({ hasText: 'GET /styles.css' }).first();
    await expect(file).toContainText('StaticFilesMiddleware');
    await expect(file).toContainText(/http-starter → middleware(?! →)/);
    await lab.goTo('/?lang=en');
    await expect(lab.todo.getByRole('heading', { level: 1 })).toBeVisible();
  }
  expect(asked).toEqual([]);
});

test('lab: the compiler comes with the first change and not before, a fault is named with its line, and what ran goes on', async ({
  page,
}) => {
  test.slow();
  const compilers = requestsFor(page, COMPILER);
  const lab = new MidwayPage(page);
  await lab.open(EIGHTH);
  await lab.startWithPage();
  await expect(lab.element).toContainText('starts without a network', { timeout: 20_000 });
  expect(compilers).toEqual([]);

  await lab.openFile(FUNCTIONS);
  await lab.replaceCode("status: 'ok'", "status: 'changed' as string");
  // Empty, it has no place on the page.
  const status = lab.element.locator('.lab-editor .lab-message');
  const said = await status.evaluateHandle((element) => {
    const texts: string[] = [];
    new MutationObserver(() => texts.push(element.textContent)).observe(element, {
      ...{ childList: true, characterData: true, subtree: true },
    });
    return texts;
  });
  await lab.run();
  const texts = await said.jsonValue();
  expect(texts).toContain('Loading the compiler, once: 0 % …');
  expect(texts).toContain('Compiling your change …');
  await lab.goTo('/healthz');
  await expect(lab.todo.locator('body')).toContainText('"status":"changed"');

  // Only what reads decorators, and the types beside them, makes a service be injected.
  await lab.replaceCode(
    'functions!: MidwayServerlessFunctionService;',
    'functions!: MidwayServerlessFunctionService;\n\n  @Inject()\n  todos!: TodoService;',
  );
  await lab.replaceCode(
    "import { ApiError } from '../../api-error.ts';",
    "import { ApiError } from '../../api-error.ts';\nimport { TodoService } from '../service/todos.ts';",
  );
  await lab.replaceCode("'changed' as string", 'this.todos.constructor.name');
  await lab.run();
  await expect(lab.todo.locator('body')).toContainText('"status":"TodoService"');

  await lab.openFile('src/service/todos.ts');
  await lab.replaceCode('return this.store.page(query);', 'return = this.store.page(query);');
  const wrong = (await lab.editor.inputValue())
    .split('\n')
    .findIndex((line) => line.includes('return ='));
  await lab.button('Run with this code').click();
  await expect(lab.aboutCode).toContainText('Expression expected.');
  await expect(
    lab.aboutCode.getByRole('button', { name: `src/service/todos.ts:${wrong + 1}` }),
  ).toBeVisible();
  await lab.goTo('/healthz?again');
  await expect(lab.todo.locator('body')).toContainText('"status":"TodoService"');

  await lab.button('All files back to the original').click();
  await expect(lab.aboutCode).toHaveText(/^Runs with your change/);
  await expect(lab.todo.locator('body')).toContainText('"status":"ok"');
  expect(compilers).toHaveLength(1);
  await lab.stop();
  await expect.poll(() => page.workers().length).toBe(0);
});

test('lab: without a network for the compiler what runs goes on, and the change waits for it', async ({
  page,
  context,
}) => {
  const lab = new MidwayPage(page);
  await lab.open(EIGHTH);
  await lab.startWithPage();
  await expect(lab.element).toContainText('starts without a network', { timeout: 20_000 });
  await context.setOffline(true);
  await lab.openFile(FUNCTIONS);
  await lab.replaceCode("status: 'ok'", "status: 'later'");
  await lab.button('Run with this code').click();
  await expect(lab.aboutCode).toContainText('compiler could not be loaded');
  await lab.goTo('/healthz');
  await expect(lab.todo.locator('body')).toContainText('"status":"ok"');
  await context.setOffline(false);
  await lab.run();
  await expect(lab.todo.locator('body')).toContainText('"status":"later"');
});

test('lab: an error while a decorated function runs is in the log, at the line where it was written', async ({
  page,
}) => {
  const lab = new MidwayPage(page);
  await lab.open(EIGHTH);
  await lab.startWithPage();
  await lab.choose('a function on Tencent Cloud');
  await lab.openFile('src/function/api.ts');
  await lab.replaceCode(
    'return this.todos.page(query);',
    "throw new RangeError('out of luck' + String(query));",
  );
  const line = (await lab.editor.inputValue())
    .split('\n')
    .findIndex((each) => each.includes('out of luck'));
  await lab.run();
  await lab.tab('Log').click();
  const log = lab.element.getByRole('tabpanel', { name: 'Log' });
  await expect(log).toContainText('RangeError: out of luck');
  await expect(
    log.getByRole('button', { name: new RegExp(`src/function/api\\.ts:${line + 1}:`) }).first(),
  ).toBeVisible();
});

test('lab: every experiment of the stage goes as it was recorded', async ({ page }) => {
  test.slow();
  const lab = new MidwayPage(page);
  await lab.open(EIGHTH);
  await lab.start();
  const panel = lab.element.getByRole('tabpanel', { name: 'Experiments' });
  const choices = panel.getByRole('group', { name: 'Experiment' }).getByRole('button');
  await expect(choices).toHaveCount(3);
  for (const choice of await choices.all()) {
    await choice.click();
    await panel.getByRole('radio').first().check();
    await panel.getByRole('button', { name: 'Run the experiment' }).click();
    await expect(panel.locator('.verdict')).toContainText('Confirmed', { timeout: 30_000 });
    await expect(panel).toContainText(
      'The same happened, in the same order, as in the recorded run.',
    );
  }
});

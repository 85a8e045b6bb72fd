// Each stage's own page on target `process`, driven as a person does. Todos that were there before stay.
import { expect, test } from 'playwright/test';
import type { Page } from 'playwright/test';
import { listStages, runStage } from './command-line.ts';
import type { ListedStage } from './command-line.ts';
import { listenToConsole } from './console.ts';
import { TodoPage } from './todo-page.ts';

const stages: readonly ListedStage[] = await listStages();

test('there are stages to test', () => {
  expect(stages.length).toBeGreaterThanOrEqual(2);
});

for (const stage of stages.filter(({ targets }) => targets.includes('process'))) {
  test.describe(`stage ${stage.number}`, () => {
    test.describe.configure({ mode: 'serial' });
    let running: Awaited<ReturnType<typeof runStage>>;
    test.beforeAll(async () => {
      running = await runStage(stage.number);
    });
    test.afterAll(() => running?.stop());

    /** Somebody who may write; that a stranger is told 401 is no complaint of a page that asks who is there. */
    async function enter(page: Page) {
      const todos = new TodoPage(page, running.url);
      if (stage.signIn === 'accounts') {
        await todos.open();
        await todos.signIn();
        await expect(todos.user).toContainText('demo');
      }
      const expectQuiet = listenToConsole(page);
      await todos.open();
      return { todos, expectQuiet };
    }

    test('a todo is written, edited, moved through every state, and deleted', async ({ page }) => {
      const { todos, expectQuiet } = await enter(page);
      const before = await todos.total();

      const name = `Buy milk <b>${stage.number}</b>`;
      await todos.add(name, 'Two litres');
      await expect(todos.row(name)).toContainText('Two litres');
      expect(await todos.total()).toBe(before + 1);

      const renamed = 'Buy oat milk 燕麦奶';
      await todos.rename(name, renamed);
      await expect(todos.row(renamed)).toContainText('Two litres');

      for (const status of ['Done', 'Paused', 'Closed', 'In progress']) {
        await todos.setStatus(renamed, status);
        await page.reload();
        await todos.settled();
        await expect(todos.row(renamed).getByRole('combobox')).toHaveValue(
          { 'In progress': '1', Done: '2', Paused: '3', Closed: '0' }[status] ?? '',
        );
      }

      await todos.row(renamed).getByRole('checkbox').check();
      await page.getByRole('button', { name: 'Delete 1' }).click();
      await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click();
      await expect(todos.row(renamed)).toBeVisible();
      await page.getByRole('button', { name: 'Delete 1' }).click();
      await page.getByRole('dialog').getByRole('button', { name: 'Delete', exact: true }).click();
      await todos.announced('Deleted 1 todo.');
      await expect(todos.row(renamed)).toHaveCount(0);
      expect(await todos.total()).toBe(before);
      expectQuiet();
    });

    test('twelve todos fill two pages, are searched and filtered, and deleted together', async ({
      page,
    }) => {
      const { todos, expectQuiet } = await enter(page);
      const before = await todos.total();
      const mark = `batch-${stage.number}`;
      const names = Array.from(
        { length: 12 },
        (_, index) => `${mark} ${String(index + 1).padStart(2, '0')}`,
      );
      for (const name of names) await todos.add(name);

      await todos.search(mark);
      await expect(todos.names).toHaveText(names.slice(2).toReversed());
      await page.getByRole('button', { name: 'Page 2', exact: true }).click();
      await expect(todos.names).toHaveText(names.slice(0, 2).toReversed());
      await expect(page.getByRole('button', { name: 'Page 2', exact: true })).toHaveAttribute(
        'aria-current',
        'page',
      );
      await page.getByRole('button', { name: 'Previous page' }).click();
      await expect(todos.names).toHaveCount(10);

      await todos.setStatus(`${mark} 12`, 'Done');
      await page.getByRole('radio', { name: 'Done' }).check({ force: true });
      await expect(todos.names).toHaveText([`${mark} 12`]);
      await page.getByRole('radio', { name: 'All' }).check({ force: true });
      await expect(todos.names).toHaveCount(10);

      await page.getByRole('checkbox', { name: 'Select all on this page' }).check();
      await page.getByRole('button', { name: 'Delete 10' }).click();
      await expect(page.getByRole('dialog').getByRole('listitem')).toHaveCount(10);
      await page.getByRole('dialog').getByRole('button', { name: 'Delete', exact: true }).click();
      await expect(todos.names).toHaveText(names.slice(0, 2).toReversed());
      await page.getByRole('checkbox', { name: 'Select all on this page' }).check();
      await page.getByRole('button', { name: 'Delete 2' }).click();
      await page.getByRole('dialog').getByRole('button', { name: 'Delete', exact: true }).click();
      await expect(page.getByText('No todo matches.')).toBeVisible();
      await page.getByRole('button', { name: 'Show all todos' }).click();
      await todos.settled();
      await expect.poll(() => todos.total()).toBe(before);
      expectQuiet();
    });

    test('a mistake is explained and nothing is written', async ({ page }) => {
      const { todos } = await enter(page);
      const before = await todos.total();
      await page.getByRole('button', { name: 'Add', exact: true }).click();
      const field = page.getByLabel('New todo');
      await expect(field).toBeFocused();
      await expect(field).toHaveJSProperty('validationMessage', 'Write a name first.');
      await page.route('**/api/rule', (route) => route.abort());
      await field.fill('never arrives');
      await page.getByRole('button', { name: 'Add', exact: true }).click();
      await expect(
        page.getByRole('alert').filter({ hasText: 'The server did not answer.' }),
      ).toBeVisible();
      await page.unroute('**/api/rule');
      await page.reload();
      await todos.settled();
      expect(await todos.total()).toBe(before);
    });

    if (stage.signIn === 'automatic') {
      test('the page signs in: a cookie that scripts cannot see, renewed when it is gone', async ({
        page,
        context,
      }) => {
        const todos = new TodoPage(page, running.url);
        await todos.open();
        await expect(page.locator('#user')).toContainText('Demo');
        const before = await todos.total();
        const [cookie] = await context.cookies();
        expect(cookie).toMatchObject({ httpOnly: true, sameSite: 'Lax', path: '/' });
        expect(await page.evaluate(() => document.cookie)).toBe('');

        // As after twelve hours, or with another key of the service.
        await context.clearCookies();
        const refused = page.waitForResponse((response) => response.status() === 401);
        await todos.add('signed in anew');
        await refused;
        expect(await todos.total()).toBe(before + 1);
        await todos.row('signed in anew').getByRole('checkbox').check();
        await page.getByRole('button', { name: 'Delete 1' }).click();
        await page.getByRole('dialog').getByRole('button', { name: 'Delete', exact: true }).click();
        await expect(todos.row('signed in anew')).toHaveCount(0);
      });
    }

    // A stage that serves its own files has nothing to mistrust.
    if (stage.services.includes('cdn')) {
      test('scripts and styles of another origin run when they are as they were built, and only then', async ({
        page,
      }) => {
        const files: string[] = [];
        page.on('response', (response) => {
          if (/script|stylesheet/.test(response.request().resourceType()))
            files.push(response.url());
        });
        const todos = new TodoPage(page, running.url);
        await todos.open();
        const elsewhere = files.filter(
          (url) => new URL(url).origin !== new URL(running.url).origin,
        );
        expect(elsewhere).not.toEqual([]);
        expect(elsewhere).toEqual(files);

        const told: string[] = [];
        page.on('console', (message) => told.push(message.text()));
        await page.route('**/*.js', async (route) => {
          const response = await route.fetch();
          await route.fulfill({ response, body: `${await response.text()};alert('changed')` });
        });
        page.on('dialog', () => told.push('it ran'));
        await page.reload();
        await expect.poll(() => told.join()).toContain('integrity');
        expect(told.join()).not.toContain('it ran');
      });
    }

    if (stage.signIn === 'accounts') {
      test('a reader registers, signs out and in again, and writes in between alone', async ({
        page,
        context,
      }) => {
        const todos = new TodoPage(page, running.url);
        const name = `reader-${stage.number}-${Date.now()}`;
        await todos.open();
        const before = await todos.total();
        const refuseToAdd = async () => {
          await page.getByLabel('New todo').fill('not mine to add');
          await page.getByRole('button', { name: 'Add', exact: true }).click();
          await expect(
            page.getByRole('alert').filter({ hasText: 'Sign in to change todos.' }),
          ).toBeVisible();
          await page.reload();
          await todos.settled();
          expect(await todos.total()).toBe(before);
        };
        await refuseToAdd();

        await todos.register(name, 'correct horse battery');
        await expect(todos.user).toContainText(name);
        const [cookie] = await context.cookies();
        expect(cookie).toMatchObject({ httpOnly: true, sameSite: 'Lax', path: '/' });
        expect(await page.evaluate(() => document.cookie)).toBe('');

        await todos.signOut();
        await refuseToAdd();
        await todos.signIn(name, 'wrong horse battery');
        await expect(page.getByRole('dialog').getByRole('alert')).toHaveText(
          'The name is unknown or the password wrong.',
        );
        await todos.signIn(name, 'correct horse battery');
        await expect(todos.user).toContainText(name);

        await todos.add('mine to add');
        expect(await todos.total()).toBe(before + 1);
        await todos.row('mine to add').getByRole('checkbox').check();
        await page.getByRole('button', { name: 'Delete 1' }).click();
        await page.getByRole('dialog').getByRole('button', { name: 'Delete', exact: true }).click();
        await expect(todos.row('mine to add')).toHaveCount(0);
      });
    }

    test('a Chinese browser reads Chinese', async ({ browser }) => {
      const context = await browser.newContext({ locale: 'zh-CN' });
      const page = await context.newPage();
      await page.goto(running.url);
      await expect(page.locator('html')).toHaveAttribute('lang', 'zh-CN');
      await expect(page.getByRole('heading', { level: 1, name: '待办' })).toBeVisible();
      await page.getByRole('link', { name: 'English' }).click();
      await expect(page.getByRole('heading', { level: 1, name: 'Todos' })).toBeVisible();
      await context.close();
    });
  });
}

import { expect } from 'playwright/test';
import type { Locator, Page } from 'playwright/test';

/**
 * A stage's own page, as a person uses it: by what stands on it, not by how it is built.
 *
 * @example const todos = new TodoPage(page, url); await todos.open(); await todos.add('Buy milk');
 */
export class TodoPage {
  readonly page: Page;
  readonly #url: string;

  constructor(page: Page, url: string) {
    this.page = page;
    this.#url = url;
  }

  async open(): Promise<void> {
    await this.page.goto(this.#url);
    await this.settled();
  }

  /** With an account of a stage that has some; the demo account is everybody's. */
  async signIn(userName = 'demo', password = 'serverless'): Promise<void> {
    const dialog = await this.openAccount();
    await dialog.getByLabel('Name').fill(userName);
    await dialog.getByLabel('Password').fill(password);
    await dialog.getByRole('button', { name: 'Sign in' }).click();
  }

  async register(userName: string, password: string): Promise<void> {
    const dialog = await this.openAccount();
    await dialog.getByLabel('Name').fill(userName);
    await dialog.getByLabel('Password').fill(password);
    await dialog.getByRole('button', { name: 'Register' }).click();
  }

  private async openAccount(): Promise<Locator> {
    const dialog = this.page.getByRole('dialog', { name: 'Sign in' });
    if (!(await dialog.isVisible()))
      await this.page.getByRole('button', { name: 'Sign in' }).click();
    return dialog;
  }

  async signOut(): Promise<void> {
    await this.page.getByRole('button', { name: 'Sign out' }).click();
    await expect(this.page.getByRole('button', { name: 'Sign in' })).toBeFocused();
  }

  get user(): Locator {
    return this.page.locator('#user');
  }

  /** The list is as the last request left it. */
  async settled(): Promise<void> {
    await expect(
      this.page.getByRole('region').filter({ has: this.page.getByRole('list') }),
    ).toHaveAttribute('aria-busy', 'false');
  }

  row(name: string): Locator {
    return this.page
      .getByRole('listitem')
      .filter({ has: this.page.getByRole('heading', { name, exact: true }) });
  }

  get names(): Locator {
    return this.page.getByRole('listitem').getByRole('heading');
  }

  async add(name: string, description = ''): Promise<void> {
    await this.page.getByLabel('New todo').fill(name);
    await this.page.getByLabel('Description').first().fill(description);
    await this.page.getByRole('button', { name: 'Add', exact: true }).click();
    await this.announced(`Added ${name}.`);
  }

  async rename(name: string, newName: string): Promise<void> {
    await this.page.getByRole('button', { name: `Edit ${name}` }).click();
    // While it is edited a row has fields in the place of its heading.
    const form = this.page
      .getByRole('listitem')
      .filter({ has: this.page.getByRole('textbox', { name: 'Name' }) });
    await form.getByRole('textbox', { name: 'Name' }).fill(newName);
    await form.getByRole('button', { name: 'Save' }).click();
    await this.announced(`Saved ${newName}.`);
  }

  async search(text: string): Promise<void> {
    const found = this.page.waitForResponse((response) =>
      response.url().includes(`name=${encodeURIComponent(text)}`),
    );
    await this.page.getByRole('searchbox', { name: 'Search by name' }).fill(text);
    await found;
    await this.settled();
  }

  async setStatus(name: string, status: string): Promise<void> {
    // What is announced may still be what was saved before.
    const saved = this.page.waitForResponse((response) => response.request().method() === 'PUT');
    await this.row(name)
      .getByRole('combobox', { name: `Status of ${name}` })
      .selectOption(status);
    await saved;
    await this.announced(`Saved ${name}.`);
  }

  /** What a screen reader is told. */
  async announced(text: string | RegExp): Promise<void> {
    await expect(this.page.getByRole('status').filter({ hasText: text })).toBeAttached();
  }

  async total(): Promise<number> {
    const text = await this.page.getByRole('heading', { level: 2 }).first().textContent();
    return Number(/\d+/.exec(text ?? '')?.[0] ?? Number.NaN);
  }
}

import { expect } from 'playwright/test';
import type { FrameLocator, Locator, Page } from 'playwright/test';

/** Words of the Lab's buttons, in the language of the page. */
const WORDS = {
  en: {
    start: 'Start the Lab',
    stop: 'End the Lab',
    run: 'Run the experiment',
    many: 'Send 50 requests',
  },
  zh: { start: '启动实验室', stop: '关闭实验室', run: '开始实验', many: '发 50 个请求' },
};

/**
 * The Lab on a stage's page, as a reader uses it.
 *
 * @example const lab = new LabPage(page); await lab.open('/stages/01-all-in-one/'); await lab.start();
 */
export class LabPage {
  readonly page: Page;
  readonly element: Locator;
  words = WORDS.en;

  constructor(page: Page) {
    this.page = page;
    this.element = page.locator('stage-lab');
  }

  async open(path: string): Promise<void> {
    if (path.startsWith('/zh-cn/')) this.words = WORDS.zh;
    await this.page.goto(path);
  }

  async start(): Promise<void> {
    await this.element.getByRole('button', { name: this.words.start }).click();
    await expect(this.element).toHaveAttribute('data-state', 'running', { timeout: 20_000 });
  }

  /** Also waits for the stage's own page. */
  async startWithPage(): Promise<void> {
    await this.start();
    await expect(this.todo.getByRole('heading', { level: 1 })).toBeVisible({ timeout: 20_000 });
  }

  async stop(): Promise<void> {
    await this.element.getByRole('button', { name: this.words.stop }).click();
    await expect(this.element).toHaveAttribute('data-state', 'idle');
  }

  /** The todo page in its frame. */
  get todo(): FrameLocator {
    return this.element.frameLocator('iframe');
  }

  get todoNames(): Locator {
    return this.todo.getByRole('listitem').getByRole('heading');
  }

  /** Waits for the new page: until then the old one, which looks alike, would take a click. */
  async reload(): Promise<void> {
    const body = this.todo.locator('body');
    await body.evaluate((old) => old.setAttribute('data-old', ''));
    await this.button('Reload the page').click();
    await expect(body).not.toHaveAttribute('data-old');
  }

  async addTodo(name: string): Promise<void> {
    await this.todo.getByLabel('New todo').fill(name);
    await this.todo.getByRole('button', { name: 'Add', exact: true }).click();
    await expect(this.todoNames.filter({ hasText: name })).toHaveCount(1);
  }

  get experiments(): Locator {
    return this.element.getByRole('tabpanel', { name: 'Experiments' });
  }

  /** Predicts something and runs the experiment to its verdict. */
  async confirmExperiment(title: string): Promise<void> {
    const panel = this.experiments;
    await panel.getByRole('button', { name: title }).click();
    await panel.getByRole('radio').first().check();
    await panel.getByRole('button', { name: this.words.run }).click();
    await expect(panel.locator('.verdict')).toContainText('Confirmed', { timeout: 30_000 });
  }

  button(name: string): Locator {
    return this.element.getByRole('button', { name, exact: true });
  }

  tab(name: string): Locator {
    return this.element.getByRole('tab', { name, exact: true });
  }

  /** What the Lab says of the last thing that was done. */
  get said(): Locator {
    return this.element.locator('.lab-status');
  }

  /** The running instances, by name. */
  get instances(): Locator {
    return this.element.getByRole('table', { name: 'Instances' }).locator('tbody th');
  }

  /** Shows a file in the editor. */
  async openFile(file: string): Promise<Locator> {
    await this.tab('Code').click();
    await this.element.getByRole('combobox', { name: /^File/ }).selectOption(file);
    return this.editor;
  }

  get editor(): Locator {
    return this.element.getByRole('textbox', { name: /^Code of / });
  }

  /** Changes a text in the file that is shown. */
  async replaceCode(from: string, to: string): Promise<void> {
    const code = await this.editor.inputValue();
    expect(code).toContain(from);
    await this.editor.fill(code.replace(from, () => to));
  }

  /** What was said of the code. */
  get aboutCode(): Locator {
    return this.element.getByRole('tabpanel', { name: 'Code' }).getByRole('status');
  }
}

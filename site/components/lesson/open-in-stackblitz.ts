import type { EmbedOptions, OpenOptions, Project, VM } from '@stackblitz/sdk';
import { ANSWER_TIME_MS } from '../../lib/stackblitz-time.ts';

/** The part of StackBlitz' SDK in use: its own types differ between bundlers and Node. */
interface Sdk {
  embedProject(place: HTMLElement, project: Project, options: EmbedOptions): Promise<VM>;
  openProject(project: Project, options: OpenOptions): void;
  connect(frame: HTMLIFrameElement): Promise<VM>;
}

type State = 'idle' | 'loading' | 'running' | 'failed';
type Message = 'loading' | 'failed' | 'files-failed';

class FilesFailed extends Error {}

/**
 * `<open-in-stackblitz>`: on a click fetches the stage's files and StackBlitz' SDK, and starts the
 * stage in a frame on the page or in a new tab. The frame is removed when the reader closes it or
 * leaves, since one that stays alive keeps computing.
 */
export class OpenInStackBlitz extends HTMLElement {
  /** Ends what the last click began. */
  #attempt = new AbortController();
  #page = new AbortController();

  connectedCallback(): void {
    this.#page = new AbortController();
    const { signal } = this.#page;
    this.#part('.actions').hidden = false;
    this.#part('[data-without]').hidden = true;
    this.#part('[data-instead]').hidden = false;
    this.#embedButton?.addEventListener('click', () => void this.#embed(), { signal });
    this.#button('open').addEventListener('click', () => void this.#open(), { signal });
    this.#button('close').addEventListener('click', () => this.#close(), { signal });
    globalThis.addEventListener('pagehide', () => this.#close(), { signal });
  }

  disconnectedCallback(): void {
    this.#close();
    this.#page.abort();
  }

  async #embed(): Promise<void> {
    this.#close();
    const { signal } = this.#attempt;
    this.#show('loading', 'loading');
    try {
      await withinTime(this.#start(signal), ANSWER_TIME_MS, signal);
      if (!signal.aborted) this.#show('running');
    } catch (error) {
      if (signal.aborted) return;
      // What comes too late must not appear after all.
      this.#close();
      this.#fail(error);
    }
  }

  async #start(signal: AbortSignal): Promise<void> {
    const [project, sdk] = await this.#load(signal);
    if (signal.aborted) return;
    const place = document.createElement('div');
    this.#part('.frame').replaceChildren(place);
    const options: EmbedOptions = { ...this.#options(), height: 544, crossOriginIsolated: true };
    const connected = sdk.embedProject(place, project, options);
    const frame = this.#part('.frame').querySelector('iframe');
    if (frame) frame.title = this.dataset['frame'] ?? '';
    // The SDK gives up after 10 s; a slow first start deserves the whole time.
    await connected.catch(() => frame && sdk.connect(frame));
  }

  async #open(): Promise<void> {
    const { signal } = this.#attempt;
    try {
      const [project, sdk] = await this.#load(signal);
      const options: OpenOptions = { ...this.#options(), newWindow: true };
      sdk.openProject(project, options);
    } catch (error) {
      if (!signal.aborted) this.#fail(error);
    }
  }

  #load(signal: AbortSignal): Promise<[Project, Sdk]> {
    const sdk = import('@stackblitz/sdk').then((module) => module.default as unknown as Sdk);
    return Promise.all([this.#project(signal), sdk]);
  }

  async #project(signal: AbortSignal): Promise<Project> {
    const response = await fetch(this.dataset['project'] ?? '', { signal }).catch(() => undefined);
    if (!response?.ok) throw new FilesFailed();
    const project = (await response.json()) as Project;
    return { ...project, title: this.dataset['title'] ?? project.title };
  }

  #options(): Pick<EmbedOptions, 'openFile' | 'startScript' | 'theme'> {
    return {
      openFile: this.dataset['entry'] ?? 'index.ts',
      startScript: 'start',
      theme: document.documentElement.dataset['theme'] === 'dark' ? 'dark' : 'light',
    };
  }

  #fail(error: unknown): void {
    this.#part('.frame').replaceChildren();
    this.#show('failed', error instanceof FilesFailed ? 'files-failed' : 'failed');
  }

  #close(): void {
    this.#attempt.abort();
    this.#attempt = new AbortController();
    this.#part('.frame').replaceChildren();
    this.#show('idle');
  }

  #show(state: State, message?: Message): void {
    this.dataset['state'] = state;
    const active = state === 'loading' || state === 'running';
    if (this.#embedButton) this.#embedButton.disabled = active;
    this.#button('close').hidden = !active;
    const text = message && this.querySelector(`[data-message="${message}"]`);
    this.#part('.message').textContent =
      text instanceof HTMLTemplateElement ? (text.content.textContent?.trim() ?? '') : '';
  }

  /** A stage that signs in has none: it runs in a tab of its own only. */
  get #embedButton(): HTMLButtonElement | null {
    return this.querySelector('button[data-action="embed"]');
  }

  #button(action: string): HTMLButtonElement {
    const button = this.querySelector(`[data-action="${action}"]`);
    if (button instanceof HTMLButtonElement) return button;
    throw new TypeError(`<open-in-stackblitz> has no button "${action}"`);
  }

  #part(selector: string): HTMLElement {
    const part = this.querySelector(selector);
    if (part instanceof HTMLElement) return part;
    throw new TypeError(`<open-in-stackblitz> has no ${selector}`);
  }
}

/** The task's end, a rejection after `milliseconds`, or one as soon as the signal aborts. */
function withinTime(task: Promise<void>, milliseconds: number, signal: AbortSignal): Promise<void> {
  const limit = AbortSignal.any([signal, AbortSignal.timeout(milliseconds)]);
  return new Promise((resolve, reject) => {
    limit.addEventListener('abort', () => reject(limit.reason as Error), { once: true });
    task.then(resolve, reject);
  });
}

import { fill } from '../../fill.ts';
import type { Language } from '../../languages.ts';
import { LAB_START_MS } from '../start-time.ts';
import type { StartedLab } from './start.ts';

type State = 'idle' | 'starting' | 'running' | 'failed';

/** What Chromium, Firefox and WebKit say of a fetch, or of a module, that found nothing. */
const FETCH_ERROR =
  /Failed to fetch|NetworkError|Load failed|dynamically imported module|Importing a module script failed/;

/** Ends the lab that runs on this page: another one is starting. */
let stopCurrent: () => Promise<void> = () => Promise.resolve();

/**
 * `<stage-lab>`: on a click fetches the Lab and starts the stage in this tab. Before the click this
 * button is all there is of it. It ends when the reader says so or leaves.
 */
export class StageLab extends HTMLElement {
  #attempt = new AbortController();
  #page = new AbortController();
  #lab: StartedLab | undefined;

  connectedCallback(): void {
    this.#page = new AbortController();
    const { signal } = this.#page;
    this.#part('.actions').hidden = false;
    this.#part('[data-without]').hidden = true;
    for (const start of this.querySelectorAll('[data-action="start"]'))
      start.addEventListener('click', () => void this.#start(), { signal });
    addEventListener('pagehide', () => void this.#stop(), { signal });
  }

  disconnectedCallback(): void {
    void this.#stop();
    this.#page.abort();
  }

  async #start(): Promise<void> {
    const stopped = stopCurrent();
    stopCurrent = () => this.#stop();
    this.#show('starting', this.dataset['loading']);
    await stopped;
    const attempt = new AbortController();
    this.#attempt = attempt;
    let late: AbortSignal | undefined;
    try {
      // A browser that is too old for these says so below, as any other reason.
      late = AbortSignal.timeout(LAB_START_MS);
      const signal = AbortSignal.any([attempt.signal, late]);
      const { startLab } = await within(signal, import('./start.ts'));
      const starting = startLab({
        stage: this.dataset['stage'] ?? '',
        language: (this.dataset['language'] ?? 'en') as Language,
        base: this.dataset['base'] ?? '/',
        place: this.#part('.place'),
        signal,
        onPhase: (text) => this.#show('starting', text),
        onStop: () => void this.#stop(true),
      });
      this.#lab = await within(signal, starting);
      this.#show('running');
      this.#part('.place').focus();
    } catch (error) {
      // What comes too late must not appear after all.
      if (attempt.signal.aborted) return;
      attempt.abort();
      this.#part('.place').replaceChildren();
      const reason = this.#reason(error as Error, late);
      this.#show('failed', fill(this.dataset['failed'] ?? '', { reason }));
    }
  }

  async #stop(byReader = false): Promise<void> {
    this.#attempt.abort();
    const lab = this.#lab;
    this.#lab = undefined;
    if (this.dataset['state'] !== 'idle') {
      this.#part('.place').replaceChildren();
      this.#show('idle', byReader ? this.dataset['stopped'] : undefined);
    }
    if (byReader) this.querySelector<HTMLElement>('.actions [data-action]')?.focus();
    await lab?.stop();
  }

  /** In the reader's language where the fault is not the program's own. */
  #reason(error: Error & { readonly code?: string }, late: AbortSignal | undefined): string {
    const { dataset } = this;
    if (late?.aborted) return fill(dataset['late'] ?? '', { seconds: LAB_START_MS / 1000 });
    const isUnreached = error.code === 'E_LAB_FILE' || FETCH_ERROR.test(error.message);
    return (isUnreached ? dataset['unreached'] : undefined) ?? error.message;
  }

  #show(state: State, message = ''): void {
    this.dataset['state'] = state;
    this.#part('.message').textContent = message;
    this.#part('.actions').hidden = state === 'running' || state === 'starting';
    this.#part('.instead').hidden = state !== 'failed';
  }

  #part(selector: string): HTMLElement {
    const part = this.querySelector(`:scope > ${selector}`);
    if (part instanceof HTMLElement) return part;
    throw new TypeError(`<stage-lab> has no ${selector}`);
  }
}

/** The task's end, or a rejection as soon as the signal aborts. */
function within<Result>(signal: AbortSignal, task: Promise<Result>): Promise<Result> {
  return new Promise((resolve, reject) => {
    const abort = (): void => reject(signal.reason as Error);
    if (signal.aborted) abort();
    signal.addEventListener('abort', abort, { once: true });
    task.then(resolve, reject);
  });
}

interface Found {
  readonly url: string;
  readonly excerpt: string;
  readonly meta: { readonly title?: string };
}

/** The part of Pagefind's browser interface in use: https://pagefind.app/docs/api/ */
interface Pagefind {
  init(): Promise<void>;
  debouncedSearch(
    query: string,
    options?: object,
    delay?: number,
  ): Promise<{ results: { data(): Promise<Found> }[] } | null>;
}

const MAX_RESULTS = 12;
const TYPING_PAUSE_MS = 150;

/** `<site-search>`: opens a dialog and loads the index when it is first opened, not before. */
export class SiteSearch extends HTMLElement {
  #index: Promise<Pagefind> | undefined;

  connectedCallback(): void {
    this.#part('.open', HTMLButtonElement).disabled = false;
    this.#part('.open', HTMLButtonElement).addEventListener('click', () => this.#open());
    this.#input.addEventListener('input', () => void this.#search());
    this.#part('form', HTMLFormElement).addEventListener('submit', (event) => {
      if (event.submitter) return;
      event.preventDefault();
      this.querySelector<HTMLAnchorElement>('ol a')?.click();
    });
    this.#dialog.addEventListener('click', (event) => {
      if (event.target === this.#dialog) this.#dialog.close();
      else if (event.target instanceof Element && event.target.closest('a')) this.#dialog.close();
    });
    document.addEventListener('keydown', (event) => {
      if (event.key.toLowerCase() !== 'k' || !(event.ctrlKey || event.metaKey)) return;
      event.preventDefault();
      if (this.#dialog.open) this.#dialog.close();
      else this.#open();
    });
  }

  #open(): void {
    this.#dialog.showModal();
    this.#input.select();
    this.#load().catch(() => this.#say(this.dataset['failed'] ?? ''));
  }

  #load(): Promise<Pagefind> {
    this.#index ??= (async () => {
      const address = this.dataset['index'] ?? '';
      const index = (await import(/* @vite-ignore */ address)) as Pagefind;
      await index.init();
      return index;
    })();
    this.#index.catch(() => (this.#index = undefined));
    return this.#index;
  }

  async #search(): Promise<void> {
    const query = this.#input.value.trim();
    try {
      const index = await this.#load();
      const answer = await index.debouncedSearch(query, {}, TYPING_PAUSE_MS);
      // Null when a later keystroke has overtaken this one.
      if (!answer || query !== this.#input.value.trim()) return;
      const found = await Promise.all(
        answer.results.slice(0, MAX_RESULTS).map((result) => result.data()),
      );
      if (query !== this.#input.value.trim()) return;
      this.#show(query, found, answer.results.length);
    } catch {
      this.#say(this.dataset['failed'] ?? '');
    }
  }

  #show(query: string, found: readonly Found[], count: number): void {
    this.#part('ol', HTMLOListElement).replaceChildren(...found.map(resultItem));
    const text = this.dataset[count === 0 ? 'none' : 'some'] ?? '';
    // Not fill(): a script that shares nothing with another stands in its page, and no request waits for it.
    this.#say(query ? text.replace('{count}', String(count)).replace('{query}', () => query) : '');
  }

  #say(text: string): void {
    this.#part('[role="status"]', HTMLElement).textContent = text;
  }

  get #dialog(): HTMLDialogElement {
    return this.#part('dialog', HTMLDialogElement);
  }

  get #input(): HTMLInputElement {
    return this.#part('input', HTMLInputElement);
  }

  #part<Part extends Element>(selector: string, type: new () => Part): Part {
    const part = this.querySelector(selector);
    if (!(part instanceof type)) throw new TypeError(`<site-search> has no ${selector}`);
    return part;
  }
}

function resultItem({ url, excerpt, meta }: Found): HTMLLIElement {
  const item = document.createElement('li');
  const link = document.createElement('a');
  const title = document.createElement('b');
  const text = document.createElement('span');
  link.href = url;
  title.textContent = meta.title ?? url;
  // Pagefind escapes the page's text and adds <mark> around what matched.
  text.innerHTML = excerpt;
  link.append(title, text);
  item.append(link);
  return item;
}

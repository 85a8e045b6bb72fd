import { fill } from '../../fill.ts';
import { button, make } from './dom.ts';
import type { LabWords } from './words.ts';

/** The stage's own page in a frame, with an address bar. */
export interface PageView {
  readonly element: HTMLElement;
  /** Shows a path of the stage. */
  go(path: string): void;
  reload(): void;
  /** The address that the stage believes to have: `http://localhost:3001`. */
  setOrigin(origin: string): void;
  /** The page cannot be shown in this browser. */
  refuse(): void;
}

/**
 * Frames the stage's page. `frame` is the address below which the service worker answers.
 *
 * @example createPageView({ words, number: 1, frame: '/lab/frame/a1' }).go('/')
 */
export function createPageView(options: {
  readonly words: LabWords;
  readonly number: number;
  readonly frame: string;
}): PageView {
  const { frame } = options;
  const { page: text } = options.words;
  const title = fill(text.frame, { number: options.number });
  const origin = make('span', { class: 'origin' });
  const address = make('input', {
    ...{ type: 'text', autocomplete: 'off', spellcheck: 'false', autocapitalize: 'off' },
    'aria-label': text.address,
  });
  const waiting = make('p', { class: 'lab-message', role: 'status' }, text.preparing);
  const place = make('div', { class: 'lab-frame' }, waiting);
  const bar = make('form', { class: 'lab-address' });
  let shown: HTMLIFrameElement | undefined;
  let path = '/';
  let isLoading = false;
  /** Where to go while the frame was loading: WebKit may end up at what it was loading before. */
  let wanted: string | undefined;

  function pathOf(iframe: HTMLIFrameElement): string | undefined {
    try {
      const at = iframe.contentWindow?.location;
      return at?.pathname.startsWith(frame)
        ? at.pathname.slice(frame.length) + at.search + at.hash
        : undefined;
    } catch {
      // The page has gone to another site, which its policy should not let it.
      return undefined;
    }
  }

  function go(to: string): void {
    path = to.startsWith('/') ? to : `/${to}`;
    const src = frame + path;
    wanted = isLoading ? path : undefined;
    isLoading = true;
    if (shown) {
      shown.contentWindow?.location.replace(src);
      return;
    }
    const made = make('iframe', { title, src });
    // A page that leads elsewhere, or hides behind a link, still tells where it is.
    made.addEventListener('load', () => {
      isLoading = false;
      path = pathOf(made) ?? path;
      const asked = wanted;
      wanted = undefined;
      if (asked !== undefined && asked !== path) return go(asked);
      if (document.activeElement !== address) address.value = path;
    });
    shown = made;
    place.replaceChildren(made);
  }

  function reload(): void {
    if (!shown) return;
    // A page that could not be loaded is of another origin: it is asked for anew.
    if (pathOf(shown) === undefined) return go(path);
    isLoading = true;
    shown.contentWindow?.location.reload();
  }

  bar.append(
    button('↻', reload, {
      class: 'icon',
      'aria-label': text.reload,
      title: text.reload,
    }),
    make('label', { class: 'field' }, origin, address),
    make('button', { type: 'submit' }, text.go),
  );
  bar.addEventListener('submit', (event) => {
    event.preventDefault();
    go(address.value.trim());
  });

  return {
    element: make('section', { class: 'lab-page', 'aria-label': text.title }, bar, place),
    go(to) {
      address.value = to;
      go(to);
    },
    reload,
    setOrigin: (given) => void (origin.textContent = given),
    refuse() {
      bar.hidden = true;
      place.replaceChildren(make('p', { class: 'lab-message' }, text.unavailable));
    },
  };
}

import { button, make } from './dom.ts';
import type { History, LogRecord } from './history.ts';
import { findPlaces, type Place } from './places.ts';
import type { LabWords } from './words.ts';

/** More lines than this in the page make it slow, and nobody reads them. */
const LINES_SHOWN = 200;

/** A panel that is drawn when something has happened. */
export interface View {
  readonly element: HTMLElement;
  draw(history: History): void;
}

export interface LogViewOptions {
  readonly words: LabWords;
  /** The stage's files, to tell its places from others. */
  files(): readonly string[];
  onPlace(place: Place): void;
}

/**
 * The log of all instances, or of one. What names a place in the stage's code leads there.
 *
 * @example createLogView({ words, files: () => Object.keys(sources), onPlace: editor.open })
 */
export function createLogView({ words, files, onPlace }: LogViewOptions): View {
  const list = make('ol', { class: 'lab-log', tabindex: 0, 'aria-label': words.log.label });
  const choice = make('select', {}, make('option', { value: '' }, words.log.all));
  const empty = make('p', { class: 'lab-quiet' }, words.log.empty);
  let shown: History | undefined;
  let drawn = 0;
  let only = '';
  choice.addEventListener('change', () => {
    only = choice.value;
    shown = undefined;
    if (last) draw(last);
  });
  let last: History | undefined;

  function draw(history: History): void {
    last = history;
    if (history !== shown) {
      shown = history;
      drawn = 0;
      list.replaceChildren();
    }
    offerInstances(history);
    const fresh = history.log.total - drawn;
    if (fresh <= 0) return;
    drawn = history.log.total;
    const atEnd = list.scrollHeight - list.scrollTop - list.clientHeight < 24;
    const lines = history.log
      .last(Math.min(fresh, LINES_SHOWN))
      .filter(({ instance }) => only === '' || instance === only || instance === undefined);
    list.append(...lines.map(lineOf));
    while (list.childElementCount > LINES_SHOWN) list.firstElementChild?.remove();
    empty.hidden = list.childElementCount > 0;
    if (atEnd) list.scrollTop = list.scrollHeight;
  }

  function offerInstances({ instances }: History): void {
    const known = new Set(Array.from(choice.options, ({ value }) => value));
    for (const id of instances.keys()) if (!known.has(id)) choice.add(new Option(id, id));
    for (const option of [...choice.options].slice(1))
      if (!instances.has(option.value) && option.value !== only) option.remove();
  }

  function lineOf({ instance, stream, text }: LogRecord): HTMLElement {
    const who = make('span', { class: 'who' }, instance ?? words.log.lab);
    return make('li', { class: stream }, who, ' ', ...linked(text, files(), onPlace));
  }

  const head = make('div', { class: 'lab-row' }, make('label', {}, `${words.log.only} `, choice));
  return { element: make('div', { class: 'lab-stack' }, head, empty, list), draw };
}

/**
 * A text in which the places of the stage's code are buttons.
 *
 * @example linked('app.ts:3: unexpected token', ['app.ts'], open)
 */
export function linked(
  text: string,
  files: readonly string[],
  onPlace: (place: Place) => void,
): (Node | string)[] {
  const parts: (Node | string)[] = [];
  let at = 0;
  for (const place of findPlaces(text, files)) {
    const name = text.slice(place.start, place.end);
    parts.push(
      text.slice(at, place.start),
      button(name, () => onPlace(place), { class: 'link' }),
    );
    at = place.end;
  }
  return [...parts, text.slice(at)];
}

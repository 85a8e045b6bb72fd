import { fill } from '../../fill.ts';
import { button, make, setText } from './dom.ts';
import type { InstanceRecord } from './history.ts';
import type { View } from './log-view.ts';
import type { LabWords } from './words.ts';

const REDRAW_MS = 200;
/** The rest is counted on the diagram. */
const MOST_ROWS = 8;

export interface InstanceListOptions {
  readonly words: LabWords;
  /** What stands here when nothing runs. */
  none(): string;
  /** Whether those shown may be ended: an experiment ends its own. */
  canKill(): boolean;
  onKill(instance: string): void;
}

/**
 * The running instances, what they do, and a button that ends each.
 *
 * @example createInstanceList({ words, none, canKill, onKill }).draw(history)
 */
export function createInstanceList({ words, none, canKill, onKill }: InstanceListOptions): View {
  const { instances: text } = words;
  const body = make('tbody');
  const note = make('p', { class: 'lab-quiet' }, ' ');
  const heads = [text.instance, text.state, text.served].map((name) =>
    make('th', { scope: 'col' }, name),
  );
  const table = make(
    'table',
    { class: 'lab-instances' },
    make('caption', {}, text.title),
    make('thead', {}, make('tr', {}, ...heads, make('td'))),
    body,
  );
  const rows = new Map<
    string,
    { row: HTMLElement; state: Element; served: Element; kill: HTMLElement }
  >();
  let drawnAt = -Infinity;
  let later: ReturnType<typeof setTimeout> | undefined;

  function rowOf({ id }: InstanceRecord) {
    const known = rows.get(id);
    if (known) return known;
    const state = make('td', {}, ' ');
    const served = make('td', { class: 'number' }, '0');
    const kill = button(words.actions.killAll, () => onKill(id), {
      class: 'small',
      'aria-label': fill(words.actions.kill, { instance: id }),
    });
    const row = make(
      'tr',
      {},
      make('th', { scope: 'row' }, id),
      state,
      served,
      make('td', {}, kill),
    );
    const made = { row, state, served, kill };
    rows.set(id, made);
    body.append(row);
    return made;
  }

  const view: View = {
    element: make('div', {}, table, note),
    draw(history) {
      const wait = drawnAt + REDRAW_MS - performance.now();
      clearTimeout(later);
      if (wait > 0) {
        later = setTimeout(() => view.draw(history), wait);
        return;
      }
      drawnAt = performance.now();
      const live = [...history.instances.values()]
        .filter(({ state }) => state !== 'stopped')
        .slice(0, MOST_ROWS);
      const ids = new Set(live.map(({ id }) => id));
      for (const [id, { row }] of rows) {
        if (ids.has(id)) continue;
        row.remove();
        rows.delete(id);
      }
      for (const instance of live) {
        const { state, served, kill } = rowOf(instance);
        kill.hidden = !canKill();
        setText(state, instance.waitsFor ?? words.states[instance.state]);
        setText(served, String(instance.served));
      }
      setText(note, live.length === 0 ? none() : '');
    },
  };
  return view;
}

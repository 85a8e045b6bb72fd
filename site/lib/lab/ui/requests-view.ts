import { fill } from '../../fill.ts';
import { make, setAttribute, setText } from './dom.ts';
import { namedCalls, type RequestRecord } from './history.ts';
import type { View } from './log-view.ts';
import type { LabWords } from './words.ts';

const ROWS = 12;
/** Figures that change faster than this are a flicker. */
const REDRAW_MS = 250;

export interface RequestsViewOptions {
  /** What calls the functions that a request passes. */
  readonly framework: string;
  labelOf(node: string): string;
}

/**
 * The last requests as a table, newest first: the same that the dots show, for those who do not see
 * them or want less motion.
 *
 * @example createRequestsView(words, { framework: 'Express', labelOf: (node) => labels.get(node) ?? node }).draw(history)
 */
export function createRequestsView(words: LabWords, options: RequestsViewOptions): View {
  const { requests: text } = words;
  const { framework, labelOf } = options;
  const passed = fill(text.passed, { framework });
  const head = [text.request, text.way, passed, text.answer, text.time];
  const body = make('tbody');
  const none = make('p', { class: 'lab-quiet' }, text.none);
  const table = make(
    'table',
    { class: 'lab-requests', hidden: true },
    make('caption', { class: 'sr-only' }, text.label),
    make('thead', {}, make('tr', {}, ...head.map((each) => make('th', { scope: 'col' }, each)))),
    body,
  );
  const rows = Array.from({ length: ROWS }, () => {
    const cells = head.map((name) => make('td', { 'data-name': name }, ' '));
    return { row: make('tr', { hidden: true }, ...cells), cells };
  });
  body.append(...rows.map(({ row }) => row));
  let drawnAt = -Infinity;
  let later: ReturnType<typeof setTimeout> | undefined;

  function cellsOf(request: RequestRecord): string[] {
    const { method, path, route, sentAt, end } = request;
    const answer = end ? (end.status?.toString() ?? text.noAnswer) : text.waiting;
    const time = end ? `${(end.at - sentAt).toFixed(1)} ms` : '';
    const way = route.map(labelOf).join(' → ');
    return [`${method} ${path}`, way, namedCalls(request).join(', '), answer, time];
  }

  const view: View = {
    element: make(
      'div',
      { class: 'lab-scroll', tabindex: 0, role: 'region', 'aria-label': text.label },
      none,
      table,
    ),
    draw(history) {
      const wait = drawnAt + REDRAW_MS - performance.now();
      clearTimeout(later);
      if (wait > 0) {
        later = setTimeout(() => view.draw(history), wait);
        return;
      }
      drawnAt = performance.now();
      const last = history.requests.last(ROWS).toReversed();
      none.hidden = last.length > 0;
      table.hidden = last.length === 0;
      for (const [index, { row, cells }] of rows.entries()) {
        const request = last[index];
        row.hidden = !request;
        if (!request) continue;
        setAttribute(row, 'class', lookOf(request));
        for (const [column, content] of cellsOf(request).entries()) {
          const cell = cells[column];
          if (cell) setText(cell, content);
        }
      }
    },
  };
  return view;
}

function lookOf({ end }: RequestRecord): string {
  if (!end) return 'going';
  return end.status !== undefined && end.status < 400 ? 'good' : 'bad';
}

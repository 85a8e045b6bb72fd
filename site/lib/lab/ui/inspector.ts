import { fill } from '../../fill.ts';
import type { Words } from '../../words.ts';
import { button, make, setText } from './dom.ts';
import type { ReadDrawing } from './drawing.ts';
import { type History, namedCalls } from './history.ts';
import type { Subject } from './live-diagram.ts';
import type { View } from './log-view.ts';
import { nodeLog } from './node-log.ts';
import type { StageMap } from './stage-map.ts';
import type { LabWords } from './words.ts';

const CODE_LINES = 9;
const LOG_LINES = 5;
const REDRAW_MS = 250;

export interface InspectorOptions {
  readonly words: LabWords;
  readonly reasons: Words['transcript']['reasons'];
  readonly drawing: ReadDrawing;
  sources(): Readonly<Record<string, string>>;
  isUsed(node: string): boolean;
  /** The part that an instance stands for. */
  readonly place: StageMap['place'];
  /** How the stage runs: "a function". */
  target(): string;
  onOpen(file: string, line: number): void;
}

/**
 * Tells of the part or the instance under the pointer: its code, its log, its numbers.
 *
 * @example inspector.look({ kind: 'node', id: 'store' })
 */
export function createInspector(
  options: InspectorOptions,
): View & { look(subject: Subject): void; readonly subject: Subject | undefined } {
  const { words, reasons, drawing } = options;
  const { inspector: text } = words;
  const title = make('h3', {}, text.title);
  const figures = make('p', {}, text.hint);
  const code = make('pre', { class: 'lab-code-excerpt', hidden: true });
  const place = make('div', {});
  const log = make('ol', { class: 'lab-log', hidden: true });
  let subject: Subject | undefined;
  let logged = '';
  let drawnAt = -Infinity;

  function showCode(node: string): void {
    const file = drawing.files.get(node);
    const line = drawing.lines.get(node) ?? 1;
    const source = file === undefined ? undefined : options.sources()[file];
    code.hidden = source === undefined;
    place.replaceChildren();
    if (file === undefined || source === undefined) return;
    const lines = source.split('\n').slice(line - 1, line - 1 + CODE_LINES);
    code.textContent = lines.join('\n');
    place.append(
      button(fill(text.code, { file }), () => options.onOpen(file, line), { class: 'small' }),
    );
  }

  function showLog(lines: readonly { readonly stream: string; readonly text: string }[]): void {
    const shown = lines.map(({ text: each }) => each).join('\n');
    if (shown === logged) return;
    logged = shown;
    log.hidden = lines.length === 0;
    log.replaceChildren(...lines.map((line) => make('li', { class: line.stream }, line.text)));
  }

  function drawNode(id: string, history: History): void {
    const { requests } = history;
    showLog(nodeLog(id, history, options.place, LOG_LINES));
    if (!options.isUsed(id)) {
      setText(figures, fill(text.unused, { target: options.target() }));
      return;
    }
    const came = [...requests].filter(({ route }) => route.includes(id));
    const last = came.at(-1);
    const called = last ? namedCalls(last, id) : [];
    const told = [fill(text.passed, { count: came.length })];
    if (called.length > 0) told.push(fill(text.calls, { calls: called.join(', ') }));
    setText(figures, told.join(' · '));
  }

  function drawInstance(id: string, history: History): void {
    const instance = history.instances.get(id);
    if (!instance) return;
    const { startedAt, readyAt, served, reason, state, waitsFor } = instance;
    const told = [waitsFor ?? words.states[state]];
    if (readyAt !== undefined)
      told.push(fill(text.ready, { milliseconds: Math.round(readyAt - startedAt) }));
    told.push(fill(text.answered, { count: served }));
    if (reason !== undefined) told.push(fill(text.ended, { reason: reasons[reason] }));
    setText(figures, told.join(' · '));
    const lines = [...history.log].filter((line) => line.instance === id).slice(-LOG_LINES);
    showLog(lines.length === 0 ? [{ stream: '', text: text.silent }] : lines);
  }

  return {
    element: make('section', { class: 'lab-inspector' }, title, figures, code, place, log),
    get subject() {
      return subject;
    },
    look(at) {
      if (subject?.id === at.id && subject.kind === at.kind) return;
      subject = at;
      showLog([]);
      drawnAt = -Infinity;
      setText(title, at.kind === 'node' ? (drawing.labels.get(at.id) ?? at.id) : at.id);
      if (at.kind === 'node') showCode(at.id);
      else {
        code.hidden = true;
        place.replaceChildren();
      }
    },
    draw(history) {
      if (!subject || performance.now() - drawnAt < REDRAW_MS) return;
      drawnAt = performance.now();
      if (subject.kind === 'node') drawNode(subject.id, history);
      else drawInstance(subject.id, history);
    },
  };
}

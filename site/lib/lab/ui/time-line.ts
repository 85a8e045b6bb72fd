import { fill } from '../../fill.ts';
import { make, setAttribute } from './dom.ts';
import type { History, InstanceRecord } from './history.ts';
import type { View } from './log-view.ts';
import type { LabWords } from './words.ts';

const WINDOW_MS = 30_000;
const HEIGHT = 84;
const AXIS = 16;
const LABELS = 56;
const MOST_ROWS = 6;
const REDRAW_MS = 100;
/** What a screen reader is told changes seldom enough to be listened to. */
const SUMMARY_MS = 3_000;

/**
 * The last thirty seconds: a bar for each instance, a stroke for each request. Drawn on a canvas, since
 * three thousand strokes are too many for elements.
 *
 * @example createTimeLine(words).draw(history)
 */
export function createTimeLine(words: LabWords): View {
  const canvas = make('canvas', { role: 'img', 'aria-label': words.time.title });
  const element = make('div', { class: 'lab-time-line' }, canvas);
  let drawnAt = -Infinity;
  let toldAt = -Infinity;

  function tell(history: History, now: number, instances: number): void {
    if (now - toldAt < SUMMARY_MS) return;
    toldAt = now;
    const requests = [...history.requests].filter(({ sentAt }) => now - sentAt < WINDOW_MS);
    const failed = requests.filter(({ end }) => end && (end.status ?? 500) >= 400).length;
    const figures = { seconds: WINDOW_MS / 1000, instances, requests: requests.length, failed };
    setAttribute(canvas, 'aria-label', fill(words.time.summary, figures));
  }

  return {
    element,
    draw(history) {
      const now = performance.now();
      if (now - drawnAt < REDRAW_MS || element.clientWidth === 0) return;
      drawnAt = now;
      const rows = rowsOf(history, now);
      paint(canvas, element.clientWidth, history, rows, now, words);
      tell(history, now, rows.length);
    },
  };
}

function rowsOf({ instances }: History, now: number): InstanceRecord[] {
  return [...instances.values()].filter(
    ({ stoppedAt }) => stoppedAt === undefined || now - stoppedAt < WINDOW_MS,
  );
}

/** A pod's whole name would be a smear: the end of it tells the pods apart. */
function labelOf({ id, service }: InstanceRecord): string {
  return /^-\d+$/.test(id.slice(service.length)) ? id : id.slice(id.lastIndexOf('-') + 1);
}

function paint(
  canvas: HTMLCanvasElement,
  width: number,
  history: History,
  instances: readonly InstanceRecord[],
  now: number,
  words: LabWords,
): void {
  const context = canvas.getContext('2d');
  if (!context) return;
  const scale = devicePixelRatio;
  if (canvas.width !== Math.round(width * scale)) {
    canvas.width = Math.round(width * scale);
    canvas.height = Math.round(HEIGHT * scale);
    canvas.style.height = `${HEIGHT}px`;
  }
  const style = getComputedStyle(canvas);
  const colour = (name: string): string => style.getPropertyValue(name);
  context.setTransform(scale, 0, 0, scale, 0, 0);
  context.clearRect(0, 0, width, HEIGHT);
  context.font = `11px ${style.fontFamily}`;
  context.textBaseline = 'middle';

  const x = (at: number): number =>
    LABELS + Math.max(0, 1 - (now - at) / WINDOW_MS) * (width - LABELS - 1);
  const shown = instances.slice(-MOST_ROWS);
  const height = (HEIGHT - AXIS) / Math.max(2, shown.length);
  const rows = new Map(shown.map(({ id }, index) => [id, index * height]));

  context.fillStyle = colour('--ink-faint');
  for (const seconds of [30, 20, 10, 0]) {
    context.textAlign = seconds === 30 ? 'left' : seconds === 0 ? 'right' : 'center';
    const text = fill(words.time.axis, { seconds: seconds === 0 ? '0' : `−${seconds}` });
    context.fillText(text, x(now - seconds * 1000), HEIGHT - AXIS / 2);
  }
  context.textAlign = 'left';
  for (const instance of shown) {
    const top = rows.get(instance.id) ?? 0;
    context.fillStyle = colour('--ink-soft');
    context.fillText(labelOf(instance), 0, top + height / 2, LABELS - 6);
    const ready = instance.readyAt ?? instance.stoppedAt ?? now;
    const end = instance.stoppedAt ?? now;
    context.fillStyle = colour('--rule-strong');
    context.fillRect(
      x(instance.startedAt),
      top + height / 2 - 1,
      x(ready) - x(instance.startedAt),
      2,
    );
    context.fillStyle = colour('--accent-soft');
    context.fillRect(x(ready), top + 2, Math.max(0, x(end) - x(ready)), height - 4);
    if (instance.stoppedAt === undefined) continue;
    context.fillStyle = colour(instance.reason === 'idle' ? '--ink-faint' : '--stop');
    context.fillRect(x(end) - 1, top + 1, 2, height - 2);
  }
  for (const { sentAt, end, instance } of history.requests) {
    if (now - sentAt > WINDOW_MS) continue;
    const top = instance === undefined ? undefined : rows.get(instance);
    // A request that nobody took stands on the axis.
    const [from, length] =
      top === undefined ? [HEIGHT - AXIS - 8, 8] : [top + 3, Math.max(3, height - 6)];
    const bad = end && (end.status ?? 500) >= 400;
    context.fillStyle = colour(bad ? '--stop' : '--accent');
    context.fillRect(x(sentAt), from, 1.5, length);
  }
}

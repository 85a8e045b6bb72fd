import { fill } from '../../fill.ts';
import type { ClusterWords } from './cluster-words.ts';
import { drawCurve, type Frame, podsFor, SHOWN_MS, type Tick } from './curve.ts';
import { make, makeSvg, setAttribute, setText } from './dom.ts';
import type { History } from './history.ts';
import type { View } from './log-view.ts';
import type { LabWords } from './words.ts';

const REDRAW_MS = 250;
const WIDTH = 640;
const HEIGHT = 300;
const FRAME: Frame = {
  ...{ left: 44, right: WIDTH - 8 },
  requests: { top: 14, bottom: 150 },
  pods: { top: 180, bottom: 262 },
};
const LINES = ['ready', 'capacity', 'stable', 'panic', 'desired'] as const;

/**
 * The autoscaler at work on the reader's own requests: what it measures, what it makes of that, and the pods that
 * follow.
 *
 * @example createCurveView(clusterWords.en, words).draw(history)
 */
export function createCurveView({ curve: text }: ClusterWords, words: LabWords): View {
  const choice = make('select');
  const stripes = makeSvg('g', { class: 'panics' });
  const paths = new Map(LINES.map((name) => [name, makeSvg('path', { class: name })]));
  const tops = [FRAME.requests, FRAME.pods].map(({ top }) =>
    makeSvg('text', { x: FRAME.left - 6, y: top + 4, class: 'end' }, ' '),
  );
  const names = [text.requests, text.pods].map((name, index) => {
    const { top } = index === 0 ? FRAME.requests : FRAME.pods;
    return makeSvg('text', { x: FRAME.left + 4, y: top + 4 }, name);
  });
  const svg = makeSvg(
    'svg',
    { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: 'img', 'aria-label': text.title },
    stripes,
    ...[FRAME.requests, FRAME.pods].map(({ top, bottom }) =>
      makeSvg('path', {
        ...{ class: 'axis', d: `M ${FRAME.left} ${top} V ${bottom} H ${FRAME.right}` },
      }),
    ),
    ...paths.values(),
    ...tops,
    ...names,
    ...timeMarks(words),
  );
  const legend = make(
    'ul',
    { class: 'lab-legend' },
    ...LINES.map((name) => make('li', { class: name }, text.lines[name])),
    make('li', { class: 'panicking' }, text.lines.panicking),
  );
  const sum = make('p', {}, text.none);
  const verdict = make('p', { class: 'lab-quiet' }, ' ');
  let drawnAt = -Infinity;
  let shown: History | undefined;

  function offer({ curves }: History): string {
    const known = Array.from(choice.options, ({ value }) => value);
    const fresh = [...curves.keys()];
    if (known.join() !== fresh.join()) {
      const chosen = choice.value;
      choice.replaceChildren(...fresh.map((name) => new Option(name, name)));
      if (fresh.includes(chosen)) choice.value = chosen;
    }
    return choice.value;
  }

  function explain(tick: Tick | undefined): void {
    if (!tick) return setText(sum, text.none);
    const { stable, panic, target, isPanic, ready, desired } = tick;
    const average = isPanic ? panic : stable;
    const figures = {
      ...{ stable: round(stable), panic: round(panic), target: round(target), ready, desired },
      ...{ average: round(average), wanted: podsFor(average, target) },
    };
    setText(sum, fill(isPanic ? text.sumInPanic : text.sum, figures));
    setText(verdict, fill(isPanic ? text.panics : text.calm, figures));
    setAttribute(svg, 'aria-label', `${text.title}: ${sum.textContent}`);
  }

  choice.addEventListener('change', () => {
    drawnAt = -Infinity;
    if (shown) draw(shown);
  });

  function draw(history: History): void {
    shown = history;
    if (performance.now() - drawnAt < REDRAW_MS) return;
    drawnAt = performance.now();
    const ticks = [...(history.curves.get(offer(history)) ?? [])];
    const curve = drawCurve(ticks, FRAME);
    for (const name of LINES) setAttribute(paths.get(name) ?? svg, 'd', curve[name]);
    stripes.replaceChildren(
      ...curve.panics.map(({ x, width }) =>
        makeSvg('rect', {
          ...{ x: Math.max(FRAME.left, x), y: FRAME.requests.top, width },
          height: FRAME.pods.bottom - FRAME.requests.top,
        }),
      ),
    );
    for (const [index, most] of [curve.mostRequests, curve.mostPods].entries())
      setText(tops[index] ?? svg, String(most));
    explain(ticks.at(-1));
  }

  const element = make(
    'div',
    { class: 'lab-stack lab-curve' },
    make('p', { class: 'lab-quiet' }, text.intro),
    make('div', { class: 'lab-row' }, make('label', {}, `${text.revision} `, choice)),
    svg,
    legend,
    sum,
    verdict,
  );
  return { element, draw };
}

function timeMarks({ time }: LabWords): SVGTextElement[] {
  const width = FRAME.right - FRAME.left;
  return [120, 60, 0].map((seconds) => {
    const x = FRAME.right - (seconds * 1000 * width) / SHOWN_MS;
    const label = fill(time.axis, { seconds: seconds === 0 ? '0' : `−${seconds}` });
    const look = seconds === 120 ? undefined : seconds === 0 ? 'end' : 'middle';
    return makeSvg('text', { x, y: FRAME.pods.bottom + 20, class: look }, label);
  });
}

function round(value: number): string {
  return String(Math.round(value * 10) / 10);
}

// How long the local Knative's autoscaler takes to decide for many revisions.
import { createRequestStats, readAutoscaling, startAutoscaler } from '../cloud/knative/index.ts';
import { createTestClock } from '../cloud/shared/test-clock.ts';
import { median } from './median.ts';

const REVISIONS = [10, 100, 1_000];
/** Ticks before the measured ones: a whole stable window, so that every bucket is in use. */
const WARM_UP_TICKS = 40;
const TICKS = 100;
const TICK_MS = 2_000;
/** Requests that a revision has at once, so that no two have the same load. */
const MOST_REQUESTS = 50;

/**
 * Milliseconds of a tick by the number of revisions, as a table in Markdown.
 *
 * @example console.log(await benchKnative());
 */
export async function benchKnative(): Promise<string> {
  const rows: string[] = [];
  for (const revisions of REVISIONS) {
    const figures = await measureTicks(revisions);
    const late = figures.toSorted((a, b) => a - b)[Math.floor(TICKS * 0.95)] ?? Number.NaN;
    const shown = [median(figures), late].map((figure) => figure.toFixed(2));
    rows.push(`| ${revisions.toLocaleString('en')} | ${shown.join(' | ')} |`);
  }
  return [
    `| revisions | a tick, ms (median of ${TICKS}) | 95 of ${TICKS} are faster than |`,
    '|---:|---:|---:|',
    ...rows,
    '',
    'A tick of two seconds: two reports of every revision’s queue-proxies, and a decision for each.',
  ].join('\n');
}

async function measureTicks(revisions: number): Promise<number[]> {
  const clock = createTestClock();
  let decisions = 0;
  const autoscaler = startAutoscaler({
    clock,
    activatorReport: () => [],
    onOutcome: () => (decisions += 1),
  });
  const loads = Array.from({ length: revisions }, (_, index) => {
    const stats = createRequestStats(clock.now());
    autoscaler.add({
      name: `revision-${index}`,
      containerConcurrency: 10,
      autoscaling: readAutoscaling({}),
      isReachable: () => true,
      readyPods: () => 1 + (index % 8),
      scrape() {
        const { concurrency, requests } = stats.report(clock.now());
        return { concurrency, requests };
      },
    });
    return stats;
  });
  const figures: number[] = [];
  for (let tick = 0; tick < WARM_UP_TICKS + TICKS; tick += 1) {
    loads.forEach((stats, index) => {
      repeat((index + tick) % MOST_REQUESTS, () => stats.arrive(clock.now()));
    });
    const began = performance.now();
    await clock.skip(TICK_MS);
    if (tick >= WARM_UP_TICKS) figures.push(performance.now() - began);
    loads.forEach((stats, index) => {
      repeat((index + tick) % MOST_REQUESTS, () => stats.leave(clock.now()));
    });
  }
  autoscaler.stop();
  if (decisions !== revisions * (WARM_UP_TICKS + TICKS)) {
    throw new Error(`expected a decision a tick and revision, found ${decisions}`);
  }
  return figures;
}

function repeat(times: number, work: () => void): void {
  for (let count = 0; count < times; count += 1) work();
}

if (process.argv[1] === import.meta.filename) console.log(await benchKnative());

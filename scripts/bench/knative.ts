// How long the local Knative takes from zero to an answer, and its autoscaler to decide for many revisions.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createNodeHost } from '../cloud/hosts/node/host.ts';
import {
  createClusterWorkloads,
  createKnative,
  createRequestStats,
  readAutoscaling,
  startAutoscaler,
} from '../cloud/knative/index.ts';
import { createKubernetes, loadWebernetes, parseDockerfile } from '../cloud/kubernetes/index.ts';
import { createSkippableClock } from '../cloud/shared/skippable-clock.ts';
import { systemClock } from '../cloud/shared/system-clock.ts';
import { createTestClock } from '../cloud/shared/test-clock.ts';
import { median } from './median.ts';

const REVISIONS = [10, 100, 1_000];
/** Ticks before the measured ones: a whole stable window, so that every bucket is in use. */
const WARM_UP_TICKS = 40;
const TICKS = 100;
const TICK_MS = 2_000;
/** Requests that a revision has at once, so that no two have the same load. */
const MOST_REQUESTS = 50;

/** How often a service goes to zero and comes back. */
const COLD_STARTS = 10;
/** Longer than its pod stays without a request, in milliseconds of platform time. */
const IDLE_MS = 70_000;
const FIXTURE = join(import.meta.dirname, '../cloud/kubernetes/fixtures/stage');

/**
 * Milliseconds of a tick by the number of revisions, and of a way from zero, as tables in Markdown.
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
  const starts = await measureColdStarts();
  return [
    `| from zero to the first answer, ms (median of ${COLD_STARTS}) | fastest | slowest |`,
    '|---:|---:|---:|',
    `| ${[median(starts), Math.min(...starts), Math.max(...starts)].map((figure) => figure.toFixed(0)).join(' | ')} |`,
    '',
    'A Node process in a pod of the local Kubernetes, which Knative has taken to zero before.',
    '',
    `| revisions | a tick, ms (median of ${TICKS}) | 95 of ${TICKS} are faster than |`,
    '|---:|---:|---:|',
    ...rows,
    '',
    'A tick of two seconds: two reports of every revision’s queue-proxies, and a decision for each.',
  ].join('\n');
}

async function measureColdStarts(): Promise<number[]> {
  const clock = createSkippableClock(systemClock);
  const emit = (): void => undefined;
  const config = parseDockerfile(readFileSync(join(FIXTURE, 'Dockerfile'), 'utf8'));
  const kubernetes = await createKubernetes({
    webernetes: await loadWebernetes(),
    host: createNodeHost(),
    objects: [],
    images: [{ reference: 'todo:1', config, directory: FIXTURE }],
    clock,
    realClock: systemClock,
    emit,
  });
  const workloads = createClusterWorkloads(kubernetes);
  const knative = createKnative({
    workloads,
    clock,
    realClock: systemClock,
    domain: 'localhost',
    emit,
  });
  try {
    knative.apply({
      apiVersion: 'serving.knative.dev/v1',
      kind: 'Service',
      metadata: { name: 'todo' },
      spec: { template: { spec: { containers: [{ image: 'todo:1' }] } } },
    });
    await knative.ready();
    const figures: number[] = [];
    while (figures.length < COLD_STARTS) {
      await knative.wait(IDLE_MS);
      if (knative.instances().length > 0) throw new Error('expected no pod after an idle minute');
      const began = performance.now();
      const response = await knative.fetch('/');
      await response.arrayBuffer();
      figures.push(performance.now() - began);
    }
    return figures;
  } finally {
    await knative.close();
    await kubernetes.close();
  }
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

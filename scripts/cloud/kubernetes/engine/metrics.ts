import type { Clock } from '../../shared/clock.ts';
import type { Containers, Running } from './containers.ts';

/** How often every pod is measured, in milliseconds. */
const SAMPLE_MS = 1_000;
/** What a reading is an average over, in milliseconds; metrics-server has 15 s. */
const WINDOW_MS = 10_000;
/** Two samples closer than this say nothing. */
const LEAST_MS = 500;

interface Sample {
  readonly at: number;
  readonly run: Running;
  readonly cpu: number;
  readonly memory: number | undefined;
}

export interface Reading {
  /** Thousandths of a CPU. */
  readonly cpu: number;
  readonly memory: number | undefined;
  /** What stands for CPU: the process's own time, or in a tab the time in which it answered requests. */
  readonly measured: 'cpu' | 'busy';
}

/** What pods use, as metrics-server tells it. */
export interface Metrics {
  /** `since` leaves out what was before, such as the start of a program; undefined when too little is known. */
  of(pod: string, since?: number): Reading | undefined;
  stop(): void;
}

/**
 * Measures the processes of all pods once a second.
 *
 * @example createMetrics(containers, systemClock).of('todo-5d7-x2')?.cpu // 12
 */
export function createMetrics(containers: Containers, clock: Clock): Metrics {
  const samples = new Map<string, Sample[]>();
  let stopped = false;
  let cancel = clock.after(SAMPLE_MS, round);

  function round(): void {
    cancel = clock.after(SAMPLE_MS, round);
    const alive = containers.running();
    for (const pod of samples.keys()) {
      if (!alive.some((run) => run.pod === pod)) samples.delete(pod);
    }
    for (const run of alive) void take(run);
  }

  async function take(run: Running): Promise<void> {
    const usage = run.instance.usage
      ? await run.instance.usage()
      : { cpuMilliseconds: busyTime(run, clock.now()), memoryBytes: undefined };
    if (!usage || run.ended || stopped) return;
    const kept = (samples.get(run.pod) ?? []).filter(
      (sample) => sample.run === run && clock.now() - sample.at <= WINDOW_MS,
    );
    const { cpuMilliseconds: cpu, memoryBytes: memory } = usage;
    samples.set(run.pod, [...kept, { at: clock.now(), run, cpu, memory }]);
  }

  return {
    of(pod, since = 0) {
      const kept = (samples.get(pod) ?? []).filter(({ at }) => at >= since);
      const [first, last] = [kept[0], kept.at(-1)];
      if (!first || !last || last.at - first.at < LEAST_MS) return undefined;
      return {
        cpu: ((last.cpu - first.cpu) * 1000) / (last.at - first.at),
        memory: last.memory,
        measured: last.run.instance.usage ? 'cpu' : 'busy',
      };
    },
    stop() {
      stopped = true;
      cancel();
    },
  };
}

function busyTime({ busy, busySince }: Running, now: number): number {
  return busy + (busySince === undefined ? 0 : now - busySince);
}

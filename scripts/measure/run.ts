import { setTimeout as pause } from 'node:timers/promises';
import { median } from '../bench/median.ts';
import type { Deployment } from '../cloud/shared/platform.ts';
import type { Stage } from '../stages/catalogue.ts';
import type { Target } from '../stages/schema.ts';
import { deploy } from '../targets/index.ts';
import { memoryBelow } from './memory.ts';

/** Longer than any platform here keeps an instance that nobody asks. */
const IDLE_MS = 10 * 60_000;
/** How often it is left alone; requests, one after the other, before memory is looked at. */
const TIMES = { rounds: 5, requests: 50 };
const PATH = '/api/rule';

/** How a stage behaves at its home; milliseconds and bytes. */
export interface Behaviour {
  /** Median, from the start of an instance until its platform counts it as ready. */
  readonly startMs: number;
  /** Median, of the first answer after an idle while. */
  readonly firstAnswerMs: number;
  /** Median, of an answer when all are awake. */
  readonly nextAnswerMs: number;
  /** Instances that serve one reader, and what they hold. */
  readonly busy: Held;
  /** The same after an idle while. */
  readonly idle: Held;
}

interface Held {
  readonly instances: number;
  readonly memoryBytes: number;
}

/**
 * Runs a stage at one target, leaves it alone, and comes back, a few times over.
 *
 * @example await measureRun(stage, 'fc', console.error)
 */
export async function measureRun(
  stage: Stage,
  target: Target,
  say: (line: string) => void,
  { rounds, requests } = TIMES,
): Promise<Behaviour> {
  const starts: number[] = [];
  const deployment = await deploy(stage, target, {
    port: 0,
    say,
    emit(event) {
      if (event.type === 'instance-ready') starts.push(event.milliseconds);
    },
  });
  try {
    const next: number[] = [];
    await ask(deployment);
    for (let request = 0; request < requests; request += 1) next.push(await ask(deployment));
    const busy = await held(deployment);
    const first: number[] = [];
    let idle = busy;
    for (let round = 0; round < rounds; round += 1) {
      await deployment.wait(IDLE_MS);
      idle = await held(deployment);
      first.push(await ask(deployment));
    }
    // What never sleeps has to be started for its start to be seen.
    for (let round = 0; idle.instances > 0 && round < rounds; round += 1) {
      await deployment.restart();
      await ask(deployment);
    }
    return {
      startMs: median(starts),
      firstAnswerMs: median(first),
      nextAnswerMs: median(next),
      busy,
      idle,
    };
  } finally {
    await deployment.close();
  }
}

/** Milliseconds until the list is there, as a browser would ask for it. */
async function ask({ url }: Deployment): Promise<number> {
  const started = performance.now();
  const response = await fetch(new URL(PATH, url));
  await response.arrayBuffer();
  if (response.status !== 200) {
    throw new Error(`GET ${PATH}: expected 200, found ${response.status}`);
  }
  return performance.now() - started;
}

const SETTLED_MS = 1500;
const GIVE_UP_MS = 60_000;

/** What is held once nothing comes or goes any more. */
async function held(deployment: Deployment): Promise<Held> {
  const living = () => deployment.instances().filter(({ state }) => state !== 'stopped').length;
  let instances = living();
  let since = performance.now();
  const giveUp = since + GIVE_UP_MS;
  while (performance.now() - since < SETTLED_MS && performance.now() < giveUp) {
    await pause(100);
    if (living() === instances) continue;
    instances = living();
    since = performance.now();
  }
  return { instances, memoryBytes: await memoryBelow(process.pid) };
}

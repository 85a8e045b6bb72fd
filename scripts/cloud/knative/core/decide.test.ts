import { describe, expect, it } from 'vitest';
import {
  decide,
  type DeciderSpec,
  type Decision,
  isActivatorInPath,
  type Memory,
  remember,
} from './decide.ts';
import {
  SCALE_DOWN_RATE,
  SCALE_UP_RATE,
  STABLE_WINDOW_MS,
  TARGET_BURST_CAPACITY,
} from './limits.ts';

/** As knative/serving's own unit tests have it: a pod bears a third more than is aimed for. */
function specOf(target: number, targetBurstCapacity: number): DeciderSpec {
  return {
    target,
    total: target / 0.75,
    scaleUpRate: 10,
    scaleDownRate: 10,
    panicThreshold: 2,
    stableWindow: STABLE_WINDOW_MS,
    targetBurstCapacity,
    activationScale: 1,
    scaleDownDelay: 0,
    reachable: true,
  };
}

const CALM = remember(0, 0);

function decideOn(
  spec: DeciderSpec,
  load: readonly [stable: number, panic: number],
  readyPods: number,
  { memory = CALM, now = 0 }: { memory?: Memory; now?: number } = {},
): Decision {
  const [stable, panic] = load;
  const decision = decide(spec, { load: { stable, panic }, readyPods, memory }, now);
  if (!decision) throw new Error('no decision');
  return decision;
}

describe('the decision', () => {
  it.each([
    { target: 10, burst: 100, load: [50, 50], ready: 1, desired: 5, excess: -137 },
    { target: 10, burst: 101, load: [50, 10], ready: 1, desired: 5, excess: -98 },
    { target: 10, burst: 0, load: [50, 49], ready: 1, desired: 5, excess: 0 },
    { target: 181, burst: -1, load: [21, 26], ready: 1, desired: 1, excess: -1 },
    { target: 10, burst: 84, load: [50, 100], ready: 1, desired: 10, excess: -171 },
    { target: 10, burst: 81, load: [1_000, 888], ready: 0, desired: 10, excess: -969 },
  ] as const)(
    'target $target, burst capacity $burst, load $load on $ready ready: $desired',
    ({ target, burst, load, ready, desired, excess }) => {
      const { desired: found, excessBurstCapacity } = decideOn(specOf(target, burst), load, ready);
      expect(found).toBe(desired);
      expect(Math.abs(excessBurstCapacity - excess)).toBeLessThanOrEqual(1);
    },
  );

  it('goes to zero when the load has', () => {
    const spec = specOf(10, 75);
    const first = decideOn(spec, [1, 0], 1);
    expect(first).toMatchObject({ desired: 1, excessBurstCapacity: -62 });
    expect(decideOn(spec, [0, 0], 1, { memory: first.memory, now: 2_000 }).desired).toBe(0);
  });

  it('grows by a pod at least when the rate is small', () => {
    const spec = { ...specOf(1, 1_982), scaleUpRate: 1.1 };
    expect(decideOn(spec, [3, 3.1], 2)).toMatchObject({ desired: 3, excessBurstCapacity: -1_983 });
  });

  it('shrinks as fast as its rate, and at once when no route leads to it', () => {
    const spec = { ...specOf(10, 1_982), scaleDownRate: 1.1 };
    expect(decideOn(spec, [1, 1], 100)).toMatchObject({ desired: 90, excessBurstCapacity: -650 });
    expect(decideOn({ ...spec, reachable: false }, [1, 1], 100).desired).toBe(1);
  });

  it('grows tenfold a tick and no faster when that is its rate', () => {
    const spec = specOf(10, 61);
    const first = decideOn(spec, [1_000, 1_001], 1);
    expect(first).toMatchObject({ desired: 10, excessBurstCapacity: -1_049 });
    const { memory } = first;
    expect(decideOn(spec, [1_000, 1_001], 10, { memory, now: 2_000 }).desired).toBe(100);
  });

  it('is none without data', () => {
    expect(
      decide(specOf(10, 100), { load: undefined, readyPods: 3, memory: CALM }, 0),
    ).toBeUndefined();
  });

  it('wants at least the activation scale as soon as there is anything to do', () => {
    const spec = { ...specOf(10, 100), activationScale: 3 };
    expect(decideOn(spec, [1, 1], 1).desired).toBe(3);
    expect(decideOn(spec, [50, 50], 1).desired).toBe(5);
    expect(decideOn(spec, [0, 0], 1).desired).toBe(0);
    expect(decideOn(spec, [0, 1], 1).desired).toBe(0);
  });
});

describe('panic', () => {
  const spec = specOf(1, 98);

  it('takes the higher of both windows, and is over a stable window after it was last renewed', () => {
    const begun = decideOn(spec, [11, 25], 10);
    expect(begun).toMatchObject({ desired: 25, excessBurstCapacity: -110 });
    const halfway = decideOn(spec, [30, 41], 40, { memory: begun.memory, now: 30_000 });
    expect(halfway).toMatchObject({ desired: 41, excessBurstCapacity: -86 });
    const over = decideOn(spec, [50, 56], 55, { memory: halfway.memory, now: 62_000 });
    expect(over).toMatchObject({ desired: 50, excessBurstCapacity: -81 });
    expect(over.memory.panicSince).toBeUndefined();
  });

  it('begins at twice what the ready pods can take on', () => {
    expect(decideOn(spec, [0, 19], 10).memory.panicSince).toBeUndefined();
    expect(decideOn(spec, [0, 19.1], 10).memory.panicSince).toBe(0);
  });

  it('lets no pod go', () => {
    const begun = decideOn(spec, [11, 25], 10);
    const { desired, memory } = decideOn(spec, [3, 3], 25, { memory: begun.memory, now: 2_000 });
    expect(desired).toBe(25);
    expect(decideOn(spec, [30, 3], 25, { memory, now: 4_000 }).desired).toBe(30);
  });

  it('is renewed while the load is still over the threshold', () => {
    const begun = decideOn(spec, [11, 25], 10);
    const renewed = decideOn(spec, [11, 25], 10, { memory: begun.memory, now: 30_000 });
    const later = decideOn(spec, [3, 3], 25, { memory: renewed.memory, now: 90_000 });
    expect(later.memory.panicSince).toBe(30_000);
    const over = decideOn(spec, [3, 3], 25, { memory: later.memory, now: 90_001 });
    expect(over.memory.panicSince).toBeUndefined();
    expect(over.desired).toBe(3);
  });

  it('forgets how high it was when it is over', () => {
    const high = decideOn(spec, [11, 25], 10);
    const over = decideOn(spec, [3, 3], 6, { memory: high.memory, now: 60_001 });
    const again = decideOn(spec, [3, 12], 6, { memory: over.memory, now: 62_000 });
    expect(again.desired).toBe(12);
  });

  it('is how an autoscaler begins that finds more than one pod', () => {
    expect(remember(1, 5_000).panicSince).toBeUndefined();
    const memory = remember(7, 5_000);
    expect(decideOn(spec, [1, 1], 7, { memory, now: 5_000 }).desired).toBe(7);
    expect(decideOn(spec, [1, 1], 7, { memory, now: 65_001 }).desired).toBe(1);
  });
});

describe('a delay of 5 minutes', () => {
  const spec = { ...specOf(10, 100), scaleDownDelay: 300_000, reachable: false };

  it('keeps the highest decision of the window', () => {
    const first = decideOn(spec, [40, 40], 4, { now: 2_000 });
    expect(first.desired).toBe(4);
    const within = decideOn(spec, [0, 0], 4, { memory: first.memory, now: 300_000 });
    expect(within.desired).toBe(4);
    const after = decideOn(spec, [0, 0], 4, { memory: within.memory, now: 302_000 });
    expect(after.desired).toBe(0);
  });

  it('of an odd number of seconds lasts to the end of its tick', () => {
    const odd = { ...spec, scaleDownDelay: 5_000 };
    const first = decideOn(odd, [40, 40], 4, { now: 0 });
    const within = decideOn(odd, [0, 0], 4, { memory: first.memory, now: 4_000 });
    expect(within.desired).toBe(4);
    expect(decideOn(odd, [0, 0], 4, { memory: within.memory, now: 6_000 }).desired).toBe(0);
  });

  it('of none takes the later of two in one tick', () => {
    const none = { ...spec, scaleDownDelay: 0 };
    const first = decideOn(none, [40, 40], 4, { now: 2_000 });
    expect(decideOn(none, [10, 10], 4, { memory: first.memory, now: 2_500 }).desired).toBe(1);
  });

  it('does not hold back a higher one', () => {
    const first = decideOn(spec, [40, 40], 4, { now: 2_000 });
    const second = decideOn(spec, [70, 70], 4, { memory: first.memory, now: 4_000 });
    expect(second.desired).toBe(7);
  });

  it('takes the higher of two in one tick', () => {
    const first = decideOn(spec, [40, 40], 4, { now: 2_000 });
    const second = decideOn(spec, [10, 10], 4, { memory: first.memory, now: 2_500 });
    expect(second.desired).toBe(4);
    const late = decideOn(spec, [0, 0], 4, { memory: second.memory, now: 302_000 });
    expect(late.desired).toBe(0);
  });
});

describe('excess burst capacity', () => {
  const spec: DeciderSpec = {
    ...specOf(70, TARGET_BURST_CAPACITY),
    total: 100,
    scaleUpRate: SCALE_UP_RATE,
    scaleDownRate: SCALE_DOWN_RATE,
  };

  it('keeps the activator before two idle pods and lets go of three, as shipped', () => {
    const two = decideOn(spec, [0, 0], 2);
    expect(two.excessBurstCapacity).toBe(-11);
    expect(isActivatorInPath(2, two.excessBurstCapacity)).toBe(true);
    const three = decideOn(spec, [0, 0], 3);
    expect(three.excessBurstCapacity).toBe(89);
    expect(isActivatorInPath(3, three.excessBurstCapacity)).toBe(false);
  });

  it('0 needs the activator at zero only, -1 always', () => {
    const never = decideOn({ ...spec, targetBurstCapacity: 0 }, [1, 900], 1).excessBurstCapacity;
    expect([isActivatorInPath(1, never), isActivatorInPath(0, never)]).toEqual([false, true]);
    const always = decideOn({ ...spec, targetBurstCapacity: -1 }, [0, 0], 50).excessBurstCapacity;
    expect(isActivatorInPath(50, always)).toBe(true);
  });

  it('counts ready pods alone: at none it is negative', () => {
    expect(decideOn(spec, [0, 0], 0).excessBurstCapacity).toBe(-TARGET_BURST_CAPACITY);
  });
});

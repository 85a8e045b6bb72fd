import { describe, expect, it } from 'vitest';
import { decide, DOWNSCALE_WINDOW_MS, type HpaSpec, type MeasuredPod } from './hpa.ts';

const SPEC: HpaSpec = { min: 1, max: 100, target: 50 };
const NOW = 1_000_000;

/** Pods that ask for a whole CPU and use so many thousandths of it. */
const pods = (...usages: readonly (number | undefined)[]): MeasuredPod[] =>
  usages.map((usage, index) => ({ name: `pod-${index}`, request: 1_000, usage, ready: true }));
const unready = (count: number): MeasuredPod[] =>
  Array.from({ length: count }, (_, index) => ({
    name: `new-${index}`,
    request: 1_000,
    usage: undefined,
    ready: false,
  }));

function replicas(spec: Partial<HpaSpec>, seen: readonly MeasuredPod[], current = seen.length) {
  // No recommendation of before: an old one holds nothing back.
  const recommendations = [{ at: NOW - DOWNSCALE_WINDOW_MS - 1, replicas: current }];
  return decide({ ...SPEC, ...spec }, { current, pods: seen, recommendations }, NOW).replicas;
}

describe('how many pods there should be', () => {
  it('300m, 500m and 700m of one CPU with a target of 30 % ask for five', () => {
    expect(replicas({ target: 30 }, pods(300, 500, 700))).toBe(5);
  });

  it('28 % with a target of 50 % makes three of five', () => {
    expect(replicas({ target: 50 }, pods(280, 280, 280, 280, 280))).toBe(3);
  });

  it.each([102, 110, 90])('%i %% of a target of 100 %% is near enough to keep', (percent) => {
    expect(replicas({ target: 100 }, pods(...Array<number>(4).fill(percent * 10)))).toBe(4);
  });

  it.each([
    [112, 5],
    [88, 4],
  ])('%i %% of a target of 100 %% with four pods makes %i', (percent, expected) => {
    expect(replicas({ target: 100 }, pods(...Array<number>(4).fill(percent * 10)))).toBe(expected);
  });

  it('never leaves the bounds', () => {
    expect(replicas({ max: 4 }, pods(1_000, 1_000, 1_000))).toBe(4);
    expect(replicas({ min: 2 }, pods(1, 1, 1))).toBe(2);
    expect(replicas({ max: 2 }, pods(1, 1, 1))).toBe(2);
    expect(replicas({ min: 5 }, pods(1, 1, 1))).toBe(5);
  });

  it('does not wake what somebody has scaled to zero', () => {
    expect(replicas({ min: 2 }, [], 0)).toBe(0);
  });

  it('at most doubles in one step, or goes to four', () => {
    expect(replicas({ target: 10 }, pods(1_000))).toBe(4);
    expect(replicas({ target: 10 }, pods(1_000, 1_000, 1_000))).toBe(6);
  });
});

describe('pods of which nothing is known', () => {
  it('count as idle when there are to be more', () => {
    // Three measured at 100 % of a target of 50 % ask for six; with an idle fourth it is ceil(1.5 x 4).
    expect(replicas({}, pods(1_000, 1_000, 1_000, undefined))).toBe(6);
    expect(replicas({}, pods(600, undefined))).toBe(2);
  });

  it('count as using all they asked for when there are to be fewer', () => {
    // Alone the two would make one of four; with two assumed at 100 % the use is above the target.
    expect(replicas({}, pods(100, 100, undefined, undefined))).toBe(4);
    expect(replicas({}, pods(0, 0, 0, undefined))).toBe(2);
  });

  it('that are not ready are left out when there are to be fewer, and idle when there are to be more', () => {
    expect(replicas({}, [...pods(100, 100), ...unready(2)], 4)).toBe(1);
    expect(replicas({}, [...pods(1_000, 1_000), ...unready(2)], 4)).toBe(4);
  });

  it('keep everything as it is when none can be measured', () => {
    const decision = decide(SPEC, { current: 3, pods: unready(3), recommendations: [] }, NOW);
    expect(decision).toMatchObject({
      replicas: 3,
      failure: 'did not receive metrics for any ready pods',
    });
  });

  it('are a failure when they have no request to measure against', () => {
    const [pod] = pods(100);
    const without = { ...pod!, request: undefined };
    const decision = decide(SPEC, { current: 1, pods: [without], recommendations: [] }, NOW);
    expect(decision).toMatchObject({
      replicas: 1,
      failure: 'missing request for cpu in pod pod-0',
    });
  });
});

describe('the window of five minutes', () => {
  const look = (
    at: number,
    usage: number,
    current: number,
    recommendations: readonly { at: number; replicas: number }[],
  ) =>
    decide(
      { ...SPEC, max: 10 },
      { current, pods: pods(...Array<number>(current).fill(usage)), recommendations },
      at,
    );

  it('holds back fewer pods until the highest recommendation has passed', () => {
    const rush = look(0, 1_000, 2, []);
    expect(rush.replicas).toBe(4);
    const calm = look(15_000, 0, 4, rush.recommendations);
    expect(calm).toMatchObject({ replicas: 4, limit: 'ScaleDownStabilized' });
    const last = look(DOWNSCALE_WINDOW_MS, 0, 4, calm.recommendations);
    expect(last.replicas).toBe(4);
    expect(look(DOWNSCALE_WINDOW_MS + 1, 0, 4, last.recommendations).replicas).toBe(1);
  });

  it('takes what was there at the first look for recommended', () => {
    expect(look(0, 0, 4, [])).toMatchObject({ replicas: 4, limit: 'ScaleDownStabilized' });
  });

  it('never holds back more pods', () => {
    const calm = look(0, 0, 4, [{ at: -DOWNSCALE_WINDOW_MS - 1, replicas: 4 }]);
    expect(look(15_000, 1_000, 4, calm.recommendations).replicas).toBe(8);
  });
});

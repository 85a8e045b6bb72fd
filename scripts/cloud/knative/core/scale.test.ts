import { describe, expect, it } from 'vitest';
import {
  type Active,
  bounded,
  nextActive,
  planScale,
  type ScaleObserved,
  type ScaleSpec,
} from './scale.ts';

const SPEC: ScaleSpec = {
  minScale: 0,
  maxScale: 0,
  initialScale: 1,
  stableWindow: 60_000,
  podRetention: 0,
  reachable: true,
};
const seconds = (value: number): number => value * 1_000;
const active = (status: Active['status'], since = 0): Active => ({
  status,
  since,
  reason: '',
  message: '',
});
const observed = (changes: Partial<ScaleObserved>): ScaleObserved => ({
  desired: 0,
  active: active('True'),
  reachedInitialScale: true,
  activatorInPathSince: 0,
  ...changes,
});

describe('the bounds', () => {
  it('clamp to min-scale and max-scale', () => {
    const spec = { ...SPEC, minScale: 2, maxScale: 4 };
    expect([0, 2, 3, 4, 9].map((desired) => bounded(spec, desired, true))).toEqual([2, 2, 3, 4, 4]);
  });

  it('do not end above when max-scale is 0', () => {
    expect(bounded(SPEC, 900, true)).toBe(900);
  });

  it('ask for initial-scale until it was reached once', () => {
    const spec = { ...SPEC, initialScale: 3 };
    expect([bounded(spec, 0, false), bounded(spec, 0, true)]).toEqual([3, 0]);
    expect(bounded({ ...spec, minScale: 5 }, 0, false)).toBe(5);
  });

  it('keep nothing of a revision to which no route leads', () => {
    const spec = { ...SPEC, minScale: 2, initialScale: 3, reachable: false };
    expect([bounded(spec, 0, true), bounded(spec, 0, false), bounded(spec, 7, true)]).toEqual([
      0, 0, 7,
    ]);
  });

  it('hold a decision for more pods as it is', () => {
    expect(planScale(SPEC, observed({ desired: 8 }), 0)).toEqual({ want: 8, apply: true });
    const spec = { ...SPEC, minScale: 1 };
    expect(planScale(spec, observed({}), seconds(900))).toEqual({ want: 1, apply: true });
  });
});

describe('a decision for zero', () => {
  it('keeps one pod while the revision has been active for less than the stable window', () => {
    expect(planScale(SPEC, observed({}), seconds(20))).toEqual({
      want: 1,
      apply: true,
      again: seconds(40),
    });
  });

  it('marks it inactive first and keeps the pod', () => {
    expect(planScale(SPEC, observed({}), seconds(60))).toEqual({ want: 0, apply: false });
  });

  it('takes the pod when the revision has been inactive for the grace period', () => {
    const inactive = { active: active('False', seconds(60)), activatorInPathSince: seconds(60) };
    expect(planScale(SPEC, observed(inactive), seconds(70))).toEqual({
      want: 0,
      apply: false,
      again: seconds(20),
    });
    expect(planScale(SPEC, observed(inactive), seconds(90))).toEqual({ want: 0, apply: true });
  });

  it('takes it after 30 s without traffic, however short the activator has been there', () => {
    const inactive = { active: active('False', seconds(60)), activatorInPathSince: seconds(85) };
    expect(planScale(SPEC, observed(inactive), seconds(90))).toEqual({ want: 0, apply: true });
  });

  it('takes it at once when the activator has been in the path for as long already', () => {
    const inactive = { active: active('False', seconds(60)), activatorInPathSince: seconds(30) };
    expect(planScale(SPEC, observed(inactive), seconds(60))).toEqual({ want: 0, apply: true });
    expect(planScale(SPEC, observed(inactive), seconds(59)).apply).toBe(false);
  });

  it('never takes it while the activator is not in the path', () => {
    const inactive = { active: active('False', 0), activatorInPathSince: undefined };
    expect(planScale(SPEC, observed(inactive), seconds(900))).toEqual({ want: 0, apply: false });
  });

  it('keeps it for the retention period, whoever is in the path', () => {
    const spec = { ...SPEC, podRetention: seconds(120) };
    const inactive = { active: active('False', seconds(60)) };
    expect(planScale(spec, observed(inactive), seconds(100))).toEqual({
      want: 0,
      apply: false,
      again: seconds(80),
    });
    expect(planScale(spec, observed(inactive), seconds(180))).toEqual({ want: 0, apply: true });
  });

  it('is not taken before there was data', () => {
    const plan = planScale(SPEC, observed({ desired: undefined }), seconds(900));
    expect(plan).toEqual({ want: undefined, apply: false });
  });

  it('gives up on a revision that does not come up in 610 s', () => {
    const starting = { active: active('Unknown'), reachedInitialScale: true };
    expect(planScale(SPEC, observed(starting), seconds(10))).toEqual({
      want: undefined,
      apply: false,
      again: seconds(600),
    });
    expect(planScale(SPEC, observed(starting), seconds(610))).toEqual({ want: 0, apply: true });
  });

  it('asks for the first pod of a new revision without any data', () => {
    const fresh = { desired: undefined, active: active('Unknown'), reachedInitialScale: false };
    expect(planScale(SPEC, observed(fresh), 0)).toEqual({ want: 1, apply: true });
  });
});

describe('Active', () => {
  const next = (
    from: Active['status'],
    want: number | undefined,
    ready: number,
    spec: Partial<ScaleSpec> = {},
  ): Active =>
    nextActive(
      { ...SPEC, ...spec },
      active(from),
      { want, ready, reachedInitialScale: true },
      seconds(7),
    );

  it('is False for want of traffic', () => {
    expect(next('True', 0, 1)).toEqual({
      status: 'False',
      since: seconds(7),
      reason: 'NoTraffic',
      message: 'The target is not receiving traffic.',
    });
  });

  it('is False for a revision that never came up', () => {
    expect(next('Unknown', 0, 0)).toMatchObject({ status: 'False', reason: 'TimedOut' });
  });

  it('is Unknown while there are fewer ready pods than the least', () => {
    expect(next('False', 1, 0)).toEqual({
      status: 'Unknown',
      since: seconds(7),
      reason: 'Queued',
      message: 'Requests to the target are being buffered as resources are provisioned.',
    });
    expect(next('True', 3, 2, { minScale: 3 })).toMatchObject({ status: 'Unknown' });
  });

  it('is True from the first ready pod on, or from min-scale on', () => {
    expect(next('Unknown', 8, 1)).toMatchObject({ status: 'True', since: seconds(7) });
    expect(next('Unknown', 3, 3, { minScale: 3 })).toMatchObject({ status: 'True' });
  });

  it('waits for initial-scale the first time', () => {
    const fresh = { want: 2, ready: 1, reachedInitialScale: false };
    const spec = { ...SPEC, initialScale: 2 };
    expect(nextActive(spec, active('Unknown'), fresh, 0).status).toBe('Unknown');
    expect(nextActive(spec, active('Unknown'), { ...fresh, ready: 2 }, 0).status).toBe('True');
  });

  it('keeps its time as long as it stays what it is', () => {
    expect(next('True', 2, 2).since).toBe(0);
  });

  it('stays False without a decision, whatever pods there are', () => {
    expect(next('False', undefined, 1).status).toBe('False');
    expect(next('Unknown', undefined, 1).status).toBe('True');
    expect(next('True', undefined, 0).status).toBe('Unknown');
  });
});

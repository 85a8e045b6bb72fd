import { describe, expect, it } from 'vitest';
import { type BackOffEntry, FORGIVEN_AFTER_MS, nextWait, remainingWait } from './back-off.ts';

/** Seconds waited before each restart of a container that always runs for `run` milliseconds. */
function waits(restarts: number, run: number): number[] {
  let entry: BackOffEntry | undefined;
  let now = run;
  const waited: number[] = [];
  for (let restart = 0; restart < restarts; restart += 1) {
    const wait = remainingWait(entry, now, now);
    waited.push(wait / 1_000);
    const started = now + wait;
    entry = nextWait(entry, now, started);
    now = started + run;
  }
  return waited;
}

describe('the wait before a restart', () => {
  it('is nothing, then 10 s, and doubles up to five minutes', () => {
    expect(waits(9, 100)).toEqual([0, 10, 20, 40, 80, 160, 300, 300, 300]);
  });

  it('begins anew for a container that ran for more than ten minutes', () => {
    expect(waits(4, FORGIVEN_AFTER_MS + 1)).toEqual([0, 0, 0, 0]);
    expect(waits(4, FORGIVEN_AFTER_MS)).toEqual([0, 10, 20, 40]);
  });

  it('passes with the clock', () => {
    const entry = { wait: 10_000, started: 0 };
    expect(remainingWait(entry, 1_000, 4_000)).toBe(7_000);
    expect(remainingWait(entry, 1_000, 11_000)).toBe(0);
    expect(remainingWait(entry, 1_000, 50_000)).toBe(0);
  });
});

import { describe, expect, it } from 'vitest';
import { createFasterClock } from './faster-clock.ts';
import { createSkippableClock } from './skippable-clock.ts';
import { systemClock } from './system-clock.ts';
import { createTestClock } from './test-clock.ts';

describe('a clock that stands still', () => {
  it('calls back when it has been turned far enough, and once', async () => {
    const clock = createTestClock(1_000);
    const rung: number[] = [];
    clock.after(500, () => rung.push(clock.now()));
    await clock.skip(499);
    expect(rung).toEqual([]);
    await clock.skip(1);
    await clock.skip(5_000);
    expect(rung).toEqual([1_500]);
    expect(clock.now()).toBe(6_500);
  });

  it('calls what falls due in the order of its time, equals in the order they were set', async () => {
    const clock = createTestClock();
    const rung: string[] = [];
    clock.after(20, () => rung.push('late'));
    clock.after(10, () => rung.push('early'));
    clock.after(20, () => rung.push('late too'));
    await clock.skip(100);
    expect(rung).toEqual(['early', 'late', 'late too']);
  });

  it('calls a timer that a callback sets when it too falls due within the skip', async () => {
    const clock = createTestClock();
    const rung: number[] = [];
    const again = (): void => {
      rung.push(clock.now());
      clock.after(30, again);
    };
    clock.after(30, again);
    await clock.skip(100);
    expect(rung).toEqual([30, 60, 90]);
  });

  it('does not call what was cancelled, by another callback either', async () => {
    const clock = createTestClock();
    const rung: string[] = [];
    const cancel = clock.after(20, () => rung.push('cancelled'));
    clock.after(10, cancel);
    await clock.skip(100);
    expect(rung).toEqual([]);
  });
});

describe('a faster clock', () => {
  it('lets ten times as much time pass, and calls back in a tenth of it', async () => {
    const base = createTestClock(1_000);
    const fast = createFasterClock(base, 10);
    const rung: number[] = [];
    fast.after(5_000, () => rung.push(fast.now()));
    expect(fast.now()).toBe(1_000);
    await base.skip(499);
    expect([fast.now(), rung]).toEqual([5_990, []]);
    await base.skip(1);
    expect(rung).toEqual([6_000]);
  });

  it('does not call what was cancelled', async () => {
    const base = createTestClock();
    const rung: string[] = [];
    createFasterClock(base, 10).after(100, () => rung.push('cancelled'))();
    await base.skip(1_000);
    expect(rung).toEqual([]);
  });
});

describe('a clock that follows the machine', () => {
  it('rings by itself in real time', async () => {
    const clock = createSkippableClock(systemClock);
    const before = clock.now();
    await new Promise<void>((resolve) => clock.after(20, resolve));
    expect(clock.now() - before).toBeGreaterThanOrEqual(19);
  });

  it('lets an hour pass at once, and a timer beyond it comes an hour sooner', async () => {
    const clock = createSkippableClock(systemClock);
    const started = systemClock.now();
    const rung: string[] = [];
    clock.after(30 * 60_000, () => rung.push('within'));
    const beyond = new Promise<void>((resolve) => clock.after(60 * 60_000 + 30, resolve));
    await clock.skip(60 * 60_000);
    expect(rung).toEqual(['within']);
    await beyond;
    expect(systemClock.now() - started).toBeLessThan(5_000);
  });
});

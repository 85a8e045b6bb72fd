import { expect, test } from 'vitest';
import type { Clock } from '../../../../scripts/cloud/shared/clock.ts';
import { createSkippableClock } from '../../../../scripts/cloud/shared/skippable-clock.ts';
import { createPacedClock } from './paced-clock.ts';

/** A clock below that the test turns by hand. */
function createHandClock(): { clock: Clock; turn(milliseconds: number): void } {
  let time = 1_000;
  const timers = new Set<{ due: number; callback: () => void }>();
  return {
    clock: {
      now: () => time,
      after(delay, callback) {
        const timer = { due: time + delay, callback };
        timers.add(timer);
        return () => timers.delete(timer);
      },
    },
    turn(milliseconds) {
      time += milliseconds;
      for (const timer of [...timers]) {
        if (timer.due > time) continue;
        timers.delete(timer);
        timer.callback();
      }
    },
  };
}

test('a timer of five minutes falls due after five seconds at sixty times the pace', () => {
  const { clock: base, turn } = createHandClock();
  const clock = createPacedClock(base);
  const called: number[] = [];
  clock.after(300_000, () => called.push(clock.now()));
  clock.setPace(60);
  turn(4_999);
  expect(called).toEqual([]);
  turn(1);
  expect(called).toEqual([301_000]);
});

test('a pause stops the time and its timers, and what was left runs on afterwards', () => {
  const { clock: base, turn } = createHandClock();
  const clock = createPacedClock(base);
  let called = 0;
  clock.after(1_000, () => (called += 1));
  turn(400);
  clock.setPace(0);
  const paused = clock.now();
  turn(60_000);
  expect(clock.now()).toBe(paused);
  expect(called).toBe(0);
  clock.setPace(1);
  turn(599);
  expect(called).toBe(0);
  turn(1);
  expect(called).toBe(1);
  turn(10_000);
  expect(called).toBe(1);
});

test('a timer set while paused waits, and one that was cancelled never comes', () => {
  const { clock: base, turn } = createHandClock();
  const clock = createPacedClock(base);
  const called: string[] = [];
  clock.setPace(0);
  clock.after(10, () => called.push('kept'));
  const cancel = clock.after(10, () => called.push('cancelled'));
  cancel();
  turn(100);
  expect(called).toEqual([]);
  clock.setPace(60);
  turn(100);
  expect(called).toEqual(['kept']);
});

test('a skip passes over a paused clock', async () => {
  const { clock: base } = createHandClock();
  const paced = createPacedClock(base);
  paced.setPace(0);
  const clock = createSkippableClock(paced);
  let called = 0;
  clock.after(300_000, () => (called += 1));
  await clock.skip(600_000);
  expect(called).toBe(1);
});

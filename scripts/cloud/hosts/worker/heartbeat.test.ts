import { expect, test, vi } from 'vitest';
import { createTestClock } from '../../shared/test-clock.ts';
import { BEAT_MS, createHeartbeat } from './heartbeat.ts';

function start() {
  const clock = createTestClock();
  const [ask, onSilence] = [vi.fn(), vi.fn()];
  const heart = createHeartbeat({ clock, beats: 3, ask, onSilence });
  return { clock, ask, onSilence, heart };
}

test('who answers lives on', async () => {
  const { clock, ask, onSilence, heart } = start();
  ask.mockImplementation(() => heart.beat());
  await clock.skip(60 * BEAT_MS);
  expect(ask).toHaveBeenCalledTimes(60);
  expect(onSilence).not.toHaveBeenCalled();
});

test('silence is told once, after as many questions as were agreed', async () => {
  const { clock, ask, onSilence } = start();
  await clock.skip(3 * BEAT_MS);
  expect([ask.mock.calls.length, onSilence.mock.calls.length]).toEqual([3, 0]);
  await clock.skip(10 * BEAT_MS);
  expect([ask.mock.calls.length, onSilence.mock.calls.length]).toEqual([3, 1]);
});

test('an ended one asks nothing any more', async () => {
  const { clock, ask, onSilence, heart } = start();
  heart.stop();
  await clock.skip(10 * BEAT_MS);
  expect([ask.mock.calls.length, onSilence.mock.calls.length]).toEqual([0, 0]);
});

import { expect, test } from 'vitest';
import { drawCurve, type Frame, podsFor, type Tick } from './curve.ts';

const frame: Frame = {
  ...{ left: 0, right: 120 },
  requests: { top: 0, bottom: 100 },
  pods: { top: 200, bottom: 300 },
};
const tick = (seconds: number, some: Partial<Tick> = {}): Tick => ({
  ...{ at: seconds * 1000, type: 'autoscaled', revision: 'rule-00001' },
  ...{ stable: 0, panic: 0, target: 14, ready: 1, desired: 1 },
  ...{ isPanic: false, excessBurstCapacity: 0 },
  ...some,
});

test('a second is a step to the right, and the newest tick is at the edge', () => {
  const { stable, mostRequests } = drawCurve(
    [tick(100, { stable: 50 }), tick(110, { stable: 25 })],
    frame,
  );
  expect(mostRequests).toBe(50);
  expect(stable).toBe('M 110.0 0.0 L 120.0 50.0');
});

test('what is older than two minutes of platform time is not shown', () => {
  const { stable } = drawCurve([tick(0, { stable: 90 }), tick(130), tick(140)], frame);
  expect(stable).toBe('M 110.0 100.0 L 120.0 100.0');
});

test('pods are steps over their own scale, and a panic is a stripe', () => {
  const { ready, desired, panics, mostPods } = drawCurve(
    [
      tick(0),
      tick(60, { ready: 2, desired: 4, isPanic: true }),
      tick(120, { ready: 4, desired: 4 }),
    ],
    frame,
  );
  expect(mostPods).toBe(4);
  expect(desired).toBe(
    'M 0.0 275.0 L 60.0 275.0 L 60.0 200.0 L 120.0 200.0 L 120.0 200.0 L 120.0 200.0',
  );
  expect(ready.startsWith('M 0.0 300.0 L 0.0 275.0')).toBe(true);
  expect(ready.endsWith('L 120.0 300.0 Z')).toBe(true);
  expect(panics).toEqual([{ x: 0, width: 60 }]);
});

test('without a tick there is nothing to draw', () => {
  const { stable, ready, desired, panics } = drawCurve([], frame);
  expect([stable, ready, desired, panics]).toEqual(['', '', '', []]);
});

test('a part of a pod is a pod', () => {
  expect([podsFor(0, 14), podsFor(14, 14), podsFor(14.1, 14), podsFor(1, 0)]).toEqual([0, 1, 2, 0]);
});

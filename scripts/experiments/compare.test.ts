import { expect, it } from 'vitest';
import { compareRecordings } from './compare.ts';
import type { Happening } from './recording.ts';

it('two runs are the same when what a pod waits for is said again in the next step', () => {
  const run = (...happenings: Happening[]) => ({
    verdict: 'confirmed' as const,
    entries: happenings.map((happening) => ({ at: 0, ...happening })),
  });
  const pod = { instance: 'todo-4', service: 'todo' };
  const pulls: Happening = { type: 'instance-waiting', ...pod, reason: 'ErrImagePull' };
  const waits: Happening = { type: 'instance-waiting', ...pod, reason: 'ImagePullBackOff' };
  const step: Happening = { type: 'step', what: { en: 'Go back', 'zh-CN': '退回去' } };
  const starts: Happening = { type: 'instance-starting', ...pod };
  expect(compareRecordings(run(pulls, waits, step), run(pulls, step, waits))).toEqual([]);
  expect(compareRecordings(run(waits, step), run(waits, step, starts, waits))).toEqual([
    '+ todo instance: starts, waits, ImagePullBackOff',
  ]);
});

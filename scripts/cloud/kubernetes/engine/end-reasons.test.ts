import { expect, it } from 'vitest';
import { addReasons } from './end-reasons.ts';
import type { PodStatus } from './webernetes.ts';

const reasonsOf = (ends: readonly { exitCode: number; reason?: string }[]) => {
  const status = {
    containerStatuses: ends.map((terminated, index) => ({
      name: `c${index}`,
      restartCount: 1,
      [index % 2 === 0 ? 'state' : 'lastState']: { terminated },
    })),
  } as unknown as PodStatus;
  addReasons(status);
  return ends.map(({ reason }) => reason);
};

it('names the end of a container, now and before, and leaves a name that is there', () => {
  expect(
    reasonsOf([{ exitCode: 0 }, { exitCode: 1 }, { exitCode: 137, reason: 'OOMKilled' }]),
  ).toEqual(['Completed', 'Error', 'OOMKilled']);
});

it('leaves a container alone that runs', () => {
  const status = {
    containerStatuses: [{ name: 'c', state: { running: {} } }],
  } as unknown as PodStatus;
  addReasons(status);
  expect(status.containerStatuses).toEqual([{ name: 'c', state: { running: {} } }]);
});

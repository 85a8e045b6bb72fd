import { expect, it } from 'vitest';
import { mendReadiness } from './readiness.ts';
import type { PodStatus } from './webernetes.ts';

function status(...ready: readonly boolean[]): PodStatus {
  const all = ready.every(Boolean) ? 'True' : 'False';
  return {
    phase: 'Running',
    conditions: ['Initialized', 'Ready', 'ContainersReady'].map((type) => ({
      type,
      status: type === 'Initialized' ? 'True' : all,
    })),
    containerStatuses: ready.map((isReady, index) => ({
      name: `c${index}`,
      containerID: `containerd://${index}`,
      ready: isReady,
      started: true,
      restartCount: 0,
      state: { running: {} },
    })),
  };
}

it('does not take back what the probe has found meanwhile, in either direction', () => {
  const late = status(false);
  mendReadiness(late, status(true), () => 'success');
  expect(late).toEqual(status(true));
  const early = status(true);
  mendReadiness(early, status(false), () => 'failure');
  expect(early).toEqual(status(false));
});

it('leaves what is news: a result that nobody has been told of, a container without a probe, one that has ended', () => {
  for (const [known, result] of [
    [status(false), 'success'],
    [status(true), 'failure'],
    [status(true), undefined],
  ] as const) {
    const news = status(false);
    mendReadiness(news, known, () => result);
    expect(news).toEqual(status(false));
  }
  const ended = status(false);
  for (const container of ended.containerStatuses ?? [])
    container.state = { terminated: { exitCode: 1 } };
  const before = structuredClone(ended);
  mendReadiness(ended, status(true), () => 'success');
  expect(ended).toEqual(before);
});

it('of two containers, one that is really not ready keeps the pod from being so', () => {
  const mixed = status(false, false);
  mendReadiness(mixed, status(true, true), (id) => (id.endsWith('0') ? 'success' : 'failure'));
  expect(mixed.containerStatuses?.map(({ ready }) => ready)).toEqual([true, false]);
  expect(mixed.conditions?.map((condition) => condition.status)).toEqual([
    'True',
    'False',
    'False',
  ]);
});

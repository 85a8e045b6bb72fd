import { expect, test } from 'vitest';
import type { PlatformChange } from '../../../../scripts/cloud/shared/events.ts';
import { commandSignal, signalOf } from './signals.ts';
import { createStageMap } from './stage-map.ts';
import { CLUSTER_STAGE, FILE_STAGE, SOURCES } from './testing/drawn-stage.ts';

const cluster = createStageMap({
  ...{ ...CLUSTER_STAGE, sources: SOURCES, isCluster: true },
  entries: new Map([['todo', 'index.ts']]),
});
const machine = createStageMap({
  ...{ ...FILE_STAGE, sources: SOURCES },
  entries: new Map([['web', 'index.ts']]),
});
const pod = { instance: 'todo-1', service: 'todo' };

test('a control plane acts along its own parts', () => {
  const told: readonly [PlatformChange, readonly string[] | undefined][] = [
    [{ type: 'scaled', service: 'todo', from: 3, to: 5, reason: '' }, ['autoscaler', 'deployment']],
    [{ type: 'instance-starting', ...pod }, ['deployment', 'kubelet', 'server']],
    [
      { type: 'instance-stopped', ...pod, reason: 'deleted', code: 0 },
      ['deployment', 'kubelet', 'server'],
    ],
    [{ type: 'instance-stopped', ...pod, reason: 'crashed', code: 1 }, undefined],
    [{ type: 'hop', request: 'r1', from: 'todo', to: 'todo-1' }, undefined],
  ];
  for (const [change, route] of told)
    expect(signalOf({ at: 0, ...change }, cluster), change.type).toEqual(route);
  expect(commandSignal(cluster)).toEqual(['operator', 'api']);
});

test('a machine has none', () => {
  expect(signalOf({ at: 0, type: 'instance-starting', ...pod }, machine)).toBeUndefined();
  expect(commandSignal(machine)).toBeUndefined();
});

test('in a cluster every part is used, and a request finds its way past the control plane', () => {
  expect(cluster.used.size).toBe(CLUSTER_STAGE.nodes.length);
  expect(cluster.start).toBe('browser');
  expect(cluster.way('browser', 'server')).toEqual(['service', 'server']);
  expect(cluster.disk).toBe('disk');
});

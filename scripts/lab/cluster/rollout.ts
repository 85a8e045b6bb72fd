import { rolloutStatus } from '../../cloud/kubernetes/core/kubectl/rollout.ts';
import { nameOf } from '../../cloud/kubernetes/core/objects.ts';
import type { Engine } from '../../cloud/kubernetes/engine/kubernetes.ts';
import { failedStart } from '../../cloud/kubernetes/engine/start-failure.ts';

/**
 * Changes Deployments, and waits until their new pods have taken over; rejects as soon as one of them cannot start,
 * which leaves the old ones where they are.
 *
 * @example await rollOut(kubernetes.engine, () => kubernetes.actions.setImage('todo', { todo: 'todo:2' }));
 */
export async function rollOut(engine: Engine, change: () => Promise<void>): Promise<void> {
  const { state, containers } = engine;
  const before = new Set(state.list('pods').map(nameOf));
  await change();
  const given = new AbortController();
  const unwatch = state.watch(() => {
    const fresh = state.list('pods').filter((pod) => !before.has(nameOf(pod)));
    const failure = failedStart(fresh, containers);
    if (failure) given.abort(failure);
  });
  const statuses = () => state.list('deployments').map(rolloutStatus);
  try {
    await state.until(() => statuses().every(({ done }) => done), given.signal);
  } finally {
    unwatch();
  }
  const failed = statuses().find((status) => status.failed);
  if (failed) throw new Error(failed.message);
}

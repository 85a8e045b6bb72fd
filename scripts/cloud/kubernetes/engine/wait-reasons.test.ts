import { expect, it } from 'vitest';
import { onNewReason } from './wait-reasons.ts';
import type { ReasonCache } from './webernetes.ts';

/** A cache as the kubelet's: a start that succeeds takes the reason away. */
function cacheOf(told: string[]): (reason?: string, action?: string) => void {
  const reasons = new Map<string, { err: Error }>();
  const reasonCache: ReasonCache = {
    get: (uid, container) => [reasons.get(`${uid}_${container}`), true],
    update(uid, { syncResults }) {
      for (const { target, error } of syncResults as readonly { target: string; error?: Error }[]) {
        if (error) reasons.set(`${uid}_${target}`, { err: error });
        else reasons.delete(`${uid}_${target}`);
      }
    },
  };
  onNewReason({ reasonCache }, (uid) => told.push(uid));
  return (reason, action = 'StartContainer') => {
    const syncResults = [{ action, target: 'todo', ...(reason && { error: new Error(reason) }) }];
    reasonCache.update('u1', { syncResults });
  };
}

it('tells of a reason once, until a start has succeeded or the reason is another', () => {
  const told: string[] = [];
  const sync = cacheOf(told);
  sync();
  expect(told).toEqual([]);
  sync('CrashLoopBackOff');
  sync('CrashLoopBackOff');
  expect(told).toEqual(['u1']);
  sync();
  sync('CrashLoopBackOff');
  expect(told).toHaveLength(2);
  sync('ErrImagePull');
  sync('ImagePullBackOff');
  expect(told).toHaveLength(4);
});

it('does not tell of anything but a start', () => {
  const told: string[] = [];
  cacheOf(told)('KillContainerError', 'KillContainer');
  expect(told).toEqual([]);
});

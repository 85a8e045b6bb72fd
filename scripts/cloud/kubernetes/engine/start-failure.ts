import { Failure } from '../../../shared/failure.ts';
import { podState } from '../core/kubectl/pod-state.ts';
import { nameOf, type Pod } from '../core/objects.ts';
import type { Containers } from './containers.ts';

/** What a pod says that will not come up by itself. */
const HOPELESS = [
  'CrashLoopBackOff',
  'ErrImagePull',
  'ImagePullBackOff',
  'InvalidImageName',
  'CreateContainerConfigError',
];

const LAST_LINES = 15;

/**
 * Why a deployment that has just been made cannot come up, with the last lines of its output; undefined while it may.
 *
 * @example const failure = failedStart(state.list('pods'), containers); if (failure) throw failure;
 */
export function failedStart(pods: readonly Pod[], containers: Containers): Failure | undefined {
  const pod = pods.find((each) => HOPELESS.includes(podState(each).status));
  if (!pod) return undefined;
  const name = nameOf(pod);
  const waiting = pod.status?.containerStatuses?.find(({ state: now }) => now?.waiting)?.state
    ?.waiting;
  const log = containers.log(name, false)?.lines.slice(-LAST_LINES) ?? [];
  const said = [waiting?.message ?? '', ...log.map(({ text }) => text)].filter(Boolean);
  return new Failure(
    'E_POD_FAILED',
    [`${name} cannot start: ${waiting?.reason}. Mend what it says:`, ...said].join('\n  '),
  );
}

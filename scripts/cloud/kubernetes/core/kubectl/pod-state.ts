import { millisecondsOf, type Pod, type Time } from '../objects.ts';

/** A pod in one line, as kubectl's table has it. */
export interface PodState {
  readonly ready: number;
  readonly containers: number;
  /** Running, CrashLoopBackOff, ImagePullBackOff, Terminating ... */
  readonly status: string;
  readonly restarts: number;
  readonly lastRestart: number | undefined;
}

/**
 * Sums a pod up the way kubectl does (pkg/printers/internalversion, printPod): what its containers wait for
 * counts more than its phase.
 *
 * @example podState(pod).status // 'CrashLoopBackOff'
 */
export function podState(pod: Pod): PodState {
  let status = pod.status?.reason || pod.status?.phase || 'Unknown';
  let ready = 0;
  let restarts = 0;
  let running = false;
  let lastRestart: number | undefined;
  for (const container of (pod.status?.containerStatuses ?? []).toReversed()) {
    const { state, lastState } = container;
    restarts += container.restartCount;
    const ended = millisecondsOf(lastState?.terminated?.finishedAt);
    if (ended !== undefined) lastRestart = Math.max(lastRestart ?? 0, ended);
    if (state?.waiting?.reason) status = state.waiting.reason;
    else if (state?.terminated) {
      const { reason, signal, exitCode } = state.terminated;
      status = reason || (signal ? `Signal:${signal}` : `ExitCode:${exitCode}`);
    } else if (container.ready && state?.running) {
      running = true;
      ready += 1;
    }
  }
  if (status === 'Completed' && running) status = isReady(pod) ? 'Running' : 'NotReady';
  if (pod.metadata?.deletionTimestamp) status = 'Terminating';
  return { ready, containers: pod.spec?.containers.length ?? 0, status, restarts, lastRestart };
}

/** Whether the pod's Ready condition is true: then it is among its Service's endpoints. */
export function isReady(pod: Pod): boolean {
  return conditionOf(pod, 'Ready')?.status === 'True';
}

/** A pod's condition by its type. */
export function conditionOf(
  pod: Pod,
  type: string,
): { status: string; lastTransitionTime?: Time } | undefined {
  return pod.status?.conditions?.find((condition) => condition.type === type);
}

import type { PlatformChange } from '../../cloud/shared/events.ts';
import type { InstanceView } from '../../cloud/shared/platform.ts';

/** What of a pod tells how it is; a part of `kubectl get pod --output json`. */
export interface Pod {
  readonly metadata: {
    readonly name: string;
    readonly labels?: Readonly<Record<string, string>>;
    readonly creationTimestamp: string;
    readonly deletionTimestamp?: string;
  };
  readonly status?: {
    readonly phase?: string;
    readonly conditions?: readonly { readonly type: string; readonly status: string }[];
    readonly containerStatuses?: readonly {
      readonly restartCount: number;
      readonly lastState?: { readonly terminated?: { readonly exitCode: number } };
      readonly state?: {
        readonly running?: object;
        readonly waiting?: { readonly reason?: string; readonly message?: string };
        readonly terminated?: { readonly exitCode: number };
      };
    }[];
  };
}

/**
 * What happened to a pod between two sights of it, in the words of the local cloud's events.
 *
 * @example podChanges(undefined, pod, 'todo', 0) // [{ type: 'instance-starting', instance: 'todo-5d7c-x2x', service: 'todo' }]
 */
export function podChanges(
  before: Pod | undefined,
  now: Pod | undefined,
  service: string,
  milliseconds: number,
): PlatformChange[] {
  const instance = (now ?? before)?.metadata.name ?? '';
  const starting = { type: 'instance-starting', instance, service } as const;
  if (!now) {
    if (!before) return [];
    return [{ type: 'instance-stopped', instance, service, reason: 'deleted', code: null }];
  }
  const changes: PlatformChange[] = before ? [] : [starting];
  if (restarts(now) > (before ? restarts(before) : 0)) {
    const code = lastExitCode(now);
    changes.push(
      { type: 'instance-stopped', instance, service, reason: 'crashed', code },
      starting,
    );
  }
  if (isReady(now) && !(before && isReady(before) && restarts(before) === restarts(now))) {
    changes.push({ type: 'instance-ready', instance, service, milliseconds });
  }
  return changes;
}

/**
 * A pod as an experiment sees it. How many requests it has answered is known to the pod alone.
 *
 * @example podView(pod, 'todo').state // 'idle'
 */
export function podView(pod: Pod, service: string): InstanceView {
  const over = pod.metadata.deletionTimestamp !== undefined || pod.status?.phase === 'Failed';
  const state = over ? 'stopped' : isReady(pod) ? 'idle' : 'starting';
  return { id: pod.metadata.name, service, state, served: 0 };
}

/**
 * Why a pod does not become ready, in one line; undefined when it just takes its time.
 *
 * @example whyNotReady(pod) // 'todo-5d7c-x2x: ErrImageNeverPull: Container image "todo:1" is not present'
 */
export function whyNotReady(pod: Pod): string | undefined {
  const [waiting] = (pod.status?.containerStatuses ?? []).flatMap(
    ({ state }) => state?.waiting ?? [],
  );
  const reason = waiting?.reason ?? '';
  if (!/BackOff|Err|Invalid|CreateContainer/.test(reason)) return undefined;
  return `${pod.metadata.name}: ${[reason, waiting?.message].filter(Boolean).join(': ')}`;
}

function isReady({ status }: Pod): boolean {
  return (
    status?.conditions?.some(({ type, status: is }) => type === 'Ready' && is === 'True') ?? false
  );
}

/** Whether one of its containers has begun to write a log. */
export function isRunning({ status }: Pod): boolean {
  return status?.containerStatuses?.some(({ state }) => state?.running !== undefined) ?? false;
}

function restarts({ status }: Pod): number {
  return (status?.containerStatuses ?? []).reduce((sum, { restartCount }) => sum + restartCount, 0);
}

function lastExitCode({ status }: Pod): number | null {
  const ended = status?.containerStatuses?.find(({ lastState }) => lastState?.terminated);
  return ended?.lastState?.terminated?.exitCode ?? null;
}

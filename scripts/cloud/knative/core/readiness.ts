import type { Condition } from './resources.ts';
import type { Unassigned } from './traffic.ts';

type Status = Condition['status'];
/** A condition before it has a time. */
export type Finding = Omit<Condition, 'since'>;

/** How the Deployment of a revision is. */
export interface DeploymentState {
  /** As many pods as it begins with were ready once. */
  readonly isUp: boolean;
  /** Its progress deadline has passed without it. */
  readonly progressDeadlineExceeded: boolean;
  /** Why a container does not run; undefined while none has failed. */
  readonly failure?: { readonly reason: string; readonly message: string } | undefined;
}

/**
 * The conditions of a revision. Once it was ready it stays so when it goes to zero: `Active` says that, and does
 * not count.
 *
 * @example revisionConditions({ isUp: true, progressDeadlineExceeded: false }, { status: 'True' })
 */
export function revisionConditions(
  deployment: DeploymentState,
  active: { readonly status: Status; readonly reason?: string; readonly message?: string },
): Finding[] {
  const { failure, progressDeadlineExceeded, isUp } = deployment;
  const healthy: Omit<Finding, 'type'> = isUp
    ? { status: 'True' }
    : failure
      ? { status: 'False', ...failure }
      : { status: 'Unknown', reason: 'Deploying' };
  const available: Omit<Finding, 'type'> = isUp
    ? { status: 'True' }
    : progressDeadlineExceeded
      ? {
          status: 'False',
          reason: 'ProgressDeadlineExceeded',
          message: 'Initial scale was never achieved',
        }
      : { status: 'Unknown', reason: 'Deploying' };
  return withReady(
    [
      { type: 'ContainerHealthy', ...healthy },
      { type: 'ResourcesAvailable', ...available },
    ],
    [{ type: 'Active', severity: 'Info', ...active }],
  );
}

/**
 * The condition of a Configuration: that of its newest revision.
 *
 * @example configurationConditions('rule-00002', { status: 'False', message: 'exit 1' })[0]?.reason // 'RevisionFailed'
 */
export function configurationConditions(
  latestCreated: string,
  ready: { readonly status: Status; readonly message?: string | undefined },
): Finding[] {
  if (ready.status !== 'False') return [{ type: 'Ready', status: ready.status }];
  return [
    {
      type: 'Ready',
      status: 'False',
      reason: 'RevisionFailed',
      message: `Revision "${latestCreated}" failed with message: ${ready.message ?? ''}.`,
    },
  ];
}

/**
 * The conditions of a Route: whether its traffic is where its spec wants it.
 *
 * @example routeConditions(undefined)[0] // { type: 'Ready', status: 'True' }
 */
export function routeConditions(unassigned: Unassigned | undefined): Finding[] {
  const assigned: Finding = { type: 'AllTrafficAssigned', ...(unassigned ?? { status: 'True' }) };
  // Nobody programs an ingress here: what is assigned is reachable.
  const ingress: Finding = { type: 'IngressReady', status: unassigned ? 'Unknown' : 'True' };
  return withReady([assigned, ingress], []);
}

/**
 * The conditions of a Service: ready when its Configuration and its Route are.
 *
 * @example serviceConditions({ type: 'Ready', status: 'True' }, { type: 'Ready', status: 'True' })[0]?.status // 'True'
 */
export function serviceConditions(configuration: Finding, route: Finding): Finding[] {
  return withReady(
    [
      { ...configuration, type: 'ConfigurationsReady' },
      { ...route, type: 'RoutesReady' },
    ],
    [],
  );
}

/** Puts `Ready` in front: False as soon as one is, True when all are, and it says why in that one's words. */
function withReady(parts: readonly Finding[], beside: readonly Finding[]): Finding[] {
  const worst =
    parts.find(({ status }) => status === 'False') ??
    parts.find(({ status }) => status === 'Unknown');
  const ready: Finding = worst ? { ...worst, type: 'Ready' } : { type: 'Ready', status: 'True' };
  return [ready, ...parts, ...beside];
}

/**
 * Gives findings their times: a condition keeps its time as long as its status stays.
 *
 * @example stamp([{ type: 'Ready', status: 'True' }], before, now)
 */
export function stamp(
  findings: readonly Finding[],
  before: readonly Condition[],
  now: number,
): Condition[] {
  return findings.map((finding) => {
    const known = before.find(({ type }) => type === finding.type);
    return { ...finding, since: known?.status === finding.status ? known.since : now };
  });
}

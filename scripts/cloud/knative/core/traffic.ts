import type { TrafficTarget } from './resources.ts';

/** A revision as far as a Route has to know it. */
export interface RevisionReadiness {
  readonly name: string;
  readonly ready: 'True' | 'False' | 'Unknown';
}

/** Where a share of the requests goes, as `status.traffic` says it. */
export interface AssignedTarget {
  readonly revisionName: string;
  readonly latestRevision: boolean;
  readonly percent?: number;
  readonly tag?: string;
}

/** Why traffic stays where it was. */
export interface Unassigned {
  readonly status: 'False' | 'Unknown';
  readonly reason: 'RevisionMissing';
  readonly message: string;
}

/**
 * What a Route's targets stand for now: `latestRevision` follows the newest revision that is ready, so that a
 * broken one gets no request. As long as one target is not there, the whole traffic stays as it was.
 *
 * @example assign([{ latestRevision: true, percent: 100 }], { configuration: 'rule', latestReady: 'rule-00001', hasFailed: false, revisions })
 */
export function assign(
  traffic: readonly TrafficTarget[],
  found: {
    readonly configuration: string;
    readonly latestReady: string | undefined;
    /** Whether its first revision has failed, so that waiting is no use. */
    readonly hasFailed: boolean;
    readonly revisions: readonly RevisionReadiness[];
  },
): readonly AssignedTarget[] | Unassigned {
  const targets: AssignedTarget[] = [];
  for (const { revisionName, latestRevision, percent, tag } of traffic) {
    const name = revisionName ?? found.latestReady;
    if (name === undefined) return noLatest(found.configuration, found.hasFailed);
    const revision = found.revisions.find((each) => each.name === name);
    if (!revision) {
      const message = `Revision "${name}" referenced in traffic not found.`;
      return { status: 'False', reason: 'RevisionMissing', message };
    }
    if (revision.ready !== 'True') return notReady(revision);
    targets.push({
      revisionName: name,
      latestRevision,
      ...(percent !== undefined && { percent }),
      ...(tag !== undefined && { tag }),
    });
  }
  return targets;
}

function noLatest(configuration: string, hasFailed: boolean): Unassigned {
  const named = `Configuration "${configuration}"`;
  return hasFailed
    ? {
        status: 'False',
        reason: 'RevisionMissing',
        message: `${named} does not have any ready Revision.`,
      }
    : {
        status: 'Unknown',
        reason: 'RevisionMissing',
        message: `${named} is waiting for a Revision to become ready.`,
      };
}

function notReady({ name, ready }: RevisionReadiness): Unassigned {
  return ready === 'False'
    ? {
        status: 'False',
        reason: 'RevisionMissing',
        message: `Revision "${name}" failed to become ready.`,
      }
    : {
        status: 'Unknown',
        reason: 'RevisionMissing',
        message: `Revision "${name}" is not yet ready.`,
      };
}

/**
 * The revision for one request: by its tag, else by chance and the shares. Chance is from 0 up to 1.
 *
 * @example pick(targets, undefined, 0.49) // 'user-v1' of a split in halves
 */
export function pick(
  targets: readonly AssignedTarget[],
  tag: string | undefined,
  chance: number,
): string | undefined {
  if (tag !== undefined) return targets.find((target) => target.tag === tag)?.revisionName;
  let passed = 0;
  for (const { percent = 0, revisionName } of targets) {
    passed += percent;
    if (chance * 100 < passed) return revisionName;
  }
  return undefined;
}

/**
 * Whether any request can reach a revision: it has a share, or a tag.
 *
 * @example isRouted(targets, 'user-v1')
 */
export function isRouted(targets: readonly AssignedTarget[], revisionName: string): boolean {
  return targets.some((target) => target.revisionName === revisionName);
}

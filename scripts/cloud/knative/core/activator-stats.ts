import type { Stat } from './metric.ts';
import { createRequestStats } from './request-stats.ts';

/** How an activator counts the requests of the revisions that it stands before. */
export interface ActivatorStats {
  /** Counts a request in; answers with a stat to tell at once when the revision had none. */
  arrive(revision: string, now: number): Stat | undefined;
  leave(revision: string, now: number): void;
  /** The stats of the last second; a revision without any request is told once as nothing, and forgotten. */
  report(now: number): readonly (readonly [revision: string, stat: Stat])[];
}

/** What is told at once, so that a revision at zero need not wait for the next report. */
const FIRST: Stat = { concurrency: 1, requests: 1 };

/**
 * Counts for an activator.
 *
 * @example
 * const stats = createActivatorStats();
 * stats.arrive('rule-00001', 0) // { concurrency: 1, requests: 1 }
 * stats.arrive('rule-00001', 10) // undefined
 */
export function createActivatorStats(): ActivatorStats {
  const revisions = new Map<string, { stats: ReturnType<typeof createRequestStats>; told: Stat }>();
  const NOTHING: Stat = { concurrency: 0, requests: 0 };

  return {
    arrive(revision, now) {
      const known = revisions.get(revision);
      const entry = known ?? { stats: createRequestStats(now), told: FIRST };
      if (!known) revisions.set(revision, entry);
      entry.stats.arrive(now);
      return known ? undefined : FIRST;
    },
    leave(revision, now) {
      revisions.get(revision)?.stats.leave(now);
    },
    report(now) {
      return [...revisions].map(([revision, entry]) => {
        const { concurrency, requests } = entry.stats.report(now);
        if (concurrency === 0) revisions.delete(revision);
        const { told } = entry;
        entry.told = NOTHING;
        return [
          revision,
          {
            concurrency: Math.max(0, concurrency - told.concurrency),
            requests: requests - told.requests,
          },
        ] as const;
      });
    },
  };
}

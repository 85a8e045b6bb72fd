import type { SUITES } from '../names.ts';
import type { Outcome, Part } from '../part.ts';

/** Minutes of a suite for the finished course, and how it runs; loaded when its turn comes. */
const SUITE: Readonly<
  Record<
    (typeof SUITES)[number],
    { budgetMinutes: number; load: () => Promise<() => Promise<Outcome>> }
  >
> = {
  unit: { budgetMinutes: 5, load: async () => (await import('./unit.ts')).unitSuite },
  build: { budgetMinutes: 2, load: async () => (await import('./build.ts')).buildSuite },
  stages: { budgetMinutes: 14, load: async () => (await import('./stages.ts')).stagesSuite },
  experiments: {
    budgetMinutes: 3,
    load: async () => (await import('./experiments.ts')).experimentsSuite,
  },
  documents: {
    budgetMinutes: 8,
    load: async () => (await import('./documents.ts')).documentsSuite,
  },
  e2e: { budgetMinutes: 12, load: async () => (await import('./browser-tests.ts')).browserSuite },
};

/**
 * The suites of `npm test`, in order.
 *
 * @example suites().map(({ name }) => name)
 */
export function suites(): Part[] {
  return Object.entries(SUITE).map(([name, { budgetMinutes, load }]) => ({
    name,
    budgetMinutes,
    run: async () => (await load())(),
  }));
}

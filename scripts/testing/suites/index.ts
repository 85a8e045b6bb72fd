import type { SUITES } from '../names.ts';
import type { Outcome, Part } from '../part.ts';

/**
 * Minutes of a suite, and how it runs; loaded when its turn comes. About twice what a quiet machine of two cores takes
 * that carries a real Docker and a real cluster beside them; all of it is less than an hour.
 */
const SUITE: Readonly<
  Record<
    (typeof SUITES)[number],
    { budgetMinutes: number; load: () => Promise<() => Promise<Outcome>> }
  >
> = {
  unit: { budgetMinutes: 9, load: async () => (await import('./unit.ts')).unitSuite },
  build: { budgetMinutes: 2, load: async () => (await import('./build.ts')).buildSuite },
  stages: { budgetMinutes: 15, load: async () => (await import('./stages.ts')).stagesSuite },
  experiments: {
    budgetMinutes: 6,
    load: async () => (await import('./experiments.ts')).experimentsSuite,
  },
  documents: {
    budgetMinutes: 8,
    load: async () => (await import('./documents.ts')).documentsSuite,
  },
  e2e: { budgetMinutes: 18, load: async () => (await import('./browser-tests.ts')).browserSuite },
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

/** One fault that a check has found, in words that say what to do. */
export interface Problem {
  /** `README.md` or `README.md:12`. */
  readonly where: string;
  readonly what: string;
}

/**
 * A problem as the summary prints it.
 *
 * @example formatProblem({ where: 'README.md:3', what: 'names scripts/gone.ts, which does not exist' })
 */
export function formatProblem({ where, what }: Problem): string {
  return `${where}: ${what}`;
}

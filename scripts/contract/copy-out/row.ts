import type { Target } from '../../stages/schema.ts';
import type { ContractResult } from '../run.ts';

/** What became of one stage on one target. */
export interface CheckRow {
  readonly stage: string;
  readonly target: Target;
  readonly outcome: 'passed' | 'failed' | 'skipped';
  /** Why it failed or was skipped. */
  readonly reason?: string;
  readonly seconds: number;
  /** How many checks of the API suite came out how; absent when it never ran. */
  readonly api?: { readonly passed: number; readonly failed: number; readonly skipped: number };
  readonly failures?: readonly ContractResult[];
}

/**
 * The row of a target whose API suite has run.
 *
 * @example rowOf('01-all-in-one', 'fc', 3.2, results).outcome // 'passed'
 */
export function rowOf(
  stage: string,
  target: Target,
  seconds: number,
  results: readonly ContractResult[],
): CheckRow {
  const count = (outcome: ContractResult['outcome']): number =>
    results.filter((result) => result.outcome === outcome).length;
  const api = { passed: count('passed'), failed: count('failed'), skipped: count('skipped') };
  const row = { stage, target, seconds, api };
  if (api.failed === 0) return { ...row, outcome: 'passed' };
  const failures = results.filter(({ outcome }) => outcome === 'failed');
  const reason = `${api.failed} of ${results.length} API checks failed: ${failures.map(({ id }) => id).join(', ')}`;
  return { ...row, outcome: 'failed', reason, failures };
}

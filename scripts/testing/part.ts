/** What a part of a run came to. */
export interface Outcome {
  readonly passed: number;
  readonly failed: number;
  /** Why things were left out, a line each. */
  readonly skipped?: readonly string[];
  /** What a person needs to mend it; printed when something failed. */
  readonly report?: string;
}

/** A part of `npm run check` or `npm test`. */
export interface Part {
  readonly name: string;
  /** For the finished course; in CI a part that takes longer fails. */
  readonly budgetMinutes?: number;
  run(): Promise<Outcome>;
}

export interface Result extends Outcome {
  readonly name: string;
  readonly seconds: number;
  readonly overBudget: boolean;
}

/**
 * Runs parts, at most `atOnce` side by side, and tells each result as it comes; a part that throws has failed.
 *
 * @example await runParts([unit, build], { atOnce: 1, inCi: false, now: () => performance.now(), onResult: print })
 */
export async function runParts(
  parts: readonly Part[],
  options: {
    readonly atOnce: number;
    readonly inCi: boolean;
    /** Milliseconds of any steady clock. */
    readonly now: () => number;
    readonly onStart?: (part: Part) => void;
    readonly onResult: (result: Result) => void;
  },
): Promise<Result[]> {
  const results: Result[] = [];
  const queue = [...parts];
  const work = async () => {
    for (let part = queue.shift(); part; part = queue.shift()) {
      options.onStart?.(part);
      const started = options.now();
      const outcome = await part.run().catch(outcomeOfError);
      const seconds = (options.now() - started) / 1000;
      const result = {
        ...outcome,
        name: part.name,
        seconds,
        overBudget: isOver(part, seconds) && options.inCi,
      };
      results.push(result);
      options.onResult(result);
    }
  };
  await Promise.all(Array.from({ length: options.atOnce }, work));
  return results;
}

/** Whether a result lets the run pass. */
export function isGreen({ failed, passed, overBudget }: Result): boolean {
  // A part that did nothing has checked nothing.
  return failed === 0 && passed > 0 && !overBudget;
}

/**
 * A result as a line: `passed  unit  212 passed  14.1 s`.
 *
 * @example formatResult({ name: 'unit', passed: 3, failed: 0, seconds: 1, overBudget: false })
 */
export function formatResult(result: Result): string {
  const { name, passed, failed, skipped = [], seconds, overBudget } = result;
  const counts = [`${passed} passed`];
  if (failed > 0) counts.push(`${failed} failed`);
  if (skipped.length > 0) counts.push(`${skipped.length} skipped`);
  if (passed + failed === 0) counts.push('nothing was checked');
  const verdict = isGreen(result) ? 'passed' : 'FAILED';
  const over = overBudget ? '  over its budget' : '';
  return `${verdict}  ${name.padEnd(12)} ${`${seconds.toFixed(1)} s`.padStart(8)}  ${counts.join(', ')}${over}`;
}

/**
 * The last line of a run: real totals over all its parts.
 *
 * @example formatTotals('tests', results) // 'tests: 312 passed, 0 failed'
 */
export function formatTotals(what: string, results: readonly Result[]): string {
  const passed = results.reduce((sum, result) => sum + result.passed, 0);
  // A red part without a failed test of its own (over its budget, nothing checked) counts as one.
  const failed = results.reduce(
    (sum, result) => sum + (isGreen(result) ? 0 : Math.max(1, result.failed)),
    0,
  );
  return `${what}: ${passed} passed, ${failed} failed`;
}

function isOver({ budgetMinutes }: Part, seconds: number): boolean {
  return budgetMinutes !== undefined && seconds > budgetMinutes * 60;
}

function outcomeOfError(error: unknown): Outcome {
  const report =
    error instanceof Error && 'code' in error
      ? `${String(error.code)}: ${error.message}`
      : String(error instanceof Error ? error.stack : error);
  return { passed: 0, failed: 1, report };
}

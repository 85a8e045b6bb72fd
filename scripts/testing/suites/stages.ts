import type { CheckRow } from '../../contract/copy-out/index.ts';
import type { Outcome } from '../part.ts';
import { runTool } from '../run-tool.ts';

/** Each stage, copied out: installed, tested, started on every target this machine has, asked by the API suite. */
export async function stagesSuite(): Promise<Outcome> {
  const { stdout, all } = await runTool(
    process.execPath,
    ['scripts/stage.ts', 'check', 'all', '--json'],
    {
      live: 'stderr',
    },
  );
  const rows = readRows(stdout);
  if (!rows) return { passed: 0, failed: 1, report: all };
  const sum = (pick: (row: CheckRow) => number) =>
    rows.reduce((total, row) => total + pick(row), 0);
  return {
    // A row is the copy itself: installed, its own tests passed, started and stopped.
    passed: sum((row) => (row.outcome === 'passed' ? 1 : 0) + (row.api?.passed ?? 0)),
    failed: sum((row) => (row.outcome === 'failed' ? Math.max(1, row.api?.failed ?? 0) : 0)),
    skipped: rows.flatMap((row) =>
      row.outcome === 'skipped' ? [`${row.stage} on ${row.target}: ${row.reason}`] : [],
    ),
    report: rows.flatMap((row) => (row.outcome === 'failed' ? [describe(row)] : [])).join('\n'),
  };
}

function readRows(json: string): CheckRow[] | undefined {
  try {
    return JSON.parse(json) as CheckRow[];
  } catch {
    return undefined;
  }
}

function describe({ stage, target, reason, failures = [] }: CheckRow): string {
  return [
    `${stage} on ${target}: ${reason}`,
    ...failures.map((failure) => `  ${failure.id}: ${failure.reason ?? failure.title}`),
  ].join('\n');
}

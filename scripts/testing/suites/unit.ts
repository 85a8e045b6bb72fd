import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Outcome } from '../part.ts';
import { runTool } from '../run-tool.ts';
import { withTemporaryFolder } from '../temporary.ts';

/** What of Vitest's JSON report is read: https://vitest.dev/guide/reporters.html#json-reporter */
interface VitestReport {
  readonly success: boolean;
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numPendingTests: number;
  readonly numTodoTests: number;
}

/** Every *.test.ts of scripts/ and site/. */
export function unitSuite(): Promise<Outcome> {
  return withTemporaryFolder('unit', async (folder) => {
    const file = join(folder, 'report.json');
    const { all } = await runTool(
      'vitest',
      [
        'run',
        '--config',
        'scripts/testing/vitest.config.ts',
        '--reporter=default',
        '--reporter=json',
        `--outputFile.json=${file}`,
      ],
      // In CI Vitest writes no new snapshot: one that is missing fails.
      { live: true, environment: { CI: '1' } },
    );
    return outcomeOf(readReport(file), all);
  });
}

function readReport(file: string): VitestReport | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as VitestReport;
  } catch {
    return undefined;
  }
}

function outcomeOf(report: VitestReport | undefined, said: string): Outcome {
  if (!report) return { passed: 0, failed: 1, report: `Vitest wrote no report:\n${said}` };
  const leftOut = report.numPendingTests + report.numTodoTests;
  return {
    passed: report.numPassedTests,
    // A file that cannot be loaded fails the run without a failed test.
    failed: report.success ? 0 : Math.max(1, report.numFailedTests),
    skipped: leftOut === 0 ? [] : [`${leftOut} tests by their own files`],
  };
}

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DIST, buildSite, isBuilt } from '../../pages/build.ts';
import { servePages } from '../../pages/server.ts';
import { browserFlags, findBrowser, thisMachine } from '../browser.ts';
import { smokeOtherBrowsers } from '../other-browsers/index.ts';
import type { Outcome } from '../part.ts';
import { runTool } from '../run-tool.ts';
import { withTemporaryFolder } from '../temporary.ts';

/** What of Playwright's JSON report is read. */
interface PlaywrightReport {
  readonly stats: {
    readonly expected: number;
    readonly unexpected: number;
    readonly flaky: number;
    readonly skipped: number;
  };
  readonly errors: readonly { readonly message?: string }[];
}

/**
 * Every spec of e2e/, against the built site and with the browser that this machine has; then a reader's
 * first steps in the Lab in Firefox and WebKit, where they are.
 */
export async function browserSuite(): Promise<Outcome> {
  const { path, from } = await findBrowser(thisMachine(), console.error);
  console.log(`browser: ${path}, ${from}`);
  if (!isBuilt()) await buildSite();
  const server = await servePages(DIST, 0);
  try {
    return await withTemporaryFolder('e2e', async (folder) => {
      const file = join(folder, 'report.json');
      const { all } = await runTool(
        'playwright',
        ['test', '--config', 'e2e/playwright.config.ts', '--reporter=list,json'],
        {
          live: true,
          environment: {
            COURSE_URL: server.url,
            CHROMIUM_PATH: path,
            CHROMIUM_FLAGS: browserFlags(process.getuid?.() === 0).join(' '),
            PLAYWRIGHT_JSON_OUTPUT_FILE: file,
          },
        },
      );
      const { passed, skipped } = await smokeOtherBrowsers(server.url, console.log);
      const outcome = outcomeOf(readReport(file), all);
      return {
        ...outcome,
        passed: outcome.passed + passed,
        skipped: [...(outcome.skipped ?? []), ...skipped],
      };
    });
  } finally {
    await server.close();
  }
}

function readReport(file: string): PlaywrightReport | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as PlaywrightReport;
  } catch {
    return undefined;
  }
}

function outcomeOf(report: PlaywrightReport | undefined, said: string): Outcome {
  if (!report) return { passed: 0, failed: 1, report: `Playwright wrote no report:\n${said}` };
  const { expected, unexpected, flaky, skipped } = report.stats;
  return {
    // Those that passed at the second try only, in CI, stand in the list as flaky.
    passed: expected + flaky,
    // Errors outside tests count too.
    failed: unexpected + report.errors.length,
    skipped:
      skipped === 0 ? [] : [`${skipped} tests behind one that failed, or by their own files`],
    report: report.errors.map(({ message }) => message).join('\n'),
  };
}

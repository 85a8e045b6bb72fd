import { firefox } from './firefox.ts';
import { smoke, STEPS } from './smoke.ts';
import { webkit } from './webkit.ts';

/** What came of the browsers beside Chromium. */
export interface OtherBrowsers {
  readonly passed: number;
  /** Browsers that this machine has not, and steps that failed: neither makes the tests fail. */
  readonly skipped: readonly string[];
}

/**
 * Takes a reader's first steps in the Lab in every other browser that this machine has.
 *
 * @example const { passed, skipped } = await smokeOtherBrowsers('http://localhost:4321', console.log);
 */
export async function smokeOtherBrowsers(
  url: string,
  say: (line: string) => void,
): Promise<OtherBrowsers> {
  const skipped: string[] = [];
  let passed = 0;
  for (const browser of [firefox, webkit]) {
    const name = `lab in ${browser.name}`;
    const missing = browser.missing();
    if (missing !== undefined) {
      skipped.push(`${name}: ${missing}`);
      continue;
    }
    const problem = await tryIn(browser, url, (count) => {
      passed += count;
      say(`${name}: ${count} of ${STEPS.length} steps passed`);
    });
    if (problem !== undefined) skipped.push(`${name}, which decides nothing: ${problem}`);
  }
  return { passed, skipped };
}

async function tryIn(
  browser: typeof firefox,
  url: string,
  count: (passed: number) => void,
): Promise<string | undefined> {
  try {
    const remote = await browser.open();
    try {
      const { passed, problem } = await smoke(remote, url);
      count(passed);
      return problem;
    } finally {
      await remote.close();
    }
  } catch (error) {
    return (error as Error).message;
  }
}

import { existsSync } from 'node:fs';
import { findProgram } from './find-program.ts';
import type { OtherBrowser } from './remote.ts';

const NAMES = ['firefox-esr', 'firefox'];
const MAC = '/Applications/Firefox.app/Contents/MacOS/firefox';

/** Longer than any step waits for. */
const STEP_MS = 180_000;

const path = (): string | undefined => findProgram(NAMES) ?? (existsSync(MAC) ? MAC : undefined);

/** Firefox, over WebDriver BiDi. */
export const firefox: OtherBrowser = {
  name: 'Firefox',
  missing: () =>
    path() === undefined
      ? 'there is none on this system (Debian: apt-get install firefox-esr)'
      : undefined,
  async open() {
    const { launch } = await import('puppeteer-core');
    const browser = await launch({
      ...{ browser: 'firefox', executablePath: path() ?? '', protocolTimeout: STEP_MS },
    });
    const page = await browser.newPage();
    return {
      go: async (url) => void (await page.goto(url)),
      evaluate: (expression) => page.evaluate(expression),
      close: () => browser.close(),
    };
  },
};

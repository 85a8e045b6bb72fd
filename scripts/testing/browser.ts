import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { execa } from 'execa';
import { Failure } from '../shared/failure.ts';

const DOWNLOAD_LIMIT_MILLISECONDS = 60_000;

const NAMES = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome'];
const MAC_PROGRAMS = [
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

export interface Browser {
  readonly path: string;
  /** Where it came from, for the reader: `found on this system`. */
  readonly from: string;
}

/** What the search asks of the machine. */
export interface Machine {
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly isRoot: boolean;
  exists(path: string): boolean;
  /** Where Playwright keeps its own browser, there or not. */
  playwrightPath(): Promise<string>;
  /** Runs a program to its end and answers whether it succeeded. */
  run(file: string, args: readonly string[], limit?: number): Promise<boolean>;
}

/**
 * A Chromium to test with: the one that CHROMIUM_PATH names, one on the system, Playwright's download,
 * Debian's package when root; else a failure that says what to install.
 *
 * @example const { path, from } = await findBrowser(thisMachine(), console.error);
 */
export async function findBrowser(machine: Machine, say: (line: string) => void): Promise<Browser> {
  const named = machine.environment['CHROMIUM_PATH'];
  if (named) {
    if (machine.exists(named)) return { path: named, from: 'named by CHROMIUM_PATH' };
    throw new Failure(
      'E_BROWSER_PATH',
      `CHROMIUM_PATH names ${named}, where there is none. Correct it or unset it.`,
    );
  }
  const found = onSystem(machine);
  if (found) return { path: found, from: 'found on this system' };

  const own = await machine.playwrightPath();
  if (machine.exists(own)) return { path: own, from: 'downloaded by Playwright before' };
  say('no Chromium on this system: downloading the one that Playwright names (up to 60 s)');
  const downloaded = await machine.run(
    'playwright',
    ['install', '--no-shell', 'chromium'],
    DOWNLOAD_LIMIT_MILLISECONDS,
  );
  if (downloaded && machine.exists(own)) return { path: own, from: 'downloaded by Playwright' };

  if (machine.isRoot && machine.exists('/etc/debian_version')) {
    say('the download did not work: installing Debian’s chromium with apt-get');
    const installed =
      (await machine.run('apt-get', ['update'])) &&
      (await machine.run('apt-get', [
        'install',
        '--yes',
        '--no-install-recommends',
        'chromium',
        'fonts-noto-cjk',
      ]));
    const path = installed ? onSystem(machine) : undefined;
    if (path) return { path, from: 'installed with apt-get' };
  }
  throw new Failure(
    'E_BROWSER_MISSING',
    'the browser tests need Chromium and found none. Install it (Debian: "apt-get install chromium fonts-noto-cjk"; macOS: https://www.google.com/chrome) or set CHROMIUM_PATH to one, then run the command again.',
  );
}

function onSystem({ environment, exists }: Machine): string | undefined {
  const folders = (environment['PATH'] ?? '')
    .split(delimiter)
    .filter((folder) => !folder.includes('node_modules'));
  const candidates = [
    ...folders.flatMap((folder) => NAMES.map((name) => join(folder, name))),
    ...MAC_PROGRAMS,
  ];
  return candidates.find((path) => exists(path));
}

/**
 * This machine, as the search for a browser asks of it.
 *
 * @example await findBrowser(thisMachine(), console.error)
 */
export function thisMachine(): Machine {
  return {
    environment: process.env,
    isRoot: process.getuid?.() === 0,
    exists: existsSync,
    playwrightPath: async () => (await import('playwright')).chromium.executablePath(),
    run: async (file, args, limit) => {
      const { failed } = await execa(file, args, {
        env: { DEBIAN_FRONTEND: 'noninteractive' },
        preferLocal: true,
        reject: false,
        stdio: ['ignore', 'ignore', 'inherit'],
        ...(limit !== undefined && { timeout: limit }),
      });
      return !failed;
    },
  };
}

/**
 * Flags for a browser that talks to nobody but the page under test.
 *
 * @example chromium.launch({ executablePath, args: browserFlags(isRoot) })
 */
export function browserFlags(isRoot: boolean): string[] {
  return [
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    // Chromium refuses to run as root inside its sandbox.
    ...(isRoot ? ['--no-sandbox'] : []),
  ];
}

import { execFile } from 'node:child_process';
import { delimiter } from 'node:path';
import { promisify } from 'node:util';

/** A program that the course calls, as this machine has it. */
export interface Tool {
  readonly name: string;
  /** What it says of itself, in one line; undefined when it is not there. */
  readonly version?: string;
  readonly needed: boolean;
  readonly purpose: string;
  readonly remedy: string;
}

interface Candidate extends Omit<Tool, 'version'> {
  /** Programs that will do, with what makes them tell their version. */
  readonly calls: readonly (readonly [program: string, ...words: string[]])[];
}

/** A program that does not answer in this time is as good as missing. */
const ANSWER_MILLISECONDS = 5000;

const CANDIDATES: readonly Candidate[] = [
  {
    name: 'node',
    calls: [['node', '--version']],
    needed: true,
    purpose: 'runs a checked-out stage',
    remedy: 'Install Node 20 or newer: https://nodejs.org',
  },
  {
    name: 'npm',
    calls: [['npm', '--version']],
    needed: true,
    purpose: 'installs packages',
    remedy: 'It comes with Node: https://nodejs.org',
  },
  {
    name: 'git',
    calls: [['git', '--version']],
    needed: false,
    purpose: 'needed by "propagate" and "checkout --history"',
    remedy: 'Install it: https://git-scm.com',
  },
  {
    name: 'docker',
    calls: [['docker', '--version']],
    needed: false,
    purpose: "needed to run a stage's image in a real engine",
    remedy: 'Install it: https://docs.docker.com/engine/install',
  },
  {
    name: 'kubectl',
    calls: [['kubectl', 'version', '--client']],
    needed: false,
    purpose: "needed to give a stage's manifests to a real cluster",
    remedy: 'Install it: https://kubernetes.io/docs/tasks/tools',
  },
  {
    name: 'browser',
    calls: [
      [process.env['CHROMIUM_PATH'] ?? 'chromium', '--version'],
      ['chromium-browser', '--version'],
      ['google-chrome', '--version'],
      ['/Applications/Google Chrome.app/Contents/MacOS/Google Chrome', '--version'],
    ],
    needed: false,
    purpose: 'needed by the browser tests',
    remedy: '"npm test" gets one, or install Chromium and set CHROMIUM_PATH',
  },
];

/**
 * Looks for the programs that the course calls; all are asked at the same time.
 *
 * @example (await findTools()).find(({ name }) => name === 'git')?.version // 'git version 2.39.5'
 */
export async function findTools(candidates: readonly Candidate[] = CANDIDATES): Promise<Tool[]> {
  return Promise.all(
    candidates.map(async ({ calls, ...tool }) => {
      const version = await firstVersion(calls);
      return { ...tool, ...(version !== undefined && { version }) };
    }),
  );
}

/** npm puts the course's own Node first on the PATH; a checked-out stage runs on the one behind it. */
function readersPath(): string {
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  return folders.filter((folder) => !folder.includes('node_modules')).join(delimiter);
}

async function firstVersion(calls: Candidate['calls']): Promise<string | undefined> {
  const options = { timeout: ANSWER_MILLISECONDS, env: { ...process.env, PATH: readersPath() } };
  for (const [program, ...words] of calls) {
    try {
      const { stdout } = await promisify(execFile)(program, words, options);
      const line = stdout.split('\n')[0]?.trim();
      if (line) return line;
    } catch {
      // Not there, or not able to say so: the next one may be.
    }
  }
  return undefined;
}

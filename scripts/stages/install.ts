import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { Failure } from '../shared/failure.ts';
import { withLock } from './lock.ts';
import { TEMPORARY_PREFIX } from './temporary.ts';

const STAMP = join('node_modules', '.installed-from');
// Spelled out, since under `npm run -s` an npm inherits silence and would not say why it failed.
const NPM_CI = ['ci', '--include=dev', '--no-fund', '--no-audit', '--loglevel=warn'];

/** npm says first what is wrong, and then how it is called. */
const MAX_LINES = 15;

/**
 * Installs a stage's packages from its lockfile unless they are there already. Processes that install
 * the same stage wait for each other; an interrupted installation is done again.
 *
 * @example await installStage('/course/stages/02-file-db', (line) => console.error(line))
 */
export async function installStage(
  directory: string,
  say: (line: string) => void = () => {},
): Promise<void> {
  if (isInstalled(directory)) return;
  const name = basename(directory);
  const lock = join(tmpdir(), `${TEMPORARY_PREFIX}install-${digest(directory).slice(0, 16)}.lock`);
  await withLock(
    lock,
    async () => {
      if (isInstalled(directory)) return;
      say(`Installing the packages of ${name} ...`);
      await cleanInstall(directory);
      markInstalled(directory);
    },
    (holder) => say(`Waiting for process ${holder}, which installs the packages of ${name} ...`),
  );
}

/** Whether node_modules was made from the lockfile as it is now, on this kind of machine. */
export function isInstalled(directory: string): boolean {
  try {
    return readFileSync(join(directory, STAMP), 'utf8') === fingerprint(directory);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false;
    throw error;
  }
}

/** Notes from which lockfile, and for which kind of machine, node_modules was made. */
export function markInstalled(directory: string): void {
  // npm makes no folder for a stage without packages.
  mkdirSync(join(directory, 'node_modules'), { recursive: true });
  writeFileSync(join(directory, STAMP), fingerprint(directory));
}

async function cleanInstall(directory: string): Promise<void> {
  // Loaded here because it costs 40 ms, and most runs have nothing to install.
  const { execa } = await import('execa');
  const npm = await execa('npm', NPM_CI, {
    cwd: directory,
    all: true,
    reject: false,
    stdin: 'ignore',
  });
  if (!npm.failed) return;
  const said = (npm.all || npm.shortMessage || '').split('\n').slice(0, MAX_LINES).join('\n');
  throw new Failure(
    'E_INSTALL',
    `npm ci failed in ${directory}. Mend what npm says and run the command again:\n${said}`,
  );
}

function fingerprint(directory: string): string {
  const files = ['package-lock.json', 'package.json'].map((name) =>
    readFileSync(join(directory, name), 'utf8'),
  );
  return digest(...files, process.platform, process.arch);
}

function digest(...parts: string[]): string {
  return createHash('sha256').update(parts.join('\0')).digest('hex');
}

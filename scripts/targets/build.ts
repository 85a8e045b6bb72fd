import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { Failure } from '../shared/failure.ts';
import type { Stage } from '../stages/catalogue.ts';
import { withLock } from '../stages/lock.ts';
import { TEMPORARY_PREFIX } from '../stages/temporary.ts';

/** Folders that no bundle is made from. */
const NOT_INPUT = new Set(['node_modules', 'dist', 'tests', 'experiments', 'local']);
/** Files of the course about the stage, and what a run leaves. */
const NOT_SOURCE = /^(stage\.json|diagram\.mmd|README.*\.md|db\.json)$/;
const LAST_LINES = 15;

/** Left in the first folder that was built; it names what that was built from. */
const STAMP = '.built-from';

/**
 * Runs a stage's build script unless the folders that it makes were made from the files as they are now.
 * Processes that build the same stage wait for each other.
 *
 * @example await buildStage(stage, 'build:fc', ['dist'], (line) => console.error(line));
 */
export async function buildStage(
  stage: Stage,
  script: string,
  folders: readonly string[],
  say: (line: string) => void,
): Promise<void> {
  const { directory, number } = stage;
  const built = folders.map((folder) => join(directory, folder));
  const stamp = join(built[0] ?? directory, STAMP);
  const isBuilt = (): boolean =>
    built.every((folder) => existsSync(folder)) && read(stamp) === fingerprint(directory);
  if (isBuilt()) return;
  const lock = join(tmpdir(), `${TEMPORARY_PREFIX}build-${digest(directory).slice(0, 16)}.lock`);
  await withLock(lock, async () => {
    if (isBuilt()) return;
    say(`Building stage ${number} (npm run ${script}) ...`);
    await run(directory, script);
    writeFileSync(stamp, fingerprint(directory));
  });
}

function read(file: string): string | undefined {
  return existsSync(file) ? readFileSync(file, 'utf8') : undefined;
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

async function run(directory: string, script: string): Promise<void> {
  // Loaded here because it costs 40 ms, and most runs have nothing to build.
  const { execa } = await import('execa');
  const npm = await execa('npm', ['run', '--silent', script], {
    cwd: directory,
    all: true,
    reject: false,
    stdin: 'ignore',
  });
  if (!npm.failed) return;
  const said = (npm.all || npm.shortMessage || '').split('\n').slice(-LAST_LINES).join('\n');
  throw new Failure(
    'E_BUILD',
    `npm run ${script} failed in ${directory}. Mend what it says and run the command again:\n${said}`,
  );
}

/** A hash of all that a bundle can be made from. */
function fingerprint(directory: string): string {
  const hash = createHash('sha256');
  for (const path of inputs(directory).toSorted()) {
    hash.update(relative(directory, path)).update('\0').update(readFileSync(path)).update('\0');
  }
  return hash.digest('hex');
}

function inputs(directory: string): string[] {
  return readdirSync(directory, { withFileTypes: true }).flatMap((entry) => {
    const path = join(directory, entry.name);
    if (entry.isDirectory()) return NOT_INPUT.has(entry.name) ? [] : inputs(path);
    return entry.isFile() && !NOT_SOURCE.test(entry.name) ? [path] : [];
  });
}

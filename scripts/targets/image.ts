import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { type Docker, STAGE_LABEL } from '../cloud/hosts/docker/index.ts';
import { EXIT, Failure } from '../shared/failure.ts';
import type { Stage } from '../stages/catalogue.ts';
import { withLock } from '../stages/lock.ts';
import { TEMPORARY_PREFIX } from '../stages/temporary.ts';

/** Folders that no image is made from, whatever a .dockerignore says. */
const NOT_INPUT = new Set(['node_modules', 'dist', 'tests', 'experiments', 'local']);
/** Files of the course about the stage, and what a run leaves: a change in one is no reason to build. */
const NOT_SOURCE = /^(stage\.json|diagram\.mmd|README.*\.md|tables\.log.*)$/;

export interface ImageOptions {
  readonly docker: Docker;
  readonly stage: Pick<Stage, 'id' | 'number' | 'directory'>;
  readonly dockerfile: string;
  /** What the image is called; without it a name of ours that tells the files apart. */
  readonly name?: string;
  readonly say: (line: string) => void;
}

/**
 * Builds a stage's image unless it was built from the files as they are now, and answers with its name. The
 * base image is the Dockerfile's own, or the one that `NODE_IMAGE` names.
 *
 * @example await buildImage({ docker, stage, dockerfile: 'Dockerfile', say }) // 'serverless-evolution/05-docker:9f2c41d07ab3'
 */
export async function buildImage(options: ImageOptions): Promise<string> {
  const { docker, stage, dockerfile, say } = options;
  const base = process.env['NODE_IMAGE'];
  const made = fingerprint(stage.directory, dockerfile, base);
  const own = `serverless-evolution/${stage.id}:${made}`;
  const name = options.name ?? own;
  const lock = join(tmpdir(), `${TEMPORARY_PREFIX}image-${made}.lock`);
  await withLock(lock, async () => {
    if (!(await isThere(docker, own))) {
      say(`Building the image of stage ${stage.number} (docker build) ...`);
      await build(docker, own, { stage, dockerfile, base });
    }
    if (name !== own) await docker.run(['tag', own, name]);
  });
  return name;
}

async function build(
  docker: Docker,
  name: string,
  {
    stage,
    dockerfile,
    base,
  }: Pick<ImageOptions, 'stage' | 'dockerfile'> & { base: string | undefined },
): Promise<void> {
  try {
    await docker.run([
      'build',
      ...['--tag', name],
      ...['--file', join(stage.directory, dockerfile)],
      ...['--label', `${STAGE_LABEL}=${stage.id}`],
      ...(base === undefined ? [] : ['--build-arg', `NODE_IMAGE=${base}`]),
      stage.directory,
    ]);
  } catch (error) {
    const { message } = error as Error;
    if (!PULL_FAILED.test(message)) throw error;
    throw new Failure(
      'E_IMAGE_BASE',
      `the base image of ${stage.id}/${dockerfile} could not be fetched. Get it through a mirror ("npm run -s stage -- images --mirror HOST"), or name one that is here: NODE_IMAGE=node:24-slim.\n${message}`,
      EXIT.checkFailed,
      { cause: error },
    );
  }
}

/** What both builders say of a registry that does not answer, or does not have it. */
const PULL_FAILED =
  /(get|head) "https?:[^"]+\/v2\/|failed to resolve source metadata|pull access denied|manifest (for \S+ )?(not found|unknown)/i;

async function isThere(docker: Docker, image: string): Promise<boolean> {
  return docker.run(['image', 'inspect', '--format', '{{.Id}}', image]).then(
    () => true,
    () => false,
  );
}

/** A hash of all that the image can be made from; twelve digits are enough to tell a reader's edits apart. */
function fingerprint(directory: string, dockerfile: string, base = ''): string {
  const hash = createHash('sha256').update(`${dockerfile}\0${base}\0`);
  for (const path of inputs(directory).toSorted()) {
    hash.update(relative(directory, path)).update('\0').update(readFileSync(path)).update('\0');
  }
  return hash.digest('hex').slice(0, 12);
}

function inputs(directory: string): string[] {
  return readdirSync(directory, { withFileTypes: true }).flatMap((entry) => {
    const path = join(directory, entry.name);
    if (entry.isDirectory()) return NOT_INPUT.has(entry.name) ? [] : inputs(path);
    return entry.isFile() && !NOT_SOURCE.test(entry.name) ? [path] : [];
  });
}

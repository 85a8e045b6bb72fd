import { randomUUID } from 'node:crypto';
import { mkdirSync, readdirSync, realpathSync, renameSync, rmSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { EXIT, Failure } from '../shared/failure.ts';
import type { Stage } from './catalogue.ts';
import { copyStage } from './copy.ts';
import { gitText } from './git.ts';
import { addLocalCloud } from './local-cloud.ts';

/** No person's name and address go into the commits, and no person's settings decide what they are. */
const NEUTRAL = {
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_AUTHOR_NAME: 'Serverless Evolution',
  GIT_AUTHOR_EMAIL: 'course@serverless-evolution.invalid',
  GIT_COMMITTER_NAME: 'Serverless Evolution',
  GIT_COMMITTER_EMAIL: 'course@serverless-evolution.invalid',
};

/**
 * Writes a copy of a stage that stands alone into a new or empty folder, whole or not at all, and
 * answers with the folder.
 *
 * @example await checkoutStage(findStage(readStages(), '2'), '../my-copy')
 */
export function checkoutStage(stage: Stage, folder: string): Promise<string> {
  return fill(folder, stage.directory, (draft) => writeCopy(stage, draft));
}

/**
 * Writes a git repository with a commit and a tag for each stage, `stage-1`, `stage-2`, so that
 * `git diff stage-1 stage-2` shows a step; the last stage is what is checked out.
 *
 * @example await checkoutHistory(readStages().slice(0, 2), '../my-history')
 */
export function checkoutHistory(stages: readonly Stage[], folder: string): Promise<string> {
  return fill(folder, stages[0]?.directory, async (draft) => {
    const run = (...words: string[]) => gitText(draft, words, { environment: NEUTRAL });
    run('init', '--quiet', '--initial-branch=main', '--template=');
    for (const stage of stages) {
      for (const name of readdirSync(draft).filter((each) => each !== '.git')) {
        rmSync(join(draft, name), { recursive: true });
      }
      await writeCopy(stage, draft);
      run('add', '--all', '--force');
      const subject = `Stage ${stage.number}: ${stage.title.en}`;
      const body = `${stage.problem.en}\n\n${stage.answer.en}`;
      run('commit', '--quiet', '--allow-empty', '-m', subject, '-m', body);
      run('tag', `stage-${stage.number}`);
    }
  });
}

async function writeCopy(stage: Stage, draft: string): Promise<void> {
  copyStage(stage, draft);
  await addLocalCloud(stage, draft);
}

async function fill(
  folder: string,
  source: string | undefined,
  write: (draft: string) => Promise<void>,
): Promise<string> {
  const target = resolve(folder);
  checkTarget(target, source);
  const parent = dirname(target);
  const firstMade = mkdirSync(parent, { recursive: true });
  const draft = join(parent, `.${basename(target)}-${randomUUID()}`);
  try {
    mkdirSync(draft);
    await write(draft);
    // A rename replaces an empty folder and nothing else: https://pubs.opengroup.org/onlinepubs/9799919799/functions/rename.html
    renameSync(draft, target);
  } catch (error) {
    rmSync(draft, { recursive: true, force: true });
    if (firstMade !== undefined) rmSync(firstMade, { recursive: true, force: true });
    throw error;
  }
  return target;
}

function checkTarget(target: string, source: string | undefined): void {
  const found = contentOf(target);
  if (found === 'a file' || (Array.isArray(found) && found.length > 0)) {
    const what = Array.isArray(found) ? `one with ${found.length} entries` : found;
    throw unusable(`${target}: expected a new or empty folder, found ${what}`);
  }
  if (found !== undefined && realpathSync(target) === realpathSync(process.cwd())) {
    throw unusable(`${target}: expected a folder other than the one you are in`);
  }
  const stages = source === undefined ? undefined : dirname(source);
  if (stages !== undefined && `${target}/`.startsWith(`${stages}/`)) {
    throw unusable(
      `${target}: expected a folder outside ${stages}, where only the course's stages are`,
    );
  }
}

function contentOf(target: string): readonly string[] | 'a file' | undefined {
  try {
    return readdirSync(target);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return undefined;
    if (code === 'ENOTDIR') return 'a file';
    throw error;
  }
}

function unusable(what: string): Failure {
  return new Failure('E_CHECKOUT_FOLDER', `${what}. Name another folder.`, EXIT.usage);
}

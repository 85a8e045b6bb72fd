import { spawnSync } from 'node:child_process';
import { EXIT, Failure } from '../shared/failure.ts';

export interface GitResult {
  readonly code: number;
  readonly out: Buffer;
  readonly error: string;
}

/** Beyond this git's answer is cut off: 64 MiB is far more than any file of a stage. */
const MAX_ANSWER_BYTES = 64 * 1024 * 1024;

/**
 * Runs git in a folder and answers with its exit code and output. The caller's GIT_* variables are left
 * out: set by a hook, they would aim at another repository.
 *
 * @example git(directory, ['cat-file', '-e', id]).code === 0
 */
export function git(
  directory: string,
  words: readonly string[],
  options: { input?: Buffer; environment?: Readonly<Record<string, string>> } = {},
): GitResult {
  const inherited = Object.entries(process.env).filter(([name]) => !name.startsWith('GIT_'));
  const result = spawnSync('git', words, {
    cwd: directory,
    maxBuffer: MAX_ANSWER_BYTES,
    env: { ...Object.fromEntries(inherited), ...options.environment },
    ...(options.input && { input: options.input }),
  });
  const failed: NodeJS.ErrnoException | undefined = result.error;
  if (failed?.code === 'ENOENT') {
    throw new Failure(
      'E_GIT_MISSING',
      'expected git on the PATH, found none. Install it (https://git-scm.com) and run the command again.',
      EXIT.usage,
    );
  }
  if (failed) throw failed;
  return { code: result.status ?? 1, out: result.stdout, error: result.stderr.toString().trim() };
}

/**
 * The same for a call that must succeed; its output as text.
 *
 * @example gitText(directory, ['rev-parse', 'HEAD']) // '78f01b3...'
 */
export function gitText(
  directory: string,
  words: readonly string[],
  options: Parameters<typeof git>[2] = {},
): string {
  const { code, out, error } = git(directory, words, options);
  if (code === 0) return out.toString().trim();
  throw new Failure('E_GIT', `git ${words.join(' ')} failed in ${directory}: ${error}`);
}

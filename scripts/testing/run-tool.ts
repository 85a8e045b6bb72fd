import { execa } from 'execa';
import { repositoryRoot } from '../stages/root.ts';

export interface ToolRun {
  readonly code: number;
  /** Standard output alone. */
  readonly stdout: string;
  /** Both streams as they came. */
  readonly all: string;
}

/**
 * Runs a program of node_modules/.bin, or any other, in the repository's folder and keeps what it says.
 * It ends when this process ends.
 *
 * @example (await runTool('oxfmt', ['--check'])).code === 0
 */
export async function runTool(
  file: string,
  args: readonly string[],
  options: {
    readonly cwd?: string;
    readonly environment?: Readonly<Record<string, string>>;
    /** Shows what it says as it comes: all of it, or only what is not its result. */
    readonly live?: boolean | 'stderr';
  } = {},
): Promise<ToolRun> {
  const root = repositoryRoot();
  const result = await execa(file, args, {
    cwd: options.cwd ?? root,
    all: true,
    // What is kept is read in a report, where colours are noise.
    env: { ...(!options.live && { NO_COLOR: '1', FORCE_COLOR: '0' }), ...options.environment },
    localDir: root,
    maxBuffer: 64 * 1024 ** 2,
    preferLocal: true,
    reject: false,
    stdin: 'ignore',
    stdout: options.live === true ? ['pipe', 'inherit'] : 'pipe',
    stderr: options.live ? ['pipe', 'inherit'] : 'pipe',
  });
  // Not found, or ended by a signal: no exit code.
  const all = result.exitCode === undefined ? `${result.all}\n${result.shortMessage}` : result.all;
  return { code: result.exitCode ?? 1, stdout: result.stdout, all: all.trim() };
}

import { EXIT, Failure } from '../../shared/failure.ts';
import type { Shell } from './shell.ts';

/** The oldest Node that the stages promise to run on. */
const LEAST_NODE = 20;

/**
 * The version of the Node that a reader's terminal would start; a failure when it is missing or too old.
 *
 * @example await systemNode(shell, '/tmp') // 'v20.20.2'
 */
export async function systemNode(shell: Shell, directory: string): Promise<string> {
  const version = (
    await shell.run('node', ['--version'], directory).catch(() => 'no Node at all')
  ).trim();
  if (Number(/^v(\d+)\./.exec(version)?.[1]) >= LEAST_NODE) return version;
  throw new Failure(
    'E_CHECK_NODE',
    `the copies run on the Node of this system: expected ${LEAST_NODE} or newer on the PATH outside node_modules, found ${version}. Install Node from https://nodejs.org.`,
    EXIT.usage,
  );
}

import { spawn } from 'node:child_process';
import type { RealCluster } from '../../cloud/kubernetes/server/control-protocol.ts';
import { EXIT } from '../../shared/failure.ts';
import { explained } from './kubectl.ts';

/**
 * Lets the kubectl of this machine speak, on this terminal, to a stage in a real cluster; answers with its exit code.
 *
 * @example await handOver({ context: 'kind-kind', namespace: 'todo' }, ['get', 'pods', '--watch'])
 */
export async function handOver(
  { context, namespace }: RealCluster,
  words: readonly string[],
  program = 'kubectl',
): Promise<number> {
  const child = spawn(program, ['--context', context, '--namespace', namespace, ...words], {
    stdio: 'inherit',
  });
  return new Promise((resolve, reject) => {
    child
      .once('error', (error) => reject(explained(words, error)))
      // One that was ended from outside, as a watch is by Ctrl-C, has no code.
      .once('exit', (code) => resolve(code ?? EXIT.checkFailed));
  });
}

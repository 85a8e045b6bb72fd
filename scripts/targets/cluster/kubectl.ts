import { Failure } from '../../shared/failure.ts';
import { createProgram, type Program } from '../../shared/program.ts';

/** How much of what a failing command said is worth reading. */
const LAST_LINES = 15;

/** The `kubectl` command line, bound to one context and perhaps one namespace. */
export type Kubectl = Program;

/**
 * kubectl of this machine. What it is bound to is said with every call: the reader's current context may
 * change at any time, and nothing must ever go to another cluster.
 *
 * @example await createKubectl({ context: 'kind-kind', namespace: 'todo' }).run(['get', 'pods'])
 */
export function createKubectl(
  { context, namespace }: { readonly context?: string; readonly namespace?: string } = {},
  program = 'kubectl',
): Kubectl {
  const { run, start } = createProgram(program, explained);
  const bound = [
    ...(context === undefined ? [] : ['--context', context]),
    ...(namespace === undefined ? [] : ['--namespace', namespace]),
  ];
  return {
    run: (words, call) => run([...bound, ...words], call),
    start: (words, call) => start([...bound, ...words], call),
  };
}

/** What a failing kubectl said, and what to do when there is none. */
export function explained(words: readonly string[], error: NodeJS.ErrnoException): Failure {
  const cause = { cause: error };
  if (error.code === 'ENOENT') {
    return new Failure(
      'E_KUBECTL_MISSING',
      'no kubectl here. Get it: https://kubernetes.io/docs/tasks/tools',
      undefined,
      cause,
    );
  }
  const said = error.message.split('\n').slice(-LAST_LINES).join('\n');
  return new Failure(
    'E_KUBECTL',
    `"kubectl ${words.join(' ')}" failed:\n${said}`,
    undefined,
    cause,
  );
}

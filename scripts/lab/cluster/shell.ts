import type { KubectlIo } from '../../cloud/kubernetes/engine/kubectl/verb.ts';
import { fillTemplate } from './manifest-texts.ts';
import type { Sources } from '../payload.ts';

/** What a command writes to, and what ends it. */
export interface ShellIo {
  out(text: string): void;
  err(text: string): void;
  readonly signal: AbortSignal;
}

/** The command lines of a cluster. */
export interface Shell {
  readonly tools: readonly string[];
  /** Runs a line and answers with its exit code. */
  run(line: string, io: ShellIo): Promise<number>;
}

export interface ShellOptions {
  /** Tool -> what its line does. */
  readonly tools: Readonly<
    Record<string, (words: readonly string[], io: KubectlIo) => Promise<number>>
  >;
  /** The files that `-f` may name. */
  sources(): Sources;
  /** What templates among them are filled in with. */
  readonly variables: Readonly<Record<string, string>>;
}

/** A program that is not there, as shells report it. */
const NOT_FOUND = 127;

/**
 * A shell that knows the tools of a cluster and nothing else.
 *
 * @example await createShell({ tools: { kubectl }, sources, variables }).run('kubectl get pods', io)
 */
export function createShell({ tools, sources, variables }: ShellOptions): Shell {
  return {
    tools: Object.keys(tools),
    async run(line, io) {
      const [tool = '', ...words] = wordsOf(line);
      const speak = Object.hasOwn(tools, tool) ? tools[tool] : undefined;
      if (!speak) {
        io.err(`${tool}: command not found. There is ${Object.keys(tools).join(' and ')}.\n`);
        return NOT_FOUND;
      }
      const files = filesOf(words, sources(), variables);
      try {
        return await speak(words, { ...io, files });
      } catch (error) {
        io.err(`error: ${(error as Error).message}\n`);
        return 1;
      }
    },
  };
}

/**
 * The words of a line; quotes keep blanks together.
 *
 * @example wordsOf("kubectl get pods -l 'app=todo'") // ['kubectl', 'get', 'pods', '-l', 'app=todo']
 */
export function wordsOf(line: string): string[] {
  const words = line.matchAll(/(?:"[^"]*"|'[^']*'|[^\s"'])+/g);
  return [...words].map(([word]) => word.replaceAll(/"([^"]*)"|'([^']*)'/g, '$1$2'));
}

/** What `-f` names: a file of the stage, or the manifests of a folder. */
function filesOf(
  words: readonly string[],
  sources: Sources,
  variables: Readonly<Record<string, string>>,
): Sources {
  const at = words.findIndex((word) => /^(-f|--filename)(=|$)/.test(word));
  if (at < 0) return {};
  const named = words[at]?.split('=')[1] ?? words[at + 1] ?? '';
  const path = named.replace(/^\.\//, '').replace(/\/$/, '');
  const inFolder = (file: string): boolean =>
    file.startsWith(`${path}/`) && /^[^/]+\.ya?ml$/.test(file.slice(path.length + 1));
  return Object.fromEntries(
    Object.entries(sources)
      .filter(([file]) => file === path || inFolder(file))
      .map(([file, text]) => [file, fillTemplate(file, text, variables)]),
  );
}

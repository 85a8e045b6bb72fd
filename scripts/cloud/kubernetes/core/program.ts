import type { ImageConfig } from './dockerfile.ts';
import type { Container } from './objects.ts';

/** Flags of Node that change nothing a stage relies on: the host sets its own. */
const HARMLESS =
  /^--(disable-warning|enable-source-maps|no-warnings|experimental-strip-types|max-old-space-size)/;

/** The port of a program that neither the manifest nor the image names. */
const DEFAULT_PORT = 80;

/** What a container starts: a Node program in its working directory, or another command. */
export type Start =
  | { readonly node: true; readonly entry: string; readonly arguments: readonly string[] }
  | { readonly node: false; readonly command: readonly string[] };

/**
 * The words that a container starts with: `command` takes the place of ENTRYPOINT and drops CMD, `args` takes
 * the place of CMD.
 *
 * @example argumentsOf(image, [], ['server.ts']) // [...image.entrypoint, 'server.ts']
 */
export function argumentsOf(
  image: ImageConfig,
  command: readonly string[],
  args: readonly string[],
): string[] {
  if (command.length > 0) return [...command, ...args];
  return [...image.entrypoint, ...(args.length > 0 ? args : image.command)];
}

/**
 * Splits a command line into what a host can start.
 *
 * @example startOf(['node', 'index.ts']) // { node: true, entry: 'index.ts', arguments: [] }
 */
export function startOf(words: readonly string[]): Start {
  const [first = '', ...rest] = words;
  if (!/^(\/\S*\/)?node$/.test(first)) return { node: false, command: words };
  const at = rest.findIndex((word) => !word.startsWith('-'));
  const flags = at < 0 ? rest : rest.slice(0, at);
  const entry = rest[at];
  if (entry === undefined || flags.some((flag) => !HARMLESS.test(flag))) {
    return { node: false, command: words };
  }
  return { node: true, entry, arguments: rest.slice(at + 1) };
}

/**
 * Where a program listens inside its pod: what PORT says, else the first port of the container, else the image's.
 *
 * @example portOf({ name: 'todo', ports: [{ containerPort: 3001 }] }, image, {}) // 3001
 */
export function portOf(
  container: Container,
  image: ImageConfig,
  environment: Readonly<Record<string, string>>,
): number {
  const named = Number(environment['PORT']);
  if (Number.isInteger(named) && named > 0) return named;
  return container.ports?.[0]?.containerPort ?? image.ports[0] ?? DEFAULT_PORT;
}

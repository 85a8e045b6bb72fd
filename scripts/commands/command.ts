import type { Terminal } from '../shared/terminal.ts';
import type { Stage } from '../stages/catalogue.ts';

/** A flag of a command. `value` names what a string flag takes, for the help: `--port <number>`. */
export interface Option {
  readonly type: 'boolean' | 'string';
  readonly value?: string;
  readonly summary: string;
}

export type Options = Readonly<Record<string, Option>>;

type Values<Known extends Options> = {
  readonly [Name in keyof Known]: Known[Name]['type'] extends 'boolean'
    ? boolean
    : string | undefined;
};

/** What a command is given: the parsed line, where to write, and the stages. */
export interface Context<Known extends Options = Options> {
  /** The arguments without the command's name; as many as `usage` says. */
  readonly positionals: readonly string[];
  readonly options: Values<Known>;
  readonly terminal: Terminal;
  /** The folder that the reader typed the command in; relative paths start here. */
  readonly directory: string;
  /** Reads and validates every stage on the first call. */
  stages(): readonly Stage[];
}

/**
 * A command: parses, calls the library, prints, and answers with the exit code.
 * `usage` names its arguments: `<stage> [target]`; `...` after the last one means any number.
 */
export interface Command<Known extends Options = Options> {
  readonly name: string;
  readonly summary: string;
  readonly usage: string;
  readonly options: Known;
  /** True: every word, flags among them, is the command's own affair. */
  readonly isRaw?: boolean;
  run(context: Context<Known>): Promise<number>;
}

/** What the entry hands to a command of which it knows no more than the interface. */
export type AnyContext = Omit<Context, 'options'> & {
  readonly options: Readonly<Record<string, boolean | string | undefined>>;
};

/** A command whose options' types are no longer known: what the entry works with. */
export type AnyCommand = Omit<Command, 'run'> & { run(context: AnyContext): Promise<number> };

/**
 * Defines a command so that `context.options` has a type per flag.
 *
 * @example
 * export default defineCommand({
 *   name: 'list', summary: 'shows every stage', usage: '',
 *   options: { json: { type: 'boolean', summary: 'for programs' } },
 *   async run({ options, stages, terminal }) { ...; return EXIT.fine; },
 * });
 */
export function defineCommand<const Known extends Options>(
  command: Command<Known>,
): Command<Known> {
  return command;
}

/**
 * How many arguments a usage line asks for.
 *
 * @example arity('<stage> [target]') // { least: 1, most: 2 }
 */
export function arity(usage: string): { least: number; most: number } {
  const words = usage.split(' ').filter(Boolean);
  const least = words.filter((word) => word.startsWith('<')).length;
  const most = usage.includes('...') ? Number.POSITIVE_INFINITY : words.length;
  return { least, most };
}

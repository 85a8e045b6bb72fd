import { parseArgs } from 'node:util';
import type { ParseArgsOptionsConfig } from 'node:util';
import { EXIT, Failure } from '../shared/failure.ts';
import { arity } from './command.ts';
import type { AnyCommand, AnyContext } from './command.ts';
import { spelled } from './help.ts';

export interface Line {
  readonly help: boolean;
  readonly positionals: readonly string[];
  readonly options: AnyContext['options'];
}

/**
 * Reads a command's arguments against its usage and options; a wrong one is a failure with exit code 64.
 *
 * @example parseLine(list, ['--json']).options // { json: true }
 */
export function parseLine(command: AnyCommand, words: readonly string[]): Line {
  if (command.isRaw) {
    const help = words.length === 1 && ['--help', '-h'].includes(words[0] ?? '');
    return { help, positionals: words, options: {} };
  }
  const parsed = parseWords(command, words);
  const given = parsed.values as AnyContext['options'];
  const help = given['help'] === true;
  const options = Object.fromEntries(
    Object.entries(command.options).map(([name, { type }]) => [
      name,
      given[name] ?? (type === 'boolean' ? false : undefined),
    ]),
  );
  if (!help) checkArity(command, parsed.positionals);
  return { help, positionals: parsed.positionals, options };
}

/** A mistake in what was typed, with the way on. */
export function misused(message: string, command?: AnyCommand): Failure {
  const help = spelled(command ? `${command.name} --help` : '--help');
  return new Failure('E_USAGE', `${message} See "${help}".`, EXIT.usage);
}

function parseWords(command: AnyCommand, words: readonly string[]) {
  const flags: ParseArgsOptionsConfig = { help: { type: 'boolean', short: 'h' } };
  for (const [name, { type }] of Object.entries(command.options)) flags[name] = { type };
  try {
    return parseArgs({
      args: [...words],
      options: flags,
      allowPositionals: true,
      strict: true,
    });
  } catch (error) {
    const said = (error as Error).message.split('. ')[0] ?? '';
    throw misused(`"${command.name}": ${said.replace(/\.$/, '')}.`, command);
  }
}

function checkArity(command: AnyCommand, positionals: readonly string[]): void {
  const { least, most } = arity(command.usage);
  if (positionals.length < least) {
    throw misused(
      `"${command.name}" expected ${command.usage}, found ${positionals.length || 'no'} arguments.`,
      command,
    );
  }
  const extra = positionals[most];
  if (extra !== undefined) {
    throw misused(`"${command.name}" does not know what to do with "${extra}".`, command);
  }
}

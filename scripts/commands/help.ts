import { columns } from '../shared/terminal.ts';
import type { AnyCommand } from './command.ts';

/**
 * A command line as it is typed here. npm takes flags for itself, so a line with one goes after `--`.
 *
 * @example spelled('diff 1 2 --stat') // 'npm run -s stage -- diff 1 2 --stat'
 */
export function spelled(line: string): string {
  return / -|^-/.test(line) ? `npm run -s stage -- ${line}` : `npm run stage ${line}`;
}

/** The help of all commands. */
export function helpOfAll(commands: readonly AnyCommand[]): string {
  const rows = commands.map(({ name, usage, summary }) => [
    `  ${name} ${usage}`.trimEnd(),
    summary,
  ]);
  return [
    'Usage: npm run stage <command> [arguments]',
    '       npm run -s stage -- <command> [arguments] [flags]',
    '',
    'Commands:',
    ...columns(rows),
    '',
    'A stage is a number or a name: 2, 02-file-db, file-db.',
    `Help on one command: ${spelled('diff --help')}`,
  ].join('\n');
}

/** The help of one command. */
export function helpOf(command: AnyCommand): string {
  const flags = Object.entries(command.options).map(([name, { type, value, summary }]) => [
    type === 'string' ? `  --${name} <${value ?? 'text'}>` : `  --${name}`,
    summary,
  ]);
  const call = [command.name, command.usage].filter(Boolean).join(' ');
  const usage = [`Usage: npm run stage ${call}`];
  if (flags.length === 0) return [command.summary, '', ...usage].join('\n');
  usage.push(`       npm run -s stage -- ${call} [flags]`);
  return [command.summary, '', ...usage, '', 'Flags:', ...columns(flags)].join('\n');
}

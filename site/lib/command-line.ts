import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { repositoryRoot } from '../../scripts/stages/root.ts';
import type { Language } from './languages.ts';

/** The Chinese of each sentence of the help, by its English: another English needs another line. */
export const TRANSLATIONS = 'site/content/command-line.zh-CN.yaml';

/** What `npm run -s stage -- --help --json` tells of a command. */
const command = z.object({
  name: z.string(),
  usage: z.string(),
  summary: z.string(),
  options: z.record(
    z.string(),
    z.object({
      type: z.enum(['boolean', 'string']),
      value: z.string().optional(),
      summary: z.string(),
    }),
  ),
});
export type CommandHelp = z.infer<typeof command>;

let read: readonly CommandHelp[] | undefined;
let translations: Readonly<Record<string, string>> | undefined;

/** Every command, as the command line itself tells of it; asked once a build. */
export function commandHelp(): readonly CommandHelp[] {
  const root = repositoryRoot();
  return (read ??= z.array(command).parse(
    JSON.parse(
      execFileSync(process.execPath, ['scripts/stage.ts', '--help', '--json'], {
        cwd: root,
        encoding: 'utf8',
      }),
    ),
  ));
}

/** A command as it is typed: `npm run stage run <stage> [target]`. */
export function callOf({ name, usage }: Pick<CommandHelp, 'name' | 'usage'>): string {
  return ['npm run stage', name, usage].filter(Boolean).join(' ');
}

/**
 * A flag as it is typed.
 *
 * @example flagOf('port', { type: 'string', value: 'number', summary }) // '--port <number>'
 */
export function flagOf(name: string, { type, value }: CommandHelp['options'][string]): string {
  return type === 'string' ? `--${name} <${value ?? 'text'}>` : `--${name}`;
}

/**
 * A sentence of the help in a language. One without a translation stays English; the tests do not let it.
 *
 * @example sentenceIn('Shows a line for each file.', 'zh-CN') // '每个文件只显示一行。'
 */
export function sentenceIn(english: string, language: Language): string {
  return language === 'en' ? english : (helpTranslations()[english] ?? english);
}

/** The translations of the course. */
export function helpTranslations(): Readonly<Record<string, string>> {
  return (translations ??= z
    .record(z.string(), z.string().min(1))
    .parse(parse(readFileSync(join(repositoryRoot(), TRANSLATIONS), 'utf8'))));
}

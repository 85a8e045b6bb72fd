import { expect, it } from 'vitest';
import {
  callOf,
  commandHelp,
  flagOf,
  helpTranslations,
  sentenceIn,
  TRANSLATIONS,
} from './command-line.ts';

it('reads every command from the command line itself', { timeout: 20_000 }, () => {
  const names = commandHelp().map(({ name }) => name);
  expect(names).toContain('run');
  expect(new Set(names).size).toBe(names.length);
});

it('spells a command and its flags', () => {
  expect(callOf({ name: 'run', usage: '<stage> [target]' })).toBe(
    'npm run stage run <stage> [target]',
  );
  expect(flagOf('port', { type: 'string', value: 'number', summary: '' })).toBe('--port <number>');
  expect(flagOf('json', { type: 'boolean', summary: '' })).toBe('--json');
});

it('has the Chinese of every sentence, and of no other', () => {
  const translations = helpTranslations();
  const english = commandHelp().flatMap(({ summary, options }) => [
    summary,
    ...Object.values(options).map((option) => option.summary),
  ]);
  expect(new Set(Object.keys(translations)), `mend ${TRANSLATIONS}`).toEqual(new Set(english));
  expect(sentenceIn('Shows a line for each file.', 'zh-CN')).toBe('每个文件只显示一行。');
});

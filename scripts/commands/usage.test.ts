import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { EXIT } from '../shared/failure.ts';
import { COMMANDS } from './index.ts';
import { runStage } from './testing/command-line.ts';
import { course } from './testing/course.ts';

describe('help', { timeout: 20_000 }, () => {
  it('of all commands', async () => {
    const { code, out, error } = await runStage(['--help']);
    expect({ code, error }).toEqual({ code: EXIT.fine, error: '' });
    expect(out).toMatchSnapshot();
    for (const words of [[], ['help'], ['-h']]) expect((await runStage(words)).out).toBe(out);
  });

  it('of all commands, for programs', async () => {
    const { code, out } = await runStage(['--help', '--json']);
    expect(code).toBe(EXIT.fine);
    const commands = JSON.parse(out) as { name: string; options: object }[];
    expect(commands.map(({ name }) => name)).toEqual(Object.keys(COMMANDS));
    expect(commands.find(({ name }) => name === 'diff')).toMatchObject({
      usage: '<stage> [stage] [path]',
      options: { stat: { type: 'boolean', summary: 'Shows a line for each file.' } },
    });
  });

  it.each(Object.keys(COMMANDS))('of %s', async (name) => {
    const { code, out } = await runStage([name, '--help']);
    expect(code).toBe(EXIT.fine);
    expect(out).toMatchSnapshot();
  });
});

describe('what cannot be right', { timeout: 20_000 }, () => {
  it.each([
    [
      'an unknown command',
      ['dance'],
      'There is no command "dance". See "npm run -s stage -- --help".',
    ],
    ['a property that every object has', ['constructor'], 'There is no command "constructor".'],
    [
      'an unknown flag',
      ['list', '--colour'],
      `"list": Unknown option '--colour'. See "npm run -s stage -- list --help".`,
    ],
    [
      'a flag without its value',
      ['run', '1', '--port'],
      `"run": Option '--port <value>' argument missing.`,
    ],
    ['a missing argument', ['run'], '"run" expected <stage> [target], found no arguments.'],
    ['one argument too many', ['list', 'all'], '"list" does not know what to do with "all".'],
    ['an unknown target', ['run', '1', 'moon'], 'Stage 1 does not run on "moon".'],
    [
      'a port that is none',
      ['run', '1', '--port', '65536'],
      '--port: expected a number from 0 to 65535, found "65536".',
    ],
    [
      'the parent of the first stage',
      ['diff', '1'],
      'Stage 1 has no parent; name the stage to compare with: npm run stage diff 1 2.',
    ],
  ])('%s is usage: one line with the next step', async (_, words, message) => {
    const { code, out, error } = await runStage(words, { stages: course() });
    expect({ code, out }).toEqual({ code: EXIT.usage, out: '' });
    expect(error).toContain(`E_USAGE: ${message}`);
    expect(error).toMatch(/^[^\n]+ See "npm run -s stage -- [^"]*--help"\.\n$/);
  });

  it.each([
    ['run', '9'],
    ['diff', '1', '9'],
    ['diff', '9', 'app.ts'],
    ['diff', '1', 'nine', 'app.ts'],
    ['checkout', '9'],
  ])('an unknown stage: %s %s', async (...words) => {
    const { code, error } = await runStage(words, { stages: course() });
    expect(code).toBe(EXIT.usage);
    expect(error).toMatch(
      /^E_STAGE_UNKNOWN: no stage is called "(9|nine)"\. Stages: 1 \(01-one\), 2 \(02-two\)\..*\n$/,
    );
  });

  it('a broken stage.json fails every command in one line', async () => {
    const stages = course();
    writeFileSync(join(stages, '02-two/stage.json'), '{}');
    for (const words of [
      ['list'],
      ['diff', '1', '2'],
      ['lineage'],
      ['checkout', '1', join(stages, '../no')],
    ]) {
      const { code, error } = await runStage(words, { stages });
      expect(code).toBe(EXIT.checkFailed);
      expect(error).toMatch(/^E_STAGE_INVALID: stages\/02-two\/stage\.json: id: [^\n]*\n$/);
    }
    expect(existsSync(join(stages, '../no'))).toBe(false);
  });

  it('a fault of our own has a code of its own and shows where it is', async () => {
    const { code, error } = await runStage(['list'], { stages: join(course(), '01-one/app.ts') });
    expect(code).toBe(EXIT.bug);
    expect(error).toMatch(/^E_BUG: .*report it:\nError: ENOTDIR/);
  });
});

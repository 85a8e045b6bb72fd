import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { EXIT } from '../shared/failure.ts';
import { blobId } from '../stages/files.ts';
import { temporaryFolder, writeFiles, writeStages } from '../stages/testing/fixture.ts';
import { COMMANDS } from './index.ts';
import { runStage } from './testing/command-line.ts';

const reason = { en: 'todos move into a file', 'zh-CN': '待办写入文件' };
const base = blobId(Buffer.from('let a = 1;\n'));
const lock = (version: string) => JSON.stringify({ packages: { 'node_modules/x': { version } } });

/** Two stages: one file changed, one renamed, a lockfile and an equal file. */
function course(): string {
  return writeStages(
    [
      '01-one',
      { 'app.ts': 'let a = 1;\n', 'old.ts': 'x\ny\n', 'package-lock.json': lock('1'), same: '' },
    ],
    [
      '02-two',
      { 'app.ts': 'let a = 2;\n', 'new.ts': 'x\ny\n', 'package-lock.json': lock('2'), same: '' },
      {
        from: '01-one',
        changes: [
          { kind: 'changed', path: 'app.ts', reason, base },
          {
            kind: 'renamed',
            path: 'new.ts',
            was: 'old.ts',
            reason,
            base: blobId(Buffer.from('x\ny\n')),
          },
          {
            kind: 'changed',
            path: 'package-lock.json',
            reason,
            base: blobId(Buffer.from(lock('1'))),
          },
        ],
      },
    ],
  );
}

describe('help', { timeout: 20_000 }, () => {
  it('of all commands', async () => {
    const { code, out, error } = await runStage(['--help']);
    expect({ code, error }).toEqual({ code: EXIT.fine, error: '' });
    expect(out).toMatchSnapshot();
    for (const words of [[], ['help'], ['-h']]) expect((await runStage(words)).out).toBe(out);
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
      'Stage 1 has no parent; name the stage to compare with.',
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

describe('list', { timeout: 20_000 }, () => {
  it('shows every stage, and tells programs the same', async () => {
    const stages = course();
    const { out } = await runStage(['list'], { stages });
    expect(out).toContain('1  01-one  Title of 01-one');
    expect(out).toContain('   Problem: Problem of 02-two');
    const { out: json } = await runStage(['list', '--json'], { stages });
    expect(JSON.parse(json)).toMatchObject([
      { number: 1, id: '01-one', from: null },
      { number: 2, id: '02-two', from: '01-one', title: { en: 'Title of 02-two' } },
    ]);
  });
});

describe('diff', { timeout: 20_000 }, () => {
  it('shows patches with the declared reasons; a lockfile is one line', async () => {
    const { code, out } = await runStage(['diff', '1', '2'], { stages: course() });
    expect(code).toBe(EXIT.fine);
    expect(out).toBe(`M app.ts
  todos move into a file
--- 01-one/app.ts
+++ 02-two/app.ts
@@ -1,1 +1,1 @@
-let a = 1;
+let a = 2;

R old.ts -> new.ts
  todos move into a file

M package-lock.json  packages: 0 added, 0 removed, 1 at another version
  todos move into a file

`);
  });

  it('compares with the parent, in both directions, a part, and briefly', async () => {
    const stages = course();
    const out = async (...words: string[]) => (await runStage(['diff', ...words], { stages })).out;
    expect(await out('2')).toBe(await out('1', '2'));
    expect(await out('2', 'app.ts')).toBe(await out('one', 'two', './app.ts'));
    expect(await out('2', '1', 'app.ts')).toContain('+let a = 1;');
    expect(await out('2', '--stat')).toBe(
      [
        'M  app.ts             +1 -1',
        'R  old.ts -> new.ts   +0 -0',
        'M  package-lock.json  packages: 0 added, 0 removed, 1 at another version',
        '3 files, +1 -1 lines\n',
      ].join('\n'),
    );
    expect(JSON.parse(await out('2', 'old.ts', '--json'))).toMatchObject({
      before: '01-one',
      after: '02-two',
      files: [{ status: 'R', path: 'new.ts', was: 'old.ts', hunks: [] }],
    });
  });

  it('tells an equal file from one that is not there', async () => {
    const stages = course();
    const equal = await runStage(['diff', '1', '2', 'same'], { stages });
    expect(equal).toMatchObject({
      code: 0,
      out: '',
      error: 'same is the same in 01-one and 02-two.\n',
    });
    const unknown = await runStage(['diff', '1', '2', 'sane'], { stages });
    expect(unknown).toMatchObject({ code: EXIT.usage, out: '' });
    expect(unknown.error).toMatch(/^E_PATH_UNKNOWN: neither 01-one nor 02-two has "sane"\./);
  });

  it('is coloured when asked to be, and never with NO_COLOR', async () => {
    const stages = course();
    const coloured = async (environment: Record<string, string>) =>
      (await runStage(['diff', '2'], { stages, environment })).out.includes(
        '\u001b[32m+let a = 2;',
      );
    expect(await coloured({ FORCE_COLOR: '1' })).toBe(true);
    expect(await coloured({ FORCE_COLOR: '1', NO_COLOR: '1' })).toBe(false);
  });
});

describe('checkout', { timeout: 20_000 }, () => {
  it('takes a path from where the reader is, also through npm', async () => {
    const [stages, directory] = [course(), temporaryFolder()];
    const direct = await runStage(['checkout', '2', 'copy'], { stages, directory });
    expect(direct).toMatchObject({ code: 0, out: `02-two is in ${join(directory, 'copy')}\n` });
    const environment = { npm_lifecycle_event: 'stage', INIT_CWD: directory };
    await runStage(['checkout', '2', 'by-npm'], { stages, environment });
    expect(readdirSync(directory).toSorted()).toEqual(['by-npm', 'copy']);
    expect(readdirSync(join(directory, 'copy')).toSorted()).toEqual(
      ['app.ts', 'new.ts', 'package-lock.json', 'same', 'stage.json'].toSorted(),
    );
    const again = await runStage(['checkout', '2', 'copy'], { stages, directory });
    expect(again.code).toBe(EXIT.usage);
    expect(again.error).toContain('E_CHECKOUT_FOLDER');
  });

  it('makes a history up to the stage', async () => {
    const [stages, directory] = [course(), temporaryFolder()];
    const { error } = await runStage(['checkout', '2', 'copy', '--history'], { stages, directory });
    expect(error).toContain('git diff stage-1 stage-2');
    expect(existsSync(join(directory, 'copy/.git/refs/tags/stage-2'))).toBe(true);
  });
});

describe('lineage and propagate', { timeout: 20_000 }, () => {
  it('tell in exit codes whether all is well', async () => {
    const stages = course();
    const fine = await runStage(['lineage'], { stages });
    expect(fine).toMatchObject({
      code: EXIT.fine,
      out: '2 stages: all equal to their parents but for 3 declared changes\n',
    });
    writeFiles(stages, { '02-two/same': 'drifted' });
    const drifted = await runStage(['lineage'], { stages });
    expect(drifted.code).toBe(EXIT.checkFailed);
    expect(drifted.out).toMatch(/^E_STAGE_DRIFT: 02-two\/same differs from 01-one\./);
    expect(JSON.parse((await runStage(['lineage', '--json'], { stages })).out)).toMatchObject([
      { code: 'E_STAGE_DRIFT', stage: '02-two', path: 'same' },
    ]);
    const stopped = await runStage(['propagate'], { stages });
    expect(stopped.code).toBe(EXIT.checkFailed);
    expect(stopped.out).toContain(
      'E_PROPAGATION_STOPPED: 02-two/same differs from 01-one and is not committed.',
    );
  });
});

describe('doctor', { timeout: 20_000 }, () => {
  it('tells targets and tools, and what is needed and missing', async () => {
    const { code, out } = await runStage(['doctor', '--json']);
    expect(code).toBe(EXIT.fine);
    const { targets, tools } = JSON.parse(out) as Record<
      string,
      { target?: string; name?: string }[]
    >;
    expect(targets?.map(({ target }) => target)).toEqual(expect.arrayContaining(['process', 'fc']));
    expect(tools?.map(({ name }) => name)).toEqual([
      'node',
      'npm',
      'git',
      'docker',
      'kubectl',
      'browser',
    ]);
    const empty = await runStage(['doctor'], {
      environment: { PATH: temporaryFolder(), CHROMIUM_PATH: '' },
    });
    expect(empty.code).toBe(EXIT.checkFailed);
    expect(empty.out).toMatch(/node +no +runs a checked-out stage\. Install Node 20 or newer/);
  });
});

describe('clean', { timeout: 20_000 }, () => {
  it('deletes what runs leave, says what, and keeps the rest', async () => {
    const stages = course();
    const root = dirname(stages);
    // Elsewhere other tests' folders may come and go.
    const environment = { TMPDIR: temporaryFolder() };
    writeFiles(stages, { '01-one/db.json': '{}', '02-two/dist/a.js': '' });
    writeFiles(root, { 'dist/index.html': '', 'README.md': '' });
    const first = await runStage(['clean'], { stages, environment });
    expect(first.code).toBe(EXIT.fine);
    const deleted = ['dist', 'stages/01-one/db.json', 'stages/02-two/dist'];
    for (const path of deleted) {
      expect(first.out).toContain(`deleted ${path}\n`);
      expect(existsSync(join(root, path))).toBe(false);
    }
    expect(existsSync(join(root, 'README.md'))).toBe(true);
    expect(existsSync(join(stages, '01-one/app.ts'))).toBe(true);
    expect((await runStage(['clean'], { stages, environment })).out).toBe('Nothing to delete.\n');
  });
});

import { chmodSync, existsSync, mkdirSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { EXIT } from '../shared/failure.ts';
import { checkoutHistory, checkoutStage } from './checkout.ts';
import { gitText } from './git.ts';
import { makeStages, temporaryFolder, writeFiles } from './testing/fixture.ts';

const MARKED = '// #region a\nlet a = 1;\n// #endregion a\n';

function firstOf(files: Readonly<Record<string, string>>) {
  const [stage] = makeStages(['01-one', files]);
  if (!stage) throw new Error('expected a stage');
  return stage;
}

describe('checkout', () => {
  it('writes the files of a stage without markers and without what runs left', async () => {
    const stage = firstOf({
      'index.ts': MARKED,
      'lib/run.sh': '#!/bin/sh\n# #region x\ntrue\n# #endregion x\n',
      'db.json': '{}',
      'node_modules/x/a.js': '',
      'public/icon.bin': 'a\0// #region a\n',
    });
    chmodSync(join(stage.directory, 'lib/run.sh'), 0o755);
    const target = await checkoutStage(stage, join(temporaryFolder(), 'deep', 'copy'));
    const written = ['index.ts', 'lib', 'lib/run.sh', 'public', 'public/icon.bin', 'stage.json'];
    expect(new Set(readdirSync(target, { recursive: true, encoding: 'utf8' }))).toEqual(
      new Set(written),
    );
    expect(readFileSync(join(target, 'index.ts'), 'utf8')).toBe('let a = 1;\n');
    expect(readFileSync(join(target, 'public/icon.bin'), 'utf8')).toBe('a\0// #region a\n');
    expect(statSync(join(target, 'lib/run.sh')).mode & 0o777).toBe(0o755);
  });

  it('puts the local cloud beside a stage that needs one', async () => {
    const [stage] = makeStages([
      '03-table',
      { 'local/start.mjs': 'start();\n', 'local/cloud.mjs': 'old', 'local/tables.log': 'todos' },
      { services: { tablestore: {} } },
    ]);
    if (!stage) throw new Error('expected a stage');
    const target = await checkoutStage(stage, join(temporaryFolder(), 'copy'));
    expect(readdirSync(join(target, 'local')).toSorted()).toEqual(['cloud.mjs', 'start.mjs']);
    expect(readFileSync(join(target, 'local/cloud.mjs'), 'utf8')).toContain('startCloud');
  });

  it('fills an empty folder and refuses any other one untouched', async () => {
    const stage = firstOf({ 'index.ts': MARKED });
    const folder = temporaryFolder();
    const refusal = (target: string) =>
      checkoutStage(stage, target).then(
        () => Promise.reject(new Error('expected a refusal')),
        (error: unknown) => error,
      );
    mkdirSync(join(folder, 'empty'));
    await checkoutStage(stage, join(folder, 'empty'));
    expect(existsSync(join(folder, 'empty/index.ts'))).toBe(true);

    writeFiles(folder, { 'full/mine.txt': 'mine' });
    for (const [target, found] of [
      ['full', 'found one with 1 entries'],
      ['full/mine.txt', 'found a file'],
    ] as const) {
      expect(await refusal(join(folder, target))).toMatchObject({
        code: 'E_CHECKOUT_FOLDER',
        exitCode: EXIT.usage,
        message: expect.stringContaining(found),
      });
    }
    expect(await refusal(join(stage.directory, '..', '09-mine'))).toMatchObject({
      message: expect.stringContaining('expected a folder outside'),
    });
    expect(readdirSync(join(folder, 'full'))).toEqual(['mine.txt']);
    expect(readdirSync(folder).toSorted()).toEqual(['empty', 'full']);
  });

  it('leaves nothing when it fails half-way', async () => {
    const stage = firstOf({ 'index.ts': MARKED });
    const [good, bad] = [stage, { ...stage, directory: join(stage.directory, 'not-there') }];
    const folder = temporaryFolder();
    for (const name of [join('a', 'b', 'copy'), 'copy'])
      await expect(checkoutHistory([good, bad], join(folder, name))).rejects.toThrow('ENOENT');
    expect(readdirSync(folder)).toEqual([]);
  });

  it('makes a history with a commit and a tag for each stage', async () => {
    const [one, two] = makeStages(
      ['01-one', { 'app.ts': MARKED, 'old.ts': 'old\nfile\nhere\n' }],
      ['02-two', { 'app.ts': 'let a = 2;\n', 'new.ts': 'old\nfile\nhere\n' }, { from: '01-one' }],
    );
    if (!one || !two) throw new Error('expected two stages');
    const target = await checkoutHistory([one, two], join(temporaryFolder(), 'history'));
    const run = (...words: string[]) => gitText(target, words);
    expect(run('log', '--reverse', '--format=%s|%an|%D')).toBe(
      'Stage 1: Title of 01-one|Serverless Evolution|tag: stage-1\n' +
        'Stage 2: Title of 02-two|Serverless Evolution|HEAD -> main, tag: stage-2',
    );
    expect(run('diff', '--name-status', '--find-renames', 'stage-1', 'stage-2')).toBe(
      'M\tapp.ts\nR100\told.ts\tnew.ts\nM\tstage.json',
    );
    expect(run('status', '--porcelain')).toBe('');
    expect(run('show', 'stage-1:app.ts')).toBe('let a = 1;');
  });
});

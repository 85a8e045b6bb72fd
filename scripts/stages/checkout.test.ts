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
  it('writes the files of a stage without markers and without what runs left', () => {
    const stage = firstOf({
      'index.ts': MARKED,
      'lib/run.sh': '#!/bin/sh\n# #region x\ntrue\n# #endregion x\n',
      'db.json': '{}',
      'node_modules/x/a.js': '',
      'public/icon.bin': 'a\0// #region a\n',
    });
    chmodSync(join(stage.directory, 'lib/run.sh'), 0o755);
    const target = checkoutStage(stage, join(temporaryFolder(), 'deep', 'copy'));
    const written = ['index.ts', 'lib', 'lib/run.sh', 'public', 'public/icon.bin', 'stage.json'];
    expect(new Set(readdirSync(target, { recursive: true, encoding: 'utf8' }))).toEqual(
      new Set(written),
    );
    expect(readFileSync(join(target, 'index.ts'), 'utf8')).toBe('let a = 1;\n');
    expect(readFileSync(join(target, 'public/icon.bin'), 'utf8')).toBe('a\0// #region a\n');
    expect(statSync(join(target, 'lib/run.sh')).mode & 0o777).toBe(0o755);
  });

  it('fills an empty folder and refuses any other one untouched', () => {
    const stage = firstOf({ 'index.ts': MARKED });
    const folder = temporaryFolder();
    const refusal = (target: string) => {
      try {
        checkoutStage(stage, target);
      } catch (error) {
        return error;
      }
      throw new Error('expected a refusal');
    };
    mkdirSync(join(folder, 'empty'));
    checkoutStage(stage, join(folder, 'empty'));
    expect(existsSync(join(folder, 'empty/index.ts'))).toBe(true);

    writeFiles(folder, { 'full/mine.txt': 'mine' });
    for (const [target, found] of [
      ['full', 'found one with 1 entries'],
      ['full/mine.txt', 'found a file'],
    ] as const) {
      expect(refusal(join(folder, target))).toMatchObject({
        code: 'E_CHECKOUT_FOLDER',
        exitCode: EXIT.usage,
        message: expect.stringContaining(found),
      });
    }
    expect(refusal(join(stage.directory, '..', '09-mine'))).toMatchObject({
      message: expect.stringContaining('expected a folder outside'),
    });
    expect(readdirSync(join(folder, 'full'))).toEqual(['mine.txt']);
    expect(readdirSync(folder).toSorted()).toEqual(['empty', 'full']);
  });

  it('leaves nothing when it fails half-way', () => {
    const stage = firstOf({ 'index.ts': MARKED });
    const [good, bad] = [stage, { ...stage, directory: join(stage.directory, 'not-there') }];
    const folder = temporaryFolder();
    expect(() => checkoutHistory([good, bad], join(folder, 'a', 'b', 'copy'))).toThrow('ENOENT');
    expect(() => checkoutHistory([good, bad], join(folder, 'copy'))).toThrow('ENOENT');
    expect(readdirSync(folder)).toEqual([]);
  });

  it('makes a history with a commit and a tag for each stage', () => {
    const [one, two] = makeStages(
      ['01-one', { 'app.ts': MARKED, 'old.ts': 'old\nfile\nhere\n' }],
      ['02-two', { 'app.ts': 'let a = 2;\n', 'new.ts': 'old\nfile\nhere\n' }, { from: '01-one' }],
    );
    if (!one || !two) throw new Error('expected two stages');
    const target = checkoutHistory([one, two], join(temporaryFolder(), 'history'));
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

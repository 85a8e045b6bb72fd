import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readStages } from './catalogue.ts';
import { blobId } from './files.ts';
import { checkLineage } from './lineage.ts';
import type { StageDescription } from './schema.ts';
import { makeStages } from './testing/fixture.ts';
import type { FileTexts } from './testing/fixture.ts';

const reason = { en: 'because', 'zh-CN': '因为' };
const id = (text: string) => blobId(Buffer.from(text));

function problems(
  parent: FileTexts,
  own: FileTexts,
  changes: StageDescription['changes'] = [],
): string[] {
  const stages = makeStages(['01-one', parent], ['02-two', own, { from: '01-one', changes }]);
  return checkLineage(stages).map(({ code, message }) => `${code}: ${message}`);
}

describe('the lineage', () => {
  it('of the course holds', () => {
    expect(checkLineage(readStages())).toEqual([]);
  });

  it('holds when what is not declared equals the parent', () => {
    expect(problems({ 'app.ts': 'x' }, { 'app.ts': 'x' })).toEqual([]);
  });

  it('ignores stage.json, recorded runs and what runs leave', () => {
    expect(
      problems({ 'a.run.json': '1' }, { 'a.run.json': '2', 'db.json': '{}', 'dist/a.js': '' }),
    ).toEqual([]);
  });

  it('holds for every kind of declared change', () => {
    const parent = { 'app.ts': 'a', 'old.ts': 'b', 'was.ts': 'c' };
    const own = { 'app.ts': 'A', 'new.ts': 'd', 'is.ts': 'c' };
    expect(
      problems(parent, own, [
        { kind: 'changed', path: 'app.ts', reason, base: id('a') },
        { kind: 'removed', path: 'old.ts', reason, base: id('b') },
        { kind: 'renamed', path: 'is.ts', was: 'was.ts', reason, base: id('c') },
        { kind: 'added', path: 'new.ts', reason },
      ]),
    ).toEqual([]);
  });

  it('tells a concern that leads from or to a file that is not there', () => {
    const concern = { title: { en: 'Start', 'zh-CN': '启动' }, note: reason };
    const stages = makeStages(
      ['01-one', { 'app.ts': 'a' }],
      [
        '02-two',
        { 'app.ts': 'a' },
        {
          from: '01-one',
          concerns: [
            { ...concern, was: ['app.ts'], now: ['app.ts'] },
            { ...concern, was: ['gone.ts'], now: ['missing.ts'] },
          ],
        },
      ],
    );
    expect(checkLineage(stages).map(({ message }) => message)).toEqual([
      '02-two/stage.json: concern "Start" expected the file 01-one/gone.ts, found none. Correct the path.',
      '02-two/stage.json: concern "Start" expected the file 02-two/missing.ts, found none. Correct the path.',
    ]);
  });

  it('tells a drift, whichever side it is on, with what to do', () => {
    expect(
      problems({ 'src/app.ts': 'a', 'only.ts': '' }, { 'src/app.ts': 'b', 'extra.ts': '' }),
    ).toEqual([
      'E_STAGE_DRIFT: 02-two/extra.ts is not in 01-one. Delete it or declare it in stage.json as "added".',
      'E_STAGE_DRIFT: 02-two/only.ts is missing, 01-one has it. Run "npm run stage propagate" or declare it in stage.json as "removed".',
      'E_STAGE_DRIFT: 02-two/src/app.ts differs from 01-one. Run "npm run stage propagate" or declare it in stage.json as "changed".',
    ]);
  });

  it('sees a single byte, a line end among them', () => {
    expect(problems({ a: 'x\n' }, { a: 'x\r\n' })).toHaveLength(1);
  });

  it.each<[string, FileTexts, FileTexts, StageDescription['changes'][number], string]>([
    [
      'changed, but equal',
      { a: 'x' },
      { a: 'x' },
      { kind: 'changed', path: 'a', reason, base: id('x') },
      'it equals the parent',
    ],
    [
      'changed, but not in the parent',
      {},
      { a: 'x' },
      { kind: 'changed', path: 'a', reason, base: id('x') },
      'the parent has no a',
    ],
    [
      'changed, but gone',
      { a: 'x' },
      {},
      { kind: 'changed', path: 'a', reason, base: id('x') },
      'the stage has no such file',
    ],
    [
      'added, but inherited',
      { a: 'x' },
      { a: 'x' },
      { kind: 'added', path: 'a', reason },
      'the parent has it too',
    ],
    [
      'added, but not there',
      {},
      {},
      { kind: 'added', path: 'a', reason },
      'the stage has no such file',
    ],
    [
      'removed, but there',
      { a: 'x' },
      { a: 'x' },
      { kind: 'removed', path: 'a', reason, base: id('x') },
      'the stage has it',
    ],
    [
      'renamed, but the old one is still there',
      { a: 'x' },
      { a: 'x', b: 'x' },
      { kind: 'renamed', path: 'b', was: 'a', reason, base: id('x') },
      'the stage still has a',
    ],
  ])('tells a stale declaration: %s', (_, parent, own, change, why) => {
    expect(problems(parent, own, [change])).toEqual([
      `E_STAGE_STALE: 02-two/stage.json declares ${change.path} as "${change.kind}", but ${why}. Correct or delete the entry.`,
    ]);
  });

  it.each<StageDescription['changes'][number]>([
    { kind: 'changed', path: 'a', reason, base: id('reviewed') },
    { kind: 'removed', path: 'a', reason, base: id('reviewed') },
    { kind: 'renamed', path: 'b', was: 'a', reason, base: id('reviewed') },
  ])('tells that the parent of a $kind file moved, and which stage to review', (change) => {
    const own = change.kind === 'removed' ? {} : { [change.path]: 'mine' };
    const [problem, ...rest] = problems({ a: 'fixed' }, own, [change]);
    expect(rest).toEqual([]);
    expect(problem).toMatch(/^E_PARENT_MOVED: 01-one\/a moved: .*, review 02\. Run /);
    expect(problem).toContain(`set "base" to ${id('fixed')} in stage.json`);
  });

  it('tells conflict markers that were forgotten', () => {
    const text = '<<<<<<< mine\na\n=======\nb\n>>>>>>> theirs\n';
    expect(problems({ a: text }, { a: text }).map((line) => line.split(':')[0])).toEqual([
      'E_MERGE_UNFINISHED',
      'E_MERGE_UNFINISHED',
    ]);
  });

  it('tells files and regions of a description that are not there', () => {
    const stages = makeStages([
      '01-one',
      { 'app.ts': '// #region routes\nx\n// #endregion routes\n', 'bad.ts': '// #region x\n' },
      {
        targets: { process: { entry: 'index.ts' }, fc: { build: 'build:fc', manifest: 's.yaml' } },
        diagram: {
          app: { file: 'app.ts', region: 'routes' },
          store: { file: 'app.ts', region: 'rout' },
          page: { file: 'public/index.html' },
        },
      },
    ]);
    expect(checkLineage(stages).map(({ message }) => message)).toEqual([
      expect.stringContaining('01-one/bad.ts:1: expected "#endregion x"'),
      expect.stringContaining('diagram.store expected the region "rout" in app.ts, found routes.'),
      expect.stringContaining('diagram.page expected the file public/index.html, found none.'),
      expect.stringContaining('targets.process.entry expected the file index.ts'),
      expect.stringContaining('targets.fc.manifest expected the file s.yaml'),
    ]);
  });

  it('follows an edit and its undoing', () => {
    const stages = makeStages(['01-one', { a: 'x' }], ['02-two', { a: 'x' }, { from: '01-one' }]);
    const file = join(stages[0]?.directory ?? '', 'a');
    writeFileSync(file, 'y');
    expect(checkLineage(stages)).toHaveLength(1);
    rmSync(file);
    expect(checkLineage(stages)).toHaveLength(1);
    writeFileSync(file, 'x');
    expect(checkLineage(stages)).toEqual([]);
  });
});

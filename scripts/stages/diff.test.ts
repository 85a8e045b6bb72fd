import { describe, expect, it } from 'vitest';
import { diffFiles, diffStages } from './diff.ts';
import type { Files } from './files.ts';
import { compareLockfiles } from './lockfile.ts';
import { similarity } from './similarity.ts';
import { makeStages } from './testing/fixture.ts';

function files(texts: Readonly<Record<string, string>>): Files {
  return new Map(Object.entries(texts).map(([path, text]) => [path, Buffer.from(text)]));
}

const TEN = Array.from({ length: 10 }, (_, index) => `line ${index}\n`).join('');
const heads = (before: Files, after: Files) =>
  diffFiles(before, after).map(({ status, path, was }) =>
    [status, path, was].filter(Boolean).join(' '),
  );

describe('the diff of two stages', () => {
  it('lists what was added, modified and deleted by path, and nothing equal', () => {
    const before = files({ same: 'x', gone: 'old\n', changed: 'a\n' });
    expect(heads(before, files({ same: 'x', fresh: 'new\n', changed: 'b\n' }))).toEqual([
      'M changed',
      'A fresh',
      'D gone',
    ]);
  });

  it('numbers the lines of both sides', () => {
    const [file] = diffFiles(files({ f: 'a\nb\nc\n' }), files({ f: 'a\nB\nc\nd\n' }));
    if (file?.content !== 'text') throw new Error('expected a text');
    expect([file.added, file.removed]).toEqual([2, 1]);
    expect(file.hunks).toEqual([
      {
        before: { start: 1, count: 3 },
        after: { start: 1, count: 4 },
        lines: [
          { kind: 'same', text: 'a', before: 1, after: 1 },
          { kind: 'removed', text: 'b', before: 2 },
          { kind: 'added', text: 'B', after: 2 },
          { kind: 'same', text: 'c', before: 3, after: 3 },
          { kind: 'added', text: 'd', after: 4 },
        ],
      },
    ]);
  });

  it('begins an empty range before the first line', () => {
    const [file] = diffFiles(files({}), files({ f: 'a\n' }));
    expect(file?.content === 'text' && file.hunks[0]).toEqual({
      before: { start: 0, count: 0 },
      after: { start: 1, count: 1 },
      lines: [{ kind: 'added', text: 'a', after: 1 }],
    });
  });

  it('says when a last line has no line break', () => {
    const [file] = diffFiles(files({ f: 'a' }), files({ f: 'a\n' }));
    const lines = file?.content === 'text' ? file.hunks[0]?.lines : [];
    expect(lines).toEqual([
      { kind: 'removed', text: 'a', before: 1, isLastWithoutBreak: true },
      { kind: 'added', text: 'a', after: 1 },
    ]);
  });

  it('shows three lines around a change, more when asked, and the whole file for Infinity', () => {
    const after = TEN.replace('line 5', 'line V');
    const sizes = [3, 1, Number.POSITIVE_INFINITY].map((context) => {
      const [file] = diffFiles(files({ f: TEN }), files({ f: after }), { context });
      return file?.content === 'text' ? file.hunks[0]?.lines.length : undefined;
    });
    expect(sizes).toEqual([8, 4, 11]);
  });

  it('sees a rename from half the lines on, and pairs the most alike', () => {
    const half = TEN.replace(/line [0-4]\n/g, 'other\n');
    expect(similarity(TEN, half)).toBe(0.5);
    expect(heads(files({ old: TEN }), files({ moved: half }))).toEqual(['R moved old']);
    const less = half.replace('line 5', 'other');
    expect(heads(files({ old: TEN }), files({ moved: less }))).toEqual(['A moved', 'D old']);
    expect(heads(files({ old: TEN }), files({ far: half, near: TEN }))).toEqual([
      'A far',
      'R near old',
    ]);
  });

  it('takes a declared rename as declared', () => {
    const renames = [{ was: 'old', path: 'far' }];
    const found = diffFiles(files({ old: TEN }), files({ far: 'new\n', near: TEN }), { renames });
    expect(found.map(({ status, path }) => status + path)).toEqual(['Rfar', 'Anear']);
  });

  it('counts the packages of a lockfile and names a binary file', () => {
    const lock = (packages: Record<string, string>) =>
      JSON.stringify({
        packages: Object.fromEntries(
          Object.entries(packages).map(([name, version]) => [name, { version }]),
        ),
      });
    const before = lock({ '': '1', a: '1', b: '1' });
    const after = lock({ '': '2', a: '2', c: '1', d: '1' });
    expect(compareLockfiles(before, after)).toEqual({ added: 2, removed: 1, changed: 1 });
    const found = diffFiles(
      files({ 'package-lock.json': before, image: 'a\0' }),
      files({ 'package-lock.json': after, image: 'b\0' }),
    );
    expect(found).toEqual([
      { status: 'M', path: 'image', content: 'binary' },
      {
        status: 'M',
        path: 'package-lock.json',
        content: 'lockfile',
        packages: { added: 2, removed: 1, changed: 1 },
      },
    ]);
  });

  it('shows stages as readers get them: without markers, stage.json and recorded runs', () => {
    const reason = { en: 'moved', 'zh-CN': '移动' };
    const base = '0'.repeat(40);
    const [one, two] = makeStages(
      [
        '01-one',
        {
          'a.ts': '// #region x\nlet a;\n// #endregion x\n',
          'old.ts': 'x\nz\n',
          'e/r.run.json': '1',
        },
      ],
      [
        '02-two',
        { 'a.ts': 'let a;\n', 'new.ts': 'y\nz\n', 'e/r.run.json': '2' },
        {
          from: '01-one',
          changes: [{ kind: 'renamed', path: 'new.ts', was: 'old.ts', reason, base }],
        },
      ],
    );
    if (!one || !two) throw new Error('expected two stages');
    const shown = (...pair: Parameters<typeof diffStages>) =>
      diffStages(...pair).map(({ status, path, was }) => [status, path, was].join(' ').trim());
    expect(shown(one, two)).toEqual(['R new.ts old.ts']);
    expect(shown(two, one)).toEqual(['R old.ts new.ts']);
    const undeclared = { ...two, changes: [] };
    expect(shown(one, undeclared)).toEqual(['A new.ts', 'D old.ts']);
    expect(shown(one, { ...undeclared, from: null })).toEqual(['R new.ts old.ts']);
  });
});

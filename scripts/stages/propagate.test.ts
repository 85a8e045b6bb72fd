import { existsSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readStages } from './catalogue.ts';
import { blobId } from './files.ts';
import { checkLineage } from './lineage.ts';
import { propagate, rebased } from './propagate.ts';
import type { StageDescription } from './schema.ts';
import { commitAll, writeFiles, writeStages } from './testing/fixture.ts';
import type { FileTexts } from './testing/fixture.ts';

const reason = { en: 'because', 'zh-CN': '因为' };
const id = (text: string) => blobId(Buffer.from(text));
const LINES = ['one', 'two', 'three', 'four', 'five', 'six', 'seven'];
const text = (edit: Readonly<Record<string, string>> = {}) =>
  LINES.map((line) => `${edit[line] ?? line}\n`).join('');

/** Three stages under git: 02 is made from 01, 03 from 02. */
function course(
  first: FileTexts,
  second: FileTexts,
  secondChanges: StageDescription['changes'] = [],
  third: FileTexts = second,
  thirdChanges: StageDescription['changes'] = [],
) {
  const root = writeStages(
    ['01-one', first],
    ['02-two', second, { from: '01-one', changes: secondChanges }],
    ['03-three', third, { from: '02-two', changes: thirdChanges }],
  );
  commitAll(root);
  return {
    root,
    read: (path: string) => readFileSync(join(root, path), 'utf8'),
    write: (path: string, content: string) => writeFiles(root, { [path]: content }),
    run: () =>
      propagate(readStages(root)).flatMap(({ stage, actions }) =>
        actions.map(({ kind, path }) => `${kind} ${stage.id}/${path}`),
      ),
    problems: () => checkLineage(readStages(root)).map(({ code, path }) => `${code} ${path}`),
  };
}

describe('propagate', () => {
  it('carries an edit, a new file and a removal through all later stages', () => {
    const { run, read, write, root, problems } = course(
      { a: 'x', gone: 'old' },
      { a: 'x', gone: 'old' },
    );
    write('01-one/a', 'fixed');
    write('01-one/lib/new.ts', 'fresh');
    rmSync(join(root, '01-one/gone'));
    expect(run()).toEqual([
      'write 02-two/a',
      'delete 02-two/gone',
      'write 02-two/lib/new.ts',
      'write 03-three/a',
      'delete 03-three/gone',
      'write 03-three/lib/new.ts',
    ]);
    expect(read('03-three/a')).toBe('fixed');
    expect(read('03-three/lib/new.ts')).toBe('fresh');
    expect(existsSync(join(root, '03-three/gone'))).toBe(false);
    expect(problems()).toEqual([]);
    expect(run()).toEqual([]);
  });

  it('writes only what changes', () => {
    const { run, write, root } = course({ a: 'x', b: 'y' }, { a: 'x', b: 'y' });
    const untouched = ['02-two/b', '02-two/stage.json', '01-one/b'].map((path) => join(root, path));
    for (const file of untouched) utimesSync(file, 1, 1);
    write('01-one/a', 'fixed');
    run();
    expect(untouched.map((file) => statSync(file).mtimeMs)).toEqual([1000, 1000, 1000]);
  });

  it('merges a declared change with what moved in the parent, stage after stage', () => {
    const mine = text({ two: 'TWO' });
    const latest = text({ two: 'TWO', seven: 'SEVEN' });
    const { run, read, write, problems } = course(
      { a: text() },
      { a: mine },
      [{ kind: 'changed', path: 'a', reason, base: id(text()) }],
      { a: latest },
      [{ kind: 'changed', path: 'a', reason, base: id(mine) }],
    );
    write('01-one/a', text({ five: 'FIVE' }));
    expect(problems()).toEqual(['E_PARENT_MOVED a']);
    expect(run()).toEqual([
      'write 02-two/a',
      'review 02-two/a',
      'write 03-three/a',
      'review 03-three/a',
    ]);
    expect(read('02-two/a')).toBe(text({ two: 'TWO', five: 'FIVE' }));
    expect(read('03-three/a')).toBe(text({ two: 'TWO', five: 'FIVE', seven: 'SEVEN' }));
    expect(problems()).toEqual([]);
    // Not committed in between: the reviewed content is kept all the same.
    write('01-one/a', text({ five: 'FIFTH' }));
    expect(run()).toHaveLength(4);
    expect(read('03-three/a')).toBe(text({ two: 'TWO', five: 'FIFTH', seven: 'SEVEN' }));
    expect(problems()).toEqual([]);
  });

  it('follows a renamed file and acknowledges a removed one', () => {
    const { run, read, write, problems } = course(
      { was: text(), gone: 'x' },
      { is: text({ two: 'TWO' }) },
      [
        { kind: 'renamed', path: 'is', was: 'was', reason, base: id(text()) },
        { kind: 'removed', path: 'gone', reason, base: id('x') },
      ],
    );
    write('01-one/was', text({ six: 'SIX' }));
    write('01-one/gone', 'y');
    expect(run()).toEqual([
      'write 02-two/is',
      'review 02-two/is',
      'review 02-two/gone',
      'write 03-three/is',
    ]);
    expect(read('02-two/is')).toBe(text({ two: 'TWO', six: 'SIX' }));
    expect(problems()).toEqual([]);
  });

  it('stops at a conflict, shows both sides, and leaves later stages alone', () => {
    const { run, read, write, problems } = course(
      { a: text(), b: 'x' },
      { a: text({ two: 'TWO' }), b: 'x' },
      [{ kind: 'changed', path: 'a', reason, base: id(text()) }],
    );
    write('01-one/a', text({ two: 'ZWEI' }));
    write('01-one/b', 'fixed');
    expect(run()).toEqual(['write 02-two/b', 'review 02-two/a', 'stop 02-two/a']);
    expect(read('02-two/a')).toContain(
      '<<<<<<< 02-two/a\nTWO\n||||||| reviewed\ntwo\n=======\nZWEI\n>>>>>>> 01-one\n',
    );
    expect(read('03-three/b')).toBe('x');
    expect(problems()).toContain('E_MERGE_UNFINISHED a');

    expect(run()).toEqual(['stop 02-two/a']);
    write('02-two/a', text({ two: 'DEUX' }));
    expect(run()).toEqual(['write 03-three/a', 'write 03-three/b']);
    expect(problems()).toEqual([]);
  });

  it('does not overwrite an edit that git does not hold', () => {
    const { run, read, write } = course({ a: 'x' }, { a: 'x' });
    write('02-two/a', 'my afternoon of work');
    expect(run()).toEqual(['stop 02-two/a']);
    expect(read('02-two/a')).toBe('my afternoon of work');
  });

  it('does not delete a file that the parent never had', () => {
    const { run, root } = course({ a: 'x' }, { a: 'x', extra: 'mine' }, []);
    expect(run()).toEqual(['stop 02-two/extra']);
    expect(existsSync(join(root, '02-two/extra'))).toBe(true);
  });

  it('stops when the reviewed content is lost, or the file is no text, and writes nothing', () => {
    const change = (base: string) => [{ kind: 'changed', path: 'a', reason, base } as const];
    const lost = course({ a: 'x' }, { a: 'y' }, change('1'.repeat(40)));
    expect(lost.run()).toEqual(['stop 02-two/a']);
    const binary = course({ a: 'x\0' }, { a: 'y\0' }, change(id('x\0')));
    binary.write('01-one/a', 'z\0');
    expect(binary.run()).toEqual(['stop 02-two/a']);
    expect(binary.read('02-two/a')).toBe('y\0');
  });

  it('changes nothing of stage.json but the base ids that moved', () => {
    const [a, b, c] = ['a', 'b', 'c'].map((each) => each.repeat(40)) as [string, string, string];
    const changes: StageDescription['changes'] = [
      { kind: 'added', path: 'new', reason },
      { kind: 'changed', path: 'one', reason, base: a },
      { kind: 'removed', path: 'two', reason, base: a },
    ];
    const before = `{ "note": "\\"base\\": \\"${a}\\"", "x": [{"base": "${a}"},   {"base":"${a}"}] }`;
    expect(
      rebased(
        before,
        changes,
        new Map([
          ['two', c],
          ['new', b],
        ]),
      ),
    ).toBe(before.replace(`"base":"${a}"`, `"base":"${c}"`));
  });

  it('says when there is no git around the stages', () => {
    const root = writeStages(['01-one', { a: 'x' }], ['02-two', { a: 'y' }, { from: '01-one' }]);
    expect(existsSync(join(dirname(root), '.git'))).toBe(false);
    writeFileSync(join(root, '01-one/a'), 'fixed');
    const [result] = propagate(readStages(root));
    expect(result?.actions[0]).toMatchObject({ kind: 'stop', path: 'a' });
  });
});

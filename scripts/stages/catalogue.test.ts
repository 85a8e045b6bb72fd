import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { EXIT, Failure } from '../shared/failure.ts';
import { findStage, parentOf, readStages } from './catalogue.ts';
import {
  describeStage,
  makeStages,
  temporaryFolder,
  writeFiles,
  writeStages,
} from './testing/fixture.ts';

function failureOf(work: () => unknown): Failure {
  try {
    work();
  } catch (error) {
    if (error instanceof Failure) return error;
    throw error;
  }
  throw new Error('expected a failure');
}

describe('the catalogue', () => {
  it('reads the stages of the course in order', () => {
    const stages = readStages();
    expect(stages[0]?.id).toBe('01-all-in-one');
    expect(stages.map(({ number }) => number)).toEqual(stages.map((_, index) => index + 1));
  });

  it('orders by number and leaves other folders alone', () => {
    const root = writeStages(['02-two', {}, { from: '01-one' }], ['01-one', {}]);
    writeFiles(root, { 'notes/stage.json': 'not a stage' });
    expect(readStages(root).map(({ id, directory }) => [id, directory])).toEqual([
      ['01-one', join(root, '01-one')],
      ['02-two', join(root, '02-two')],
    ]);
  });

  it('finds a stage by number, padded number, id and noun', () => {
    const stages = makeStages(['01-one', {}], ['02-file-db', {}, { from: '01-one' }]);
    for (const name of ['2', '02', '02-file-db', 'file-db']) {
      expect(findStage(stages, name).id).toBe('02-file-db');
    }
    expect(parentOf(stages, findStage(stages, '2'))?.id).toBe('01-one');
    expect(parentOf(stages, findStage(stages, '1'))).toBeUndefined();
  });

  it('names the stages there are when one is unknown', () => {
    const failure = failureOf(() => findStage(makeStages(['01-one', {}]), '9'));
    expect(failure.exitCode).toBe(EXIT.usage);
    expect(`${failure.code}: ${failure.message}`).toBe(
      'E_STAGE_UNKNOWN: no stage is called "9". Stages: 1 (01-one). See "npm run stage list".',
    );
  });
});

describe('a stage.json that breaks a rule', () => {
  const good = describeStage('01-one');
  const broken: readonly [what: string, text: unknown, found: string][] = [
    ['is no JSON', '{ "id": ', 'expected JSON, Unexpected end of JSON input'],
    ['is a list', [], 'the description: expected object, found []'],
    ['misses a field', { ...good, title: undefined }, 'title: expected object, found nothing'],
    [
      'lacks a language',
      { ...good, title: { en: 'One' } },
      'title.zh-CN: expected string, found nothing',
    ],
    [
      'has a field too many',
      { ...good, colour: 'red' },
      'the description: "colour" is not a field here',
    ],
    ['has a number as text', { ...good, number: '1' }, 'number: expected number, found "1"'],
    ['runs nowhere', { ...good, targets: {} }, 'targets: expected at least one target, found {}'],
    [
      'has an unknown carrier',
      { ...good, duties: { ...good.duties, data: { ...good.duties.data, carrier: 'nobody' } } },
      'duties.data.carrier: expected one of "developer", "operations", "platform", found "nobody"',
    ],
    [
      'has an unknown kind of change',
      { ...good, changes: [{ kind: 'moved', path: 'a' }] },
      'changes[0].kind: expected a known "kind", found "moved"',
    ],
    [
      'has a base that is no blob',
      { ...good, changes: [{ kind: 'changed', path: 'a', reason: good.title, base: 'abc' }] },
      'changes[0].base: expected a git blob id: 40 hex digits, `git hash-object FILE`, found "abc"',
    ],
    [
      'leaves its folder',
      { ...good, diagram: { app: { file: '../other/index.ts' } } },
      'diagram.app.file: expected a path inside the stage, found "../other/index.ts"',
    ],
    [
      'has another id than its folder',
      { ...good, id: '01-two' },
      'id: expected "01-one" like the folder, found "01-two"',
    ],
    [
      'has another number than its folder',
      { ...good, number: 3 },
      'number: expected 1 like the folder, found 3',
    ],
    [
      'has an unknown parent',
      { ...good, from: '00-none' },
      'from: expected an earlier stage, found "00-none"',
    ],
    [
      'declares changes to nothing',
      { ...good, changes: [{ kind: 'added', path: 'a', reason: good.title }] },
      'changes: expected none since "from" is null',
    ],
  ];

  it.each(broken)(
    '%s: one line says which field, what belongs there and what was found',
    (_, value, found) => {
      const root = temporaryFolder();
      const text = typeof value === 'string' ? value : JSON.stringify(value);
      writeFiles(root, { '01-one/stage.json': text });
      const failure = failureOf(() => readStages(root));
      expect(failure.code).toBe('E_STAGE_INVALID');
      expect(failure.message).toContain(`stages/01-one/stage.json: ${found}`);
      expect(failure.message).toMatch(/scripts\/stages\/schema\.ts\.$/);
      expect(failure.message).not.toContain('\n');
    },
  );

  it('is missing', () => {
    const root = temporaryFolder();
    writeFiles(root, { '01-one/index.ts': '' });
    expect(failureOf(() => readStages(root)).message).toContain(
      'expected a stage.json, found none',
    );
  });

  it('declares a path twice, or shares its number', () => {
    const added = { kind: 'added', path: 'a', reason: good.title } as const;
    const twice = writeStages(
      ['01-one', {}],
      ['02-two', {}, { from: '01-one', changes: [added, added] }],
    );
    expect(failureOf(() => readStages(twice)).message).toContain('"a" is declared more than once');
    const twins = writeStages(['01-one', {}], ['01-two', {}]);
    expect(failureOf(() => readStages(twins)).message).toContain('found that of 01-one');
  });
});

import { expect, test } from 'vitest';
import { createEdits } from './edits.ts';

const ORIGINAL = { 'app.ts': 'one', 'index.ts': 'two' };

test('only what differs counts as changed', () => {
  const edits = createEdits(ORIGINAL);
  edits.set('app.ts', 'other');
  expect(edits.changed).toEqual({ 'app.ts': 'other' });
  expect(edits.sources).toEqual({ 'app.ts': 'other', 'index.ts': 'two' });
  edits.set('app.ts', 'one');
  expect(edits.changed).toEqual({});
});

test('one file or all go back', () => {
  const edits = createEdits(ORIGINAL);
  edits.set('app.ts', 'x');
  edits.set('index.ts', 'y');
  edits.revert('app.ts');
  expect(edits.changed).toEqual({ 'index.ts': 'y' });
  edits.revert();
  expect(edits.sources).toEqual(ORIGINAL);
});

test('an emptied file is a change; a file that is not there is a mistake', () => {
  const edits = createEdits(ORIGINAL);
  edits.set('app.ts', '');
  expect(edits.changed).toEqual({ 'app.ts': '' });
  expect(() => edits.set('other.ts', '')).toThrow('no file other.ts');
});

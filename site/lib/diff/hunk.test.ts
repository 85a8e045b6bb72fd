import { expect, test } from 'vitest';
import { diffFiles } from '../../../scripts/stages/diff.ts';
import { asNew, pickHunk } from './hunk.ts';

const BEFORE = `import a from 'a';

export function list() {
  let todos = [];
  return todos;
}
`;
const AFTER = `import a from 'a';

export function list() {
  const saved = read();
  // The disk knows more than we do.
  return saved.todos;
}

export const VERSION = 2;
`;

const difference = (before = BEFORE, after = AFTER) => {
  const files = (text: string) => new Map([['list.ts', Buffer.from(text)]]);
  const [diff] = diffFiles(files(before), files(after), { context: Infinity });
  if (diff?.content !== 'text') throw new Error('expected a text');
  return diff;
};
const signed = (passage: Parameters<typeof pickHunk>[1], diff = difference()) =>
  pickHunk(diff, passage, 'stage 2, list.ts').lines.map(
    ({ kind, text }) => ({ same: ' ', added: '+', removed: '-' })[kind] + text,
  );

test('lines of the newer file come with what stood in their place', () => {
  expect(signed({ first: 4, last: 5 })).toEqual([
    '-let todos = [];',
    '-return todos;',
    '+const saved = read();',
    '+// The disk knows more than we do.',
  ]);
});

test('a passage is named by what stands in its first and last line, removed ones too', () => {
  expect(signed({ from: 'let todos', to: 'read()' })).toEqual([
    '-let todos = [];',
    '-return todos;',
    '+const saved = read();',
  ]);
});

test('the indentation that all lines have is taken off, and numbers stay those of the files', () => {
  const hunk = pickHunk(difference(), { from: 'export function', to: 'saved.todos' }, 'x');
  expect(hunk.lines[1]?.text).toBe('  let todos = [];');
  expect(hunk.before).toEqual({ start: 3, count: 3 });
  expect(hunk.after).toEqual({ start: 3, count: 4 });
});

test('a file that was rewritten is shown as a new one', () => {
  expect(signed({ first: 3, last: 4 }, asNew(difference()))).toEqual([
    '+export function list() {',
    '+  const saved = read();',
  ]);
});

test.each([
  ['let gone', 'read()', 'expected a line with "let gone" in the difference, found none'],
  ['read()', 'gone()', 'expected a line with "gone()" behind "read()"'],
  ['import a', 'export function', 'expected a line that differs from the stage before'],
])('a passage from "%s" to "%s" that is none breaks the build', (from, to, reason) => {
  expect(() => signed({ from, to })).toThrow(`stage 2, list.ts: ${reason}`);
});

test('a region beyond the end of the difference breaks the build', () => {
  expect(() => signed({ first: 9, last: 40 })).toThrow('expected lines 9 to 40');
});

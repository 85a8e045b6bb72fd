import { expect, test } from 'vitest';
import { markWords } from './word-marks.ts';

/** The marked words, to read them. */
const words = (removed: string[], added: string[]) => {
  const marks = markWords(removed, added);
  const cut = (lines: string[], ranges: (typeof marks)['added']) =>
    lines.map((line, index) => ranges[index]?.map(([from, to]) => line.slice(from, to)));
  return { removed: cut(removed, marks.removed), added: cut(added, marks.added) };
};

test('marks the words that differ in a pair of lines', () => {
  expect(
    words(["const store = createStore('memory');"], ["const store = createStore('file');"]),
  ).toEqual({
    removed: [['memory']],
    added: [['file']],
  });
});

test('a line without a likeness has no marks', () => {
  expect(words(['let list = [];'], ['export async function read() {'])).toEqual({
    removed: [[]],
    added: [[]],
  });
});

test('pairs the alike, not the first', () => {
  const marked = words(
    ['  const todos = list.all();'],
    ['  // Read the file once', '  const todos = await list.all();'],
  );
  expect(marked).toEqual({ removed: [[]], added: [[], ['await ']] });
});

test('pairs in order', () => {
  const marked = words(
    ['alpha(1, here);', 'beta(2, here);'],
    ['alpha(3, here);', 'beta(4, here);'],
  );
  expect(marked).toEqual({ removed: [['1'], ['2']], added: [['3'], ['4']] });
});

test('a line has one partner at most', () => {
  const marked = words(['call(one, two);', 'call(one, 2);'], ['call(one, three);']);
  expect(marked).toEqual({ removed: [['two'], []], added: [['three']] });
});

test('neighbouring changes are one mark', () => {
  expect(words(['open(first.name, mode, flags);'], ['open(other.path, mode, flags);'])).toEqual({
    removed: [['first.name']],
    added: [['other.path']],
  });
});

test('a line that only moves in or out has no mark', () => {
  expect(words(['  next();'], ['      next();'])).toEqual({ removed: [[]], added: [[]] });
  expect(words(['  send(a);'], ['    send(b);'])).toEqual({ removed: [['a']], added: [['b']] });
});

test('only one side has lines: nothing is marked', () => {
  expect(markWords([], ['a', 'b'])).toEqual({ removed: [], added: [[], []] });
  expect(markWords(['a'], [])).toEqual({ removed: [[]], added: [] });
});

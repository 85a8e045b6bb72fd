import { expect, test } from 'vitest';
import { type Change, indent, lineRange, newLine, type Selected } from './text-keys.ts';

/** The text after a change, `[` and `]` around what is selected. */
function after({ text }: Selected, { from, to, insert, start, end }: Change): string {
  const changed = text.slice(0, from) + insert + text.slice(to);
  return `${changed.slice(0, start)}[${changed.slice(start, end)}]${changed.slice(end)}`;
}

/** A text with `[` and `]` around what is selected. */
function select(marked: string): Selected {
  const start = marked.indexOf('[');
  const end = marked.indexOf(']') - 1;
  return { text: marked.replace(/[[\]]/g, ''), start, end };
}

const pressed = (marked: string, key: (selected: Selected) => Change): string =>
  after(select(marked), key(select(marked)));
const tab = (marked: string): string => pressed(marked, (each) => indent(each, false));
const shiftTab = (marked: string): string => pressed(marked, (each) => indent(each, true));

test('Tab on one line puts two spaces where the caret is, or in the place of what is selected', () => {
  expect(tab('a[]b')).toBe('a  []b');
  expect(tab('a[xy]b')).toBe('a  []b');
});

test('Tab on several lines moves them all, Shift+Tab moves them back', () => {
  expect(tab('x\na[\n  b\nc]d')).toBe('x\n  a[\n    b\n  c]d');
  expect(shiftTab('x\n  a[\n    b\n  c]d')).toBe('x\na[\n  b\nc]d');
});

test('Shift+Tab takes no more away than there is, and the caret stays on its line', () => {
  expect(shiftTab('x\na[]b')).toBe('x\na[]b');
  expect(shiftTab('x\n [] ab')).toBe('x\n[]ab');
});

test('a new line begins as the one before it, deeper after a bracket', () => {
  const enter = (marked: string): string => {
    const { text, start, end } = select(marked);
    return after({ text, start, end }, newLine({ text, start, end }));
  };
  expect(enter('  a;[]')).toBe('  a;\n  []');
  expect(enter('  f(() => {[]')).toBe('  f(() => {\n    []');
  expect(enter('a[bc]d')).toBe('a\n[]d');
});

test('a line is found, the last one when there are fewer', () => {
  expect(lineRange('a\nbc\nd', 2)).toEqual({ start: 2, end: 4 });
  expect(lineRange('a\nbc', 9)).toEqual({ start: 2, end: 4 });
  expect(lineRange('', 1)).toEqual({ start: 0, end: 0 });
});

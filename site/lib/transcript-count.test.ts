import { expect, test } from 'vitest';
import type { Line } from './transcript.ts';
import { countAlike } from './transcript-count.ts';

const ask = (text: string): Line => ({ kind: 'ask', text, at: 0 });
const reply = (text: string, note = '{}'): Line => ({ kind: 'reply', text, note, at: 0 });
const textsOf = (lines: readonly Line[]) => countAlike(lines).map(({ text }) => text);

test('what is asked and answered alike is one exchange with its number, in turn or at once', () => {
  const [first, second] = [reply('200 · 5 ms'), reply('200 · 9 ms')];
  expect(textsOf([ask('GET /'), first, ask('GET /'), second, ask('GET /')])).toEqual([
    'GET / · 2×',
    '200 · 5 ms',
    'GET /',
  ]);
  expect(textsOf([ask('GET /'), ask('GET /'), first, reply('503 · 9 ms')])).toEqual([
    'GET / · 2×',
    '200 · 5 ms',
    '503 · 9 ms',
  ]);
});

test('many answers that differ in their body alone are one, of which no body is shown', () => {
  const answers = ['a', 'b', 'b', 'c', 'd'].map((note) => reply('201 · 4 ms', note));
  expect(countAlike(answers)).toEqual([{ kind: 'reply', text: '201 · 4 ms · 5×', at: 0 }]);
});

test('a few answers with bodies of their own, and lines of the platform, are all read', () => {
  const few = ['a', 'b', 'c'].map((note) => reply('201 · 4 ms', note));
  expect(countAlike(few)).toEqual(few);
  const log = Array.from({ length: 9 }, (): Line => ({ kind: 'log', text: 'x', at: 0 }));
  expect(countAlike(log)).toEqual(log);
});

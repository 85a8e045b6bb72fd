import { expect, test } from 'vitest';
import type { Line } from './transcript.ts';
import { rowsOf } from './transcript-rows.ts';

const ask = (text: string): Line => ({ kind: 'ask', text, at: 0 });
const reply = (text: string): Line => ({ kind: 'reply', text, at: 0 });

test('a hundred like requests are one row that says how many more there were', () => {
  const many = Array.from({ length: 100 }, () => ask('POST /api/rule'));
  expect(rowsOf(many)).toEqual([{ line: ask('POST /api/rule'), more: 99 }]);
});

test('answers are alike by their status, whatever their time; another status is a row of its own', () => {
  const answers = ['201 · 4 ms', '201 · 9 ms', '201 · 3 ms', '201 · 0.4 ms', '503 · 4 ms'].map(
    reply,
  );
  expect(rowsOf(answers)).toEqual([
    { line: answers[0], more: 3 },
    { line: answers[4], more: 0 },
  ]);
});

test('a few like lines, and those of the platform, are all read', () => {
  const few = [ask('GET /'), ask('GET /'), ask('GET /')];
  expect(rowsOf(few).map(({ line }) => line)).toEqual(few);
  const log = Array.from({ length: 9 }, (): Line => ({ kind: 'log', text: 'x', at: 0 }));
  expect(rowsOf(log)).toHaveLength(9);
});

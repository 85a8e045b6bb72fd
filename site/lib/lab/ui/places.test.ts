import { expect, test } from 'vitest';
import { findPlaces } from './places.ts';

const FILES = ['app.ts', 'models/todo.ts', 'todo.ts', 'public/app.js'];

test('a stack names files of the stage, and no others', () => {
  const stack =
    'Error: x\n  at list (stage:///code/models/todo.ts:12:5)\n  at /lab/vendor/app.ts:1:1';
  expect(findPlaces(stack, FILES).map(({ file, line }) => [file, line])).toEqual([
    ['models/todo.ts', 12],
  ]);
});

test('the text of a place is where it says', () => {
  const text = 'app.ts:3:14: unexpected token';
  const [place] = findPlaces(text, FILES);
  expect(text.slice(place?.start, place?.end)).toBe('app.ts:3:14');
});

test('a file is told from its namesakes', () => {
  expect(findPlaces('/code/todo.ts:1', FILES)[0]?.file).toBe('todo.ts');
  expect(findPlaces('/code/happ.ts:1', FILES)).toEqual([]);
  expect(findPlaces('/node_modules/express/app.js:1', ['app.js'])).toEqual([]);
});

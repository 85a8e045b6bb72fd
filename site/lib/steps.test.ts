import { expect, test } from 'vitest';
import { ROADMAP } from './roadmap.ts';
import { stages } from './stages.ts';
import { mergeSteps } from './steps.ts';

const text = { en: 'planned', 'zh-CN': '计划中' };

test('a stage that exists takes its planned step’s place', () => {
  const first = stages.slice(0, 1);
  const planned = { number: 1, title: text, problem: text, answer: text };
  const steps = mergeSteps(first, [planned]);
  expect(steps.filter(({ stage }) => stage).map(({ title }) => title)).toEqual(
    first.map(({ title }) => title),
  );
});

test('built and planned steps make eight, in order', () => {
  const numbers = mergeSteps(stages, ROADMAP).map(({ number }) => number);
  expect(numbers).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
});

test('without a roadmap only what exists is left', () => {
  expect(mergeSteps(stages, []).length).toBe(stages.length);
});

import { expect, test } from 'vitest';
import { ROADMAP } from './roadmap.ts';
import { stages } from './stages.ts';
import { mergeSteps } from './steps.ts';

test('a stage that exists takes its planned step’s place', () => {
  const first = stages.slice(0, 1);
  const steps = mergeSteps(first, ROADMAP);
  expect(steps.map(({ number }) => number)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
  expect(steps.filter(({ stage }) => stage).map(({ title }) => title)).toEqual(
    first.map(({ title }) => title),
  );
});

test('without a roadmap only what exists is left', () => {
  expect(mergeSteps(stages, []).length).toBe(stages.length);
});

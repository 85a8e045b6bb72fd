import { expect, test } from 'vitest';
import { Failure } from '../shared/failure.ts';
import { formatResult, formatTotals, isGreen, runParts } from './part.ts';
import type { Outcome, Part } from './part.ts';

const part = (name: string, outcome: Outcome | Error, budgetMinutes = 1): Part => ({
  name,
  budgetMinutes,
  run: () => (outcome instanceof Error ? Promise.reject(outcome) : Promise.resolve(outcome)),
});

/** Every look at the clock is `step` milliseconds after the one before. */
function run(parts: readonly Part[], { step = 1000, inCi = false } = {}) {
  let time = 0;
  return runParts(parts, { atOnce: 1, inCi, now: () => (time += step), onResult: () => {} });
}

test('adds up what the parts passed', async () => {
  const results = await run([
    part('unit', { passed: 2, failed: 0 }),
    part('e2e', { passed: 3, failed: 0 }),
  ]);
  expect(formatTotals('tests', results)).toBe('tests: 5 passed, 0 failed');
  expect(formatResult(results[0]!)).toBe('passed  unit            1.0 s  2 passed');
});

test('a part that throws has failed and says why', async () => {
  const [result] = await run([part('build', new Failure('E_BUILD', 'no page was built'))]);
  expect(result).toMatchObject({ failed: 1, report: 'E_BUILD: no page was built' });
});

test('a part that checked nothing has not passed', async () => {
  const results = await run([part('e2e', { passed: 0, failed: 0 })]);
  expect(isGreen(results[0]!)).toBe(false);
  expect(formatResult(results[0]!)).toContain('nothing was checked');
  expect(formatTotals('tests', results)).toBe('tests: 0 passed, 1 failed');
});

test('a budget is a limit in CI alone', async () => {
  const slow = [part('unit', { passed: 1, failed: 0 }, 1)];
  expect((await run(slow, { step: 61_000 })).every(isGreen)).toBe(true);
  const inCi = await run(slow, { step: 61_000, inCi: true });
  expect(formatResult(inCi[0]!)).toMatch(/^FAILED .*over its budget$/);
  expect(formatTotals('tests', inCi)).toBe('tests: 1 passed, 1 failed');
});

test('runs as many side by side as it may', async () => {
  let running = 0;
  let most = 0;
  const slow: Part = {
    name: 'slow',
    run: async () => {
      most = Math.max(most, (running += 1));
      await new Promise((resolve) => setTimeout(resolve, 5));
      running -= 1;
      return { passed: 1, failed: 0 };
    },
  };
  await runParts([slow, slow, slow, slow], {
    atOnce: 2,
    inCi: false,
    now: () => 0,
    onResult: () => {},
  });
  expect(most).toBe(2);
});

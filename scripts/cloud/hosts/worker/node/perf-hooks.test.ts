import nodeHooks from 'node:perf_hooks';
import { expect, test } from 'vitest';
import hooks from './perf-hooks.ts';

test.each([
  ['node', nodeHooks],
  ['the stand-in', hooks],
] as const)('perf_hooks of %s: what is marked is measured, and told', async (name, module) => {
  const { performance, PerformanceObserver } = module;
  const seen = new Promise((resolve) => {
    const observer = new PerformanceObserver((list) => {
      observer.disconnect();
      resolve(list.getEntries().map((entry) => entry.name));
    });
    observer.observe({ entryTypes: ['measure'] });
  });
  performance.mark(`${name} begins`);
  performance.mark(`${name} ends`);
  performance.measure(name, `${name} begins`, `${name} ends`);
  expect(await seen).toEqual([name]);
});

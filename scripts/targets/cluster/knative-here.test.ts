import { expect, it } from 'vitest';
import { findKnative } from './knative-here.ts';
import type { Kubectl } from './kubectl.ts';

/** A kubectl that knows some objects and says of others what kubectl says. */
function knowing(answers: Readonly<Record<string, string>>): Kubectl {
  return {
    run: (words) => {
      const known = Object.entries(answers).find(([name]) => words.includes(name));
      return known ? Promise.resolve(known[1]) : Promise.reject(new Error('NotFound'));
    },
    start: () => {
      throw new Error('not asked for');
    },
  };
}

it.each([
  [{}, false, 'no Knative in kind-todo'],
  [{ controller: 'v1.23.0 ' }, false, 'Knative v1.23.0 in kind-todo is not ready'],
  [{ controller: 'v1.23.0 1' }, false, 'no Kourier in kind-todo'],
  [
    { controller: 'v1.23.0 1', 'kourier-internal': 'service' },
    true,
    'kind-todo with Knative v1.23.0',
  ],
])('with %j: %s, %s', async (answers, available, reason) => {
  expect(await findKnative('kind-todo', knowing(answers))).toMatchObject({ available, reason });
});

import nodeAssert from 'node:assert';
import { createRequire } from 'node:module';
import { expect, test } from 'vitest';
import { outcome } from '../node/testing/outcome.ts';

type Assert = ((...parameters: unknown[]) => void) & { ok(...parameters: unknown[]): void };

const own = createRequire(import.meta.url)('./assert.cjs') as Assert;

test.each([
  ['what is true', [1, 'a']],
  ['what is false, with a message', [0, 'keys must be provided']],
  ['nothing, with a message', [undefined, 'value is invalid']],
  ['what is false, with an error', ['', new RangeError('out of range')]],
] as const)('assert of %s: as Node’s, by both of its names', (_, parameters) => {
  const node = nodeAssert as unknown as Assert;
  expect(outcome(() => own(...parameters))).toEqual(outcome(() => node(...parameters)));
  expect(outcome(() => own.ok(...parameters))).toEqual(outcome(() => node.ok(...parameters)));
});

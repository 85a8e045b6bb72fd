import { expect, it } from 'vitest';
import { toHttp } from '../response.ts';
import { SCF } from './cloud.ts';

it('a header may be a list: several cookies are several headers', () => {
  const result = { statusCode: 200, headers: { 'set-cookie': ['a=1', 'b=2'] }, body: '' };
  expect(toHttp(JSON.stringify(result), SCF.answers)).toMatchObject({
    headers: [
      ['set-cookie', 'a=1'],
      ['set-cookie', 'b=2'],
      ['content-type', 'application/json'],
    ],
  });
});

it('a list holds texts, and headers of the platform stay its own', () => {
  const nested = { statusCode: 200, headers: { a: [['1']] } };
  expect(toHttp(JSON.stringify(nested), SCF.answers)).toBe(
    'headers.a: expected a string, found ["1"]',
  );
  const own = { statusCode: 200, headers: { 'X-Scf-Request-Id': 'mine' } };
  expect(toHttp(JSON.stringify(own), SCF.answers)).toMatchObject({
    headers: [['content-type', 'application/json']],
  });
});

it('a request id is a random UUID', () => {
  const chance = Uint8Array.from({ length: 16 }, (_, index) => index * 16 + 15);
  expect(SCF.requestId(0, chance)).toBe('0f1f2f3f-4f5f-4f7f-8f9f-afbfcfdfefff');
});

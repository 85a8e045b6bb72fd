import { expect, test } from 'vitest';
import { apiErrors } from './api-errors.ts';

const thrown = (code: string) => `throw new ApiError(\n  409,\n  '${code}', 'a message');`;

test('lists each code once, with its status and the first stage that throws it', () => {
  const errors = apiErrors([
    { stage: 2, path: 'b.ts', text: thrown('VERSION_OLD') },
    { stage: 1, path: 'a.ts', text: thrown('VERSION_OLD') },
  ]);
  expect(errors).toEqual([expect.objectContaining({ status: 409, code: 'VERSION_OLD', since: 1 })]);
});

test('a code made from a field’s name is listed beside the one that is written out', () => {
  const codes = apiErrors([{ stage: 1, path: 'a.ts', text: thrown('NAME_INVALID') }]);
  expect(codes.map(({ code }) => code)).toEqual(['DESC_INVALID', 'NAME_INVALID']);
});

test('a code without an explanation is refused by name and file', () => {
  expect(() => apiErrors([{ stage: 1, path: 'a.ts', text: thrown('BRAND_NEW') }])).toThrow(
    'a.ts: BRAND_NEW is thrown there and not explained',
  );
});

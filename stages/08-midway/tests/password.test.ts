import assert from 'node:assert/strict';
import test from 'node:test';
import { hashPassword, isPassword } from '../models/password.ts';

test('a password is known by its hash, and another one is not', async () => {
  const stored = await hashPassword('correct horse');
  assert.match(stored, /^scrypt\$32768\$8\$3\$[\w-]{22}\$[\w-]{43}$/);
  assert.equal(await isPassword('correct horse', stored), true);
  assert.equal(await isPassword('correct horse ', stored), false);
  assert.equal(await isPassword('correct horse', undefined), false);
});

test('the same password is stored differently each time: each has a salt of its own', async () => {
  assert.notEqual(await hashPassword('same'), await hashPassword('same'));
});

test('letters that can be typed in two ways are the same password', async () => {
  const stored = await hashPassword('caf\u00e9');
  assert.equal(await isPassword('cafe\u0301', stored), true);
});

test('a name that nobody has takes about as long as a wrong password', async () => {
  const stored = await hashPassword('somebody');
  const timed = async (known: string | undefined): Promise<number> => {
    const began = performance.now();
    await isPassword('wrong', known);
    return performance.now() - began;
  };
  await timed(stored);
  const [known, unknown] = [await timed(stored), await timed(undefined)];
  assert.ok(unknown > known / 4, `known ${known} ms, unknown ${unknown} ms`);
});

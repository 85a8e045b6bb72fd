import { randomBytes, scrypt, timingSafeEqual, type ScryptOptions } from 'node:crypto';

/** What OWASP asks of scrypt: 32 MB and some 60 ms for each try (Password Storage Cheat Sheet). */
const COST: ScryptOptions = { N: 2 ** 15, r: 8, p: 3, maxmem: 64 * 1024 * 1024 };
const SALT_BYTES = 16;
const HASH_BYTES = 32;

// #region hash
/**
 * Makes what is stored in a password's place. Each has a salt of its own, so two users with one password have
 * two hashes.
 *
 * @example await hashPassword('correct horse') // '9c1f….5b0a…'
 */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(SALT_BYTES);
  const hash = await derive(password, salt);
  return `${salt.toString('hex')}.${hash.toString('hex')}`;
}

/**
 * Whether this is the password that was hashed; takes as long when it is not.
 *
 * @example await isPassword('wrong horse', stored) // false
 */
export async function isPassword(password: string, stored: string): Promise<boolean> {
  const [salt = '', hash = ''] = stored.split('.');
  const expected = Buffer.from(hash, 'hex');
  const found = await derive(password, Buffer.from(salt, 'hex'));
  return expected.length === found.length && timingSafeEqual(expected, found);
}
// #endregion hash

function derive(password: string, salt: Buffer): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    scrypt(password.normalize('NFKC'), salt, HASH_BYTES, COST, (error, key) =>
      error ? reject(error) : resolve(key),
    );
  });
}

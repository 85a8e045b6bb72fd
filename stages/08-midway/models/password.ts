import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';

/** What OWASP asks of scrypt: 32 MB and some 100 ms of a core for each try (Password Storage Cheat Sheet). */
const COST = { N: 2 ** 15, r: 8, p: 3 } as const;
/** Node allows 32 MB unless told, and this needs a little more. */
const MAX_MEMORY_BYTES = 64 * 1024 * 1024;
const SALT_BYTES = 16;
const HASH_BYTES = 32;

// #region hash
/**
 * Makes what is stored in a password's place: the cost, a salt of its own and the hash. So two users with one
 * password have two hashes, and a higher cost one day needs no new table.
 *
 * @example await hashPassword('correct horse') // 'scrypt$32768$8$3$…$…'
 */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(SALT_BYTES);
  const hash = await derive(password, salt, COST);
  const parts = [COST.N, COST.r, COST.p, salt.toString('base64url'), hash.toString('base64url')];
  return `scrypt$${parts.join('$')}`;
}

/**
 * Whether this is the password that was hashed. Without a stored one it takes as long and is false: how long an
 * answer takes must not tell who has an account.
 *
 * @example await isPassword('wrong horse', stored) // false
 */
export async function isPassword(password: string, stored: string | undefined): Promise<boolean> {
  const [, N, r, p, salt = '', hash = ''] = (stored ?? (await nobodys())).split('$');
  const cost = { N: Number(N), r: Number(r), p: Number(p) };
  const expected = Buffer.from(hash, 'base64url');
  const found = await derive(password, Buffer.from(salt, 'base64url'), cost);
  return stored !== undefined && timingSafeEqual(expected, found);
}
// #endregion hash

let ofNobody: Promise<string> | undefined;
/** What an unknown name is compared with, made when it is first needed: a cold start must not wait for it. */
function nobodys(): Promise<string> {
  return (ofNobody ??= hashPassword(randomBytes(SALT_BYTES).toString('base64url')));
}

function derive(
  password: string,
  salt: Buffer,
  cost: { readonly N: number; readonly r: number; readonly p: number },
): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const options = { ...cost, maxmem: MAX_MEMORY_BYTES };
    // The same letters can be typed in more than one way: NFKC makes them one.
    scrypt(password.normalize('NFKC'), salt, HASH_BYTES, options, (error, hash) => {
      if (error) reject(error);
      else resolve(hash);
    });
  });
}

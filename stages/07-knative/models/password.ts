import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';

/** OWASP's choice for scrypt with 32 MB: about 100 ms of a core, for us once and for a thief each time. */
const COST = { N: 2 ** 15, r: 8, p: 3 } as const;
/** Node allows 32 MB unless told, and this needs a little more. */
const MAX_MEMORY_BYTES = 64 * 1024 * 1024;
const SALT_BYTES = 16;
const HASH_BYTES = 32;

// #region hash
/**
 * What is stored of a password: the cost, a salt of its own and the hash, so that a later cost needs no new table.
 *
 * @example await hashPassword('correct horse') // 'scrypt$32768$8$3$…$…'
 */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(SALT_BYTES);
  const hash = await derive(password, salt, COST);
  const parts = [COST.N, COST.r, COST.p, salt.toString('base64url'), hash.toString('base64url')];
  return `scrypt$${parts.join('$')}`;
}
// #endregion hash

// #region verify
/**
 * Whether a password is the one that was stored. Without a stored one it takes as long and is false: how long an
 * answer takes must not tell who has an account.
 *
 * @example await isPassword('correct horse', stored) // true
 */
export async function isPassword(password: string, stored: string | undefined): Promise<boolean> {
  const [, N, r, p, salt = '', hash = ''] = (stored ?? (await nobodys)).split('$');
  const cost = { N: Number(N), r: Number(r), p: Number(p) };
  const derived = await derive(password, Buffer.from(salt, 'base64url'), cost);
  const isSame = timingSafeEqual(derived, Buffer.from(hash, 'base64url'));
  return isSame && stored !== undefined;
}

const nobodys = hashPassword(randomBytes(SALT_BYTES).toString('hex'));
// #endregion verify

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

import { errors, jwtVerify, SignJWT } from 'jose';

const ALGORITHM = 'HS256';
/** Whom the tokens are for: another service with the same key would not take them. */
const AUDIENCE = 'todo';
/** As many as the hash has: RFC 7518, 3.2. */
const KEY_BYTES = 32;

/** How long a token is good for, in seconds. */
export const TOKEN_SECONDS = 12 * 60 * 60;

/** Makes tokens and tells whether one is worth anything. */
export interface Tokens {
  issue(userid: string): Promise<string>;
  /** Whose token it is, or undefined when it is none of ours, changed, or no longer valid. */
  read(token: string): Promise<string | undefined>;
}

// #region key
/**
 * Reads the key from the environment. There is no default: a key that everybody knows is none.
 *
 * @example createTokens(signingKey(process.env))
 */
export function signingKey(environment: NodeJS.ProcessEnv): Uint8Array {
  const secret = environment['JWT_SECRET'] ?? '';
  const key = Buffer.from(secret, 'base64url');
  const isEncoded = /^[\w+/-]+={0,2}$/.test(secret);
  if (isEncoded && key.length >= KEY_BYTES) return key;
  const found = secret === '' ? 'not set' : isEncoded ? `${key.length} bytes` : 'no base64';
  throw new Error(
    `JWT_SECRET is ${found}: expected a key of ${KEY_BYTES} bytes or more in base64url. "npm start" makes one up for each run; to make one that stays:\n` +
      `  node -p "require('crypto').randomBytes(${KEY_BYTES}).toString('base64url')"`,
  );
}
// #endregion key

// #region token
/**
 * Tokens that are signed with a key.
 *
 * @example await createTokens(key).read(await createTokens(key).issue('demo')) // 'demo'
 */
export function createTokens(key: Uint8Array): Tokens {
  return {
    issue: (userid) =>
      new SignJWT()
        .setProtectedHeader({ alg: ALGORITHM, typ: 'JWT' })
        .setSubject(userid)
        .setAudience(AUDIENCE)
        .setIssuedAt()
        .setExpirationTime(`${TOKEN_SECONDS} s`)
        .sign(key),

    async read(token) {
      try {
        const { payload } = await jwtVerify(token, key, {
          // The token has no say in how it is verified.
          algorithms: [ALGORITHM],
          audience: AUDIENCE,
          requiredClaims: ['exp', 'sub'],
        });
        return payload.sub;
      } catch (error) {
        if (error instanceof errors.JOSEError) return undefined;
        throw error;
      }
    },
  };
}
// #endregion token

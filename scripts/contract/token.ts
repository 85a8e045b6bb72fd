import { createHmac, generateKeyPairSync, randomBytes, sign } from 'node:crypto';
import { Unmet } from './expect.ts';

export interface Token {
  readonly header: Readonly<Record<string, unknown>>;
  readonly payload: Readonly<Record<string, unknown>>;
}

/** What a token is signed with, by the `alg` of its header. */
export interface Signer {
  readonly alg: string;
  sign(content: string): Buffer;
}

const HASHES = { HS256: 'sha256', HS384: 'sha384', HS512: 'sha512' } as const;

/**
 * Three parts in base64url, joined by dots: RFC 7519.
 *
 * @example isToken('eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJhIn0.c2ln') // true
 */
export function isToken(text: string): boolean {
  return /^[\w-]+\.[\w-]+\.[\w-]*$/.test(text);
}

/**
 * What a token says, whoever has signed it.
 *
 * @example readToken(session.token).payload.exp
 */
export function readToken(token: string): Token {
  const [header = '', payload = ''] = token.split('.');
  try {
    return { header: parse(header), payload: parse(payload) };
  } catch (error) {
    throw new Unmet(`the cookie's token cannot be read: ${(error as Error).message}`);
  }
}

/**
 * A token that says this, signed by that signer.
 *
 * @example writeToken({ ...payload, exp: 0 }, hmac('HS256', key))
 */
export function writeToken(payload: object, signer: Signer): string {
  const content = `${encode({ alg: signer.alg, typ: 'JWT' })}.${encode(payload)}`;
  return `${content}.${signer.sign(content).toString('base64url')}`;
}

/** Signs with a shared key; without one, with a key that nobody knows. */
export function hmac(alg: keyof typeof HASHES, key: Buffer = randomBytes(64)): Signer {
  return { alg, sign: (content) => createHmac(HASHES[alg], key).update(content).digest() };
}

/** Signs with a private key of its own making, as whoever confuses the two kinds of keys would accept. */
export function rsa(): Signer {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  return { alg: 'RS256', sign: (content) => sign('sha256', Buffer.from(content), privateKey) };
}

/** Signs nothing, and says so in one of the ways in which that was once accepted. */
export function unsigned(alg: string): Signer {
  return { alg, sign: () => Buffer.alloc(0) };
}

/**
 * The key that an environment variable holds: base64url, or base64.
 *
 * @example hmac('HS256', keyOf(process.env.JWT_SECRET))
 */
export function keyOf(secret: string): Buffer {
  return Buffer.from(secret, 'base64url');
}

function encode(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}

function parse(part: string): Record<string, unknown> {
  return JSON.parse(Buffer.from(part, 'base64url').toString()) as Record<string, unknown>;
}

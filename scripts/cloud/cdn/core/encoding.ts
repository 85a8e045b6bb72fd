import { COMPRESS_FROM_BYTES } from './limits.ts';

/** What an edge tells apart: a request's other codings make no other object. */
const CODINGS = ['br', 'gzip'] as const;

/**
 * Whether an Accept-Encoding header allows a coding.
 *
 * @example accepts('gzip;q=0, br', 'gzip') // false
 */
export function accepts(header: string | null, coding: string): boolean {
  let any = false;
  for (const part of (header ?? '').toLowerCase().split(',')) {
    const [name = '', ...parameters] = part.split(';').map((text) => text.trim());
    const quality = parameters.find((text) => text.startsWith('q='))?.slice(2) ?? '1';
    const allowed = Number(quality) > 0;
    if (name === coding) return allowed;
    if (name === '*') any = allowed;
  }
  return any;
}

/**
 * An Accept-Encoding header in one of four forms, so that browsers which say the same in other words get
 * the same object.
 *
 * @example normalEncoding('gzip, deflate, br, zstd') // 'br, gzip'
 */
export function normalEncoding(header: string | null): string {
  return CODINGS.filter((coding) => accepts(header, coding)).join(', ');
}

/**
 * Whether an edge compresses an object: text that is worth it and that nobody has compressed yet.
 *
 * @example isCompressible(new Headers({ 'content-type': 'text/css' }), 20_000) // true
 */
export function isCompressible(headers: Headers, bytes: number): boolean {
  if (bytes < COMPRESS_FROM_BYTES || headers.has('content-encoding')) return false;
  if (headers.get('cache-control')?.includes('no-transform')) return false;
  return /^(text\/|application\/(javascript|json|xml|wasm)|image\/svg\+xml)/.test(
    headers.get('content-type') ?? '',
  );
}

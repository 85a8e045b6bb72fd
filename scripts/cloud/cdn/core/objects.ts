import { IMMUTABLE_SECONDS } from './limits.ts';

const TYPES: Readonly<Record<string, string>> = {
  css: 'text/css; charset=utf-8',
  gif: 'image/gif',
  html: 'text/html; charset=utf-8',
  ico: 'image/x-icon',
  jpeg: 'image/jpeg',
  jpg: 'image/jpeg',
  js: 'text/javascript; charset=utf-8',
  json: 'application/json; charset=utf-8',
  map: 'application/json; charset=utf-8',
  mjs: 'text/javascript; charset=utf-8',
  png: 'image/png',
  svg: 'image/svg+xml',
  txt: 'text/plain; charset=utf-8',
  wasm: 'application/wasm',
  webp: 'image/webp',
  woff2: 'font/woff2',
};

/** `app-4F7KQ2ZX.js`, `styles.0a1b2c3d.css`: eight characters or more that a build has made from the content. */
const HASHED = /[.-](?:[\dA-Z]{8,}|[\da-f]{8,})\.\w+$/;

/**
 * The name of the object that a path stands for, or undefined for a path that can stand for none: an object's
 * name is one text, and a `..` in it leads nowhere.
 *
 * @example objectName('/assets/app.js') // 'assets/app.js'
 */
export function objectName(path: string): string | undefined {
  let name: string;
  try {
    name = decodeURIComponent(path.replace(/^\//, ''));
  } catch {
    return undefined;
  }
  const isPlain = name.split('/').every((part) => part !== '' && !part.startsWith('.'));
  // A backslash separates folders on Windows, and no file system takes a NUL.
  return isPlain && !/[\\\0]/.test(name) ? name : undefined;
}

/**
 * The type of an object, by how its name ends.
 *
 * @example contentType('app.css') // 'text/css; charset=utf-8'
 */
export function contentType(name: string): string {
  const ending = /\.(\w+)$/.exec(name)?.[1]?.toLowerCase() ?? '';
  return Object.hasOwn(TYPES, ending) ? (TYPES[ending] ?? '') : 'application/octet-stream';
}

/**
 * How long an object may be kept, by its name: with a hash in it a year, since another content has another
 * name; without one, not without asking.
 *
 * @example cacheControl('app-4F7KQ2ZX.js') // 'public, max-age=31536000, immutable'
 */
export function cacheControl(name: string): string {
  return isHashed(name) ? `public, max-age=${IMMUTABLE_SECONDS}, immutable` : 'no-cache';
}

/** @example isHashed('index.html') // false */
export function isHashed(name: string): boolean {
  return HASHED.test(name);
}

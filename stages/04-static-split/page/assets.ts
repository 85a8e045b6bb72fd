import { readFileSync } from 'node:fs';

/** A file of the page as it stands in the CDN. */
export interface Asset {
  /** Its name there: `app-4F7KQ2ZX.js`. */
  readonly file: string;
  /** What must be in it, as browsers check it: `sha384-...`. */
  readonly integrity: string;
}

/** By the names that they have in cdn/. */
export type Assets = Readonly<Record<string, Asset>>;

/**
 * Reads what build-cdn.mjs has written down.
 *
 * @example readAssets('cdn/dist/assets.json')['app.js']?.file // 'app-4F7KQ2ZX.js'
 */
export function readAssets(file: string): Assets {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Assets;
  } catch (error) {
    throw new Error(`${file} cannot be read: "npm run build:cdn" makes it`, { cause: error });
  }
}

/**
 * Where browsers find the files: an origin, or a path where the CDN stands behind the same address as the page.
 *
 * @example cdnAddress({ CDN_ORIGIN: 'https://cdn.example.com' }) // 'https://cdn.example.com'
 */
export function cdnAddress(environment: NodeJS.ProcessEnv): string {
  const address = environment['CDN_ORIGIN'] ?? '';
  const isOrigin = /^https?:$/.test(protocolOf(address)) && new URL(address).origin === address;
  if (isOrigin || /^(\/[\w-]+)+$/.test(address)) return address;
  throw new Error(
    `CDN_ORIGIN is "${address}": expected where the files of cdn/dist are, such as https://cdn.example.com. "npm start" brings a local CDN along.`,
  );
}

/**
 * What a content security policy calls it.
 *
 * @example cspSource('https://cdn.example.com') // 'https://cdn.example.com'
 */
export function cspSource(address: string): string {
  return address.startsWith('/') ? "'self'" : address;
}

function protocolOf(address: string): string {
  return URL.canParse(address) ? new URL(address).protocol : '';
}

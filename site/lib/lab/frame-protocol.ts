// What the service worker and the page that owns a lab say to each other. The worker keeps no state:
// the browser ends and starts it as it likes.

/** Below the site's root: `/lab/frame/<lab>/…` is the page of a running stage. */
export const FRAMES = 'lab/frame/';

/** Caches that the Lab may read and delete; each stage has its own: `lab-1-01-all-in-one`. */
export const CACHE_PREFIX = 'lab-1-';

/** Asked of every window, with a port; the owner answers `true`. */
export interface OwnerQuestion {
  readonly type: 'lab:owner?';
  readonly lab: string;
}

/** A request of a frame, with a port for the answer. */
export interface FrameRequest {
  readonly type: 'lab:request';
  readonly lab: string;
  readonly method: string;
  /** From the stage's root: `/api/rule?name=milk`. */
  readonly path: string;
  readonly headers: readonly (readonly [string, string])[];
  readonly body: ArrayBuffer | undefined;
}

/** What comes back through the port: a head, any number of chunks, an end; or an error. */
export type FrameAnswer =
  | {
      readonly type: 'head';
      readonly status: number;
      readonly statusText: string;
      readonly headers: readonly (readonly [string, string])[];
    }
  | { readonly type: 'chunk'; readonly bytes: Uint8Array<ArrayBuffer> }
  | { readonly type: 'end' }
  | { readonly type: 'error'; readonly message: string };

/** Sent through the port by the worker when nobody reads the answer any more. */
export const CANCEL = 'lab:cancel';

/**
 * Which lab an address belongs to, and its path there.
 *
 * @example frameOf(new URL('https://course.dev/lab/frame/a1/api/rule?x=1'), '/') // { lab: 'a1', path: '/api/rule?x=1' }
 */
export function frameOf(url: URL, root: string): { lab: string; path: string } | undefined {
  const start = root + FRAMES;
  if (!url.pathname.startsWith(start)) return undefined;
  const [lab = '', ...rest] = url.pathname.slice(start.length).split('/');
  return lab === '' ? undefined : { lab, path: `/${rest.join('/')}${url.search}` };
}

/**
 * Where a redirect of the stage leads inside the frame: a path from the stage's root gets the frame's
 * address before it; another site is left as it is.
 *
 * @example locationInFrame('/login', '/lab/frame/a1', 'http://localhost:3001') // '/lab/frame/a1/login'
 */
export function locationInFrame(location: string, frame: string, origin: string): string {
  const path = location.startsWith(`${origin}/`) ? location.slice(origin.length) : location;
  return path.startsWith('/') && !path.startsWith('//') ? frame + path : path;
}

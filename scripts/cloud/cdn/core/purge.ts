/** What is taken out of the cache: RefreshObjectCaches with ObjectType File or Directory. */
export interface Purge {
  readonly type: 'file' | 'directory';
  /** From the root; of a directory it ends in a slash. A file has its query, if any. */
  readonly path: string;
}

/**
 * Whether a kept object is one of those.
 *
 * @example isPurged('/assets/app.js', { type: 'directory', path: '/assets/' }) // true
 */
export function isPurged(key: string, { type, path }: Purge): boolean {
  if (type === 'file') return key === path;
  return path.endsWith('/') && (key.split('?')[0] ?? '').startsWith(path);
}

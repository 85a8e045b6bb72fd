/** How many packages a lockfile gained, lost and moved to another version. */
export interface LockfileChange {
  readonly added: number;
  readonly removed: number;
  readonly changed: number;
}

/**
 * Whether a path is a lockfile: shown as one line, since nobody reads thousands.
 *
 * @example isLockfile('package-lock.json') // true
 */
export function isLockfile(path: string): boolean {
  return path === 'package-lock.json' || path.endsWith('/package-lock.json');
}

/**
 * Compares the packages of two npm lockfiles; an absent file holds none.
 *
 * @example compareLockfiles(before, after) // { added: 3, removed: 0, changed: 1 }
 */
export function compareLockfiles(before: string, after: string): LockfileChange {
  const old = versionsOf(before);
  const now = versionsOf(after);
  const both = [...now.keys()].filter((name) => old.has(name));
  return {
    added: now.size - both.length,
    removed: old.size - both.length,
    changed: both.filter((name) => old.get(name) !== now.get(name)).length,
  };
}

function versionsOf(text: string): Map<string, string> {
  if (text === '') return new Map();
  const { packages = {} } = JSON.parse(text) as { packages?: Record<string, { version?: string }> };
  return new Map(
    Object.entries(packages)
      .filter(([path]) => path !== '')
      .map(([path, { version = '' }]) => [path, version]),
  );
}

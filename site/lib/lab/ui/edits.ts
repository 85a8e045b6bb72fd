/** The stage's files with what the reader has changed. Kept in memory: leaving the page forgets it. */
export interface Edits {
  /** Every file as it would run now. */
  readonly sources: Readonly<Record<string, string>>;
  /** Only what differs from the original. */
  readonly changed: Readonly<Record<string, string>>;
  set(file: string, text: string): void;
  /** One file as it was, or all. */
  revert(file?: string): void;
}

/**
 * Keeps what a reader changes apart from the original.
 *
 * @example
 * const edits = createEdits(payload.sources);
 * edits.set('app.ts', '…');
 * edits.changed; // { 'app.ts': '…' }
 */
export function createEdits(original: Readonly<Record<string, string>>): Edits {
  let changed: Readonly<Record<string, string>> = {};
  return {
    get sources() {
      return { ...original, ...changed };
    },
    get changed() {
      return changed;
    },
    set(file, text) {
      if (!Object.hasOwn(original, file)) throw new TypeError(`the stage has no file ${file}`);
      changed = text === original[file] ? without(changed, file) : { ...changed, [file]: text };
    },
    revert(file) {
      changed = file === undefined ? {} : without(changed, file);
    },
  };
}

function without(
  files: Readonly<Record<string, string>>,
  file: string,
): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(files).filter(([path]) => path !== file));
}

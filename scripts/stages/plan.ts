import type { Stage } from './catalogue.ts';
import { blobId } from './files.ts';
import type { Files } from './files.ts';
import { isLockfile } from './lockfile.ts';
import type { Merge } from './merge.ts';
import type { Change } from './schema.ts';
import { undeclaredPaths } from './undeclared.ts';

/** What brings a stage up to its parent. */
export type Action =
  | {
      readonly kind: 'write';
      readonly path: string;
      readonly content: Buffer;
      readonly why: string;
    }
  | { readonly kind: 'delete'; readonly path: string; readonly why: string }
  /** Records that a declared change was reviewed against this blob of the parent. */
  | { readonly kind: 'review'; readonly path: string; readonly base: string }
  /** Stops here: a person must decide. With a content, that is written for them. */
  | {
      readonly kind: 'stop';
      readonly path: string;
      readonly what: string;
      readonly content?: Buffer;
    };

/** What the plan asks git. */
export interface Knowledge {
  /** Whether git holds this content, so that overwriting it loses nothing. */
  isSaved(content: Buffer): boolean;
  /** Whether the parent had the file in the last commit. */
  wasInParent(path: string): boolean;
  /** The content of a blob, or undefined when git does not hold it. */
  read(blob: string): Buffer | undefined;
  merge(path: string, mine: Buffer, base: Buffer, theirs: Buffer): Merge;
}

/**
 * Decides how a fix in the parent reaches a stage: undeclared files are copied, declared ones merged
 * three ways from the parent's content they were last reviewed against.
 *
 * @example planPropagation(second, readFiles(second.directory), readFiles(first.directory), knowledge)
 */
export function planPropagation(stage: Stage, own: Files, parent: Files, git: Knowledge): Action[] {
  return [
    ...undeclaredPaths(stage, own, parent).flatMap((path) =>
      planCopy(stage, path, own.get(path), parent.get(path), git),
    ),
    ...stage.changes.flatMap((change) => planMerge(stage, change, own, parent, git)),
  ];
}

function planCopy(
  stage: Stage,
  path: string,
  mine: Buffer | undefined,
  theirs: Buffer | undefined,
  git: Knowledge,
): Action[] {
  if (mine && theirs && mine.equals(theirs)) return [];
  if (mine && !git.isSaved(mine)) {
    const what = `${stage.id}/${path} differs from ${stage.from} and is not committed. Make the change in the earliest stage that needs it, or declare it in stage.json, or commit it so that it can be overwritten.`;
    return [{ kind: 'stop', path, what }];
  }
  if (theirs) {
    return [{ kind: 'write', path, content: theirs, why: mine ? 'copied' : 'added' }];
  }
  if (git.wasInParent(path)) return [{ kind: 'delete', path, why: `${stage.from} removed it` }];
  const what = `${stage.id}/${path} is not in ${stage.from}. Delete it or declare it in stage.json as "added".`;
  return [{ kind: 'stop', path, what }];
}

function planMerge(
  stage: Stage,
  change: Change,
  own: Files,
  parent: Files,
  git: Knowledge,
): Action[] {
  if (change.kind === 'added') return [];
  const { path } = change;
  const source = change.kind === 'renamed' ? change.was : path;
  const theirs = parent.get(source);
  if (!theirs) {
    const what = `${stage.id} declares ${path} as "${change.kind}", but ${stage.from} has no ${source} any more. Correct stage.json.`;
    return [{ kind: 'stop', path, what }];
  }
  const base = blobId(theirs);
  if (base === change.base) return [];
  if (change.kind === 'removed') return [{ kind: 'review', path, base }];
  const mine = own.get(path);
  if (!mine) {
    const what = `${stage.id} declares ${path} as "${change.kind}", but has no such file. Correct stage.json.`;
    return [{ kind: 'stop', path, what }];
  }
  if (mine.equals(theirs)) return [{ kind: 'review', path, base }];
  const old = git.read(change.base);
  const byHand = `Carry what changed in ${stage.from}/${source} over by hand, then set "base" of ${path} in ${stage.id}/stage.json to ${base}.`;
  if (!old) {
    const what = `git does not hold ${change.base}, the ${source} that ${stage.id} was reviewed against. ${byHand}`;
    return [{ kind: 'stop', path, what }];
  }
  const merge = git.merge(path, mine, old, theirs);
  if (merge.kind === 'clean') {
    const review: Action = { kind: 'review', path, base };
    if (merge.content.equals(mine)) return [review];
    const why = isLockfile(path)
      ? `merged; run "npm install" in ${stage.id} to prove it`
      : 'merged';
    return [{ kind: 'write', path, content: merge.content, why }, review];
  }
  // Markers in a lockfile help nobody: npm makes it anew from package.json.
  if (merge.kind === 'impossible' || isLockfile(path)) {
    return [{ kind: 'stop', path, what: `${stage.id}/${path} cannot be merged. ${byHand}` }];
  }
  const what = `${stage.id}/${path} conflicts with ${stage.from}/${source}; the file now holds both sides between markers. Decide, delete the markers, and run "npm run stage propagate" again.`;
  return [
    { kind: 'review', path, base },
    { kind: 'stop', path, what, content: merge.content },
  ];
}

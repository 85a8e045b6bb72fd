import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parentOf } from './catalogue.ts';
import type { Stage } from './catalogue.ts';
import { blobId, hasConflictMarkers, readFiles } from './files.ts';
import type { Files } from './files.ts';
import { git, gitText } from './git.ts';
import { mergeFiles } from './merge.ts';
import { planPropagation } from './plan.ts';
import type { Action, Knowledge } from './plan.ts';

/** What was done to one stage, in order; with a stop among it, later stages were left alone. */
export interface Propagation {
  readonly stage: Stage;
  readonly actions: readonly Action[];
}

/**
 * Carries what changed in earlier stages forward, stage by stage, and stops after the first stage in
 * which a person must decide. Writes only files whose content changes.
 *
 * @example for (const { stage, actions } of propagate(readStages())) console.log(stage.id, actions.length)
 */
export function propagate(stages: readonly Stage[]): Propagation[] {
  const done: Propagation[] = [];
  for (const stage of stages) {
    const parent = parentOf(stages, stage);
    if (!parent) continue;
    const own = readFiles(stage.directory);
    const unfinished = unfinishedMerge(stage, own);
    const parentFiles = readFiles(parent.directory);
    const actions = unfinished ?? planPropagation(stage, own, parentFiles, askGit(stage, parent));
    for (const action of actions) apply(stage, action, parent);
    if (actions.length > 0) done.push({ stage, actions });
    if (actions.some(({ kind }) => kind === 'stop')) break;
  }
  return done;
}

/**
 * A stage.json in which declared changes have new review bases; nothing else in its text changes.
 *
 * @example rebased(text, stage.changes, new Map([['app.ts', blob]]))
 */
export function rebased(
  text: string,
  changes: Stage['changes'],
  bases: ReadonlyMap<string, string>,
): string {
  // The schema allows "base" only in changes, so the n-th one in the text is the n-th change that has one.
  const withBase = changes.filter(({ kind }) => kind !== 'added').map(({ path }) => path);
  let index = 0;
  return text.replace(/("base"\s*:\s*")([0-9a-f]{40})"/g, (_, start: string, old: string) => {
    const path = withBase[index++];
    return `${start}${(path !== undefined && bases.get(path)) || old}"`;
  });
}

function unfinishedMerge(stage: Stage, own: Files): Action[] | undefined {
  const path = [...own].find(([, content]) => hasConflictMarkers(content))?.[0];
  if (path === undefined) return undefined;
  const what = `${stage.id}/${path} still holds conflict markers. Decide, delete the markers, and run "npm run stage propagate" again.`;
  return [{ kind: 'stop', path, what }];
}

function apply(stage: Stage, action: Action, parent: Stage): void {
  const file = join(stage.directory, action.path);
  if (action.kind === 'delete') {
    rmSync(file);
  } else if (action.kind === 'review') {
    const description = join(stage.directory, 'stage.json');
    const bases = new Map([[action.path, action.base]]);
    writeFileSync(description, rebased(readFileSync(description, 'utf8'), stage.changes, bases));
    keepBlob(stage, parent, action);
  } else if (action.content) {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, action.content);
  }
}

/** The next merge starts from this content, even when it never gets into a commit. */
function keepBlob(stage: Stage, parent: Stage, { path, base }: { path: string; base: string }) {
  const change = stage.changes.find((each) => each.path === path);
  const source = change?.kind === 'renamed' ? change.was : path;
  const content = readFileSync(join(parent.directory, source));
  if (blobId(content) === base) {
    gitText(parent.directory, ['hash-object', '-w', '--stdin', '--no-filters'], { input: content });
  }
}

function askGit(stage: Stage, parent: Stage): Knowledge {
  const holds = (name: string) => git(stage.directory, ['cat-file', '-e', name]).code === 0;
  return {
    isSaved: (content) => holds(blobId(content)),
    wasInParent: (path) => git(parent.directory, ['cat-file', '-e', `HEAD:./${path}`]).code === 0,
    read: (blob) => {
      const { code, out } = git(stage.directory, ['cat-file', 'blob', blob]);
      return code === 0 ? out : undefined;
    },
    merge: (path, mine, base, theirs) =>
      mergeFiles(
        { name: `${stage.id}/${path}`, content: mine },
        { name: 'reviewed', content: base },
        { name: parent.id, content: theirs },
      ),
  };
}

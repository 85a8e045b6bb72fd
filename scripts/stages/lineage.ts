import { parentOf } from './catalogue.ts';
import type { Stage } from './catalogue.ts';
import { blobId, hasConflictMarkers, readFiles } from './files.ts';
import type { Files } from './files.ts';
import type { Problem } from './problem.ts';
import { checkReferences } from './references.ts';
import type { Change, Concern } from './schema.ts';
import { undeclaredPaths } from './undeclared.ts';

/**
 * Checks every stage against its parent and its own references; an empty answer means all is as declared.
 *
 * @example checkLineage(readStages()).map(({ code, message }) => `${code}: ${message}`)
 */
export function checkLineage(stages: readonly Stage[]): Problem[] {
  const files = new Map(stages.map((stage) => [stage.id, readFiles(stage.directory)]));
  return stages.flatMap((stage) => {
    const own = files.get(stage.id) ?? new Map();
    const parent = parentOf(stages, stage);
    const inherited = parent && files.get(parent.id);
    return [
      ...checkReferences(stage, own),
      ...checkMerges(stage, own),
      ...(inherited ? compareWithParent(stage, own, inherited) : []),
    ];
  });
}

/**
 * What is not declared must equal the parent byte for byte; what is declared must differ as declared
 * and must have been reviewed against the parent as it is now.
 *
 * @example compareWithParent(second, readFiles(second.directory), readFiles(first.directory))
 */
export function compareWithParent(stage: Stage, own: Files, parent: Files): Problem[] {
  return [
    ...undeclaredPaths(stage, own, parent).flatMap((path) =>
      driftOf(stage, path, own.get(path), parent.get(path)),
    ),
    ...stage.changes.flatMap((change) => checkChange(stage, change, own, parent)),
    ...(stage.concerns ?? []).flatMap((concern) => checkConcern(stage, concern, own, parent)),
  ];
}

/** A map leads from files that the parent has to files that are here. */
function checkConcern(
  stage: Stage,
  { title, was, now }: Concern,
  own: Files,
  parent: Files,
): Problem[] {
  const missing = [
    ...was.filter((path) => !parent.has(path)).map((path) => ({ path, where: stage.from ?? '' })),
    ...now.filter((path) => !own.has(path)).map((path) => ({ path, where: stage.id })),
  ];
  return missing.map(({ path, where }) => ({
    code: 'E_REFERENCE_BROKEN',
    stage: stage.id,
    path,
    message: `${stage.id}/stage.json: concern "${title.en}" expected the file ${where}/${path}, found none. Correct the path.`,
  }));
}

function driftOf(
  stage: Stage,
  path: string,
  own: Buffer | undefined,
  parent: Buffer | undefined,
): Problem[] {
  const where = `${stage.id}/${path}`;
  const next = 'or declare it in stage.json';
  if (own && parent) {
    if (own.equals(parent)) return [];
    const message = `${where} differs from ${stage.from}. Run "npm run stage propagate" ${next} as "changed".`;
    return [{ code: 'E_STAGE_DRIFT', stage: stage.id, path, message }];
  }
  const message = own
    ? `${where} is not in ${stage.from}. Delete it ${next} as "added".`
    : `${where} is missing, ${stage.from} has it. Run "npm run stage propagate" ${next} as "removed".`;
  return [{ code: 'E_STAGE_DRIFT', stage: stage.id, path, message }];
}

function checkChange(stage: Stage, change: Change, own: Files, parent: Files): Problem[] {
  const stale = staleness(change, own, parent);
  if (stale) {
    const message = `${stage.id}/stage.json declares ${change.path} as "${change.kind}", but ${stale}. Correct or delete the entry.`;
    return [{ code: 'E_STAGE_STALE', stage: stage.id, path: change.path, message }];
  }
  if (change.kind === 'added') return [];
  const source = change.kind === 'renamed' ? change.was : change.path;
  const now = blobId(parent.get(source) ?? Buffer.alloc(0));
  if (now === change.base) return [];
  const message = `${stage.from}/${source} moved: parent is ${short(now)}, ${stage.id} was reviewed against ${short(change.base)}, review ${stage.id.slice(0, 2)}. Run "npm run stage propagate", or set "base" to ${now} in stage.json after reading the change.`;
  return [{ code: 'E_PARENT_MOVED', stage: stage.id, path: change.path, message }];
}

/** Why a declared change is none, or undefined when it is one. */
function staleness(change: Change, own: Files, parent: Files): string | undefined {
  const mine = own.get(change.path);
  const theirs = parent.get(change.path);
  const source = change.kind === 'renamed' ? change.was : change.path;
  if (change.kind === 'added') {
    if (!mine) return 'the stage has no such file';
    return theirs && 'the parent has it too';
  }
  if (!parent.has(source)) return `the parent has no ${source}`;
  if (change.kind === 'removed') return mine && 'the stage has it';
  if (!mine) return 'the stage has no such file';
  if (change.kind === 'renamed') {
    if (own.has(change.was)) return `the stage still has ${change.was}`;
    return theirs && `the parent has ${change.path} too`;
  }
  return theirs && mine.equals(theirs) ? 'it equals the parent' : undefined;
}

function checkMerges(stage: Stage, own: Files): Problem[] {
  return [...own]
    .filter(([, content]) => hasConflictMarkers(content))
    .map(([path]) => ({
      code: 'E_MERGE_UNFINISHED',
      stage: stage.id,
      path,
      message: `${stage.id}/${path} holds conflict markers. Decide between the sides and delete the markers.`,
    }));
}

function short(id: string): string {
  return id.slice(0, 7);
}

/**
 * Where a reader is in the course, as their browser keeps it. Another shape takes another key, so that an old
 * page never reads a new one's. The language is not part of it: whoever changes languages goes on.
 */
export const PROGRESS_KEY = 'serverless-evolution:progress:v1';

export interface Progress {
  /** The stage that was read last, by id, and the section of it. */
  readonly at?: { readonly stage: string; readonly section: string } | undefined;
  /** Stages that were read to their end, by id, in the order in which that happened. */
  readonly done: readonly string[];
}

export const NO_PROGRESS: Progress = { done: [] };

/** What progress is kept in: `localStorage`, which a browser may refuse. */
export type Keeper = Pick<Storage, 'getItem' | 'setItem'>;

/**
 * The progress that a browser has kept; none when there is none, or nothing that can be understood.
 *
 * @example readProgress(localStorage).at?.stage // '03-table-store'
 */
export function readProgress(keeper: Keeper): Progress {
  try {
    const value = JSON.parse(keeper.getItem(PROGRESS_KEY) ?? 'null') as Partial<Progress> | null;
    const { at, done } = value ?? {};
    const isPlace = typeof at?.stage === 'string' && typeof at.section === 'string';
    return {
      ...(isPlace && { at: { stage: at.stage, section: at.section } }),
      done: Array.isArray(done) ? done.filter((each) => typeof each === 'string') : [],
    };
  } catch {
    return NO_PROGRESS;
  }
}

/**
 * Keeps progress; a browser that refuses (a private window, a full disk) just does not.
 *
 * @example keepProgress(localStorage, reached(readProgress(localStorage), '03-table-store', 'break'))
 */
export function keepProgress(keeper: Keeper, progress: Progress): void {
  try {
    keeper.setItem(PROGRESS_KEY, JSON.stringify(progress));
  } catch {
    // Reading goes on without it.
  }
}

/** The last section of a lesson: who has seen it has read the stage. */
export const LAST_SECTION = 'still-hurts';

/**
 * The progress of a reader who has come to a section.
 *
 * @example reached(NO_PROGRESS, '01-all-in-one', 'still-hurts').done // ['01-all-in-one']
 */
export function reached(progress: Progress, stage: string, section: string): Progress {
  const isNew = section === LAST_SECTION && !progress.done.includes(stage);
  return {
    at: { stage, section },
    done: isNew ? [...progress.done, stage] : progress.done,
  };
}

/**
 * Where to go on: the section that was read last, or the next stage when that one was read to its end.
 *
 * @example resumeAt({ at: { stage: '01-all-in-one', section: 'run' }, done: [] }, ids) // { stage: '01-all-in-one', section: 'run' }
 */
export function resumeAt(
  { at, done }: Progress,
  stages: readonly string[],
): { readonly stage: string; readonly section: string } | undefined {
  if (!at || !stages.includes(at.stage)) return undefined;
  const next = stages[stages.indexOf(at.stage) + 1];
  const isOver = at.section === LAST_SECTION && done.includes(at.stage);
  return isOver && next !== undefined ? { stage: next, section: '' } : at;
}

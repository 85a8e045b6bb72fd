import type { LabTarget } from '../../../../scripts/lab/payload.ts';
import { fill } from '../../fill.ts';
import type { Edits } from './edits.ts';
import { openSession, type Session, type SessionOptions } from './session.ts';
import { addInstance, sendMany } from './verbs.ts';
import type { LabWords } from './words.ts';

/** More than any idle window of a platform. */
const SKIPPED_MS = 10 * 60_000;

/** The reader's own running stage, to which one thing is done at a time. */
export interface Service {
  /** Undefined while it is being started, and when that failed. */
  readonly session: Session | undefined;
  readonly target: LabTarget;
  open(): Promise<void>;
  /** Closes it, and starts it on another target. */
  choose(target: LabTarget): Promise<void>;
  /** Runs the reader's changes; rejects with what is wrong with them. Answers whether it was free to. */
  edit(): Promise<boolean>;
  send(): Promise<void>;
  add(): Promise<void>;
  kill(instance?: string): Promise<void>;
  restart(): Promise<void>;
  reset(): Promise<void>;
  skip(): Promise<void>;
  close(): Promise<void>;
}

export interface ServiceOptions extends Omit<SessionOptions, 'target' | 'sources' | 'emit'> {
  readonly target: LabTarget;
  readonly edits: Edits;
  readonly words: LabWords;
  readonly signal: AbortSignal;
  onStarted(session: Session): void;
  /** Something is being done, or is over. */
  onBusy(isBusy: boolean): void;
  say(text: string, bad?: boolean): void;
}

/**
 * Keeps the reader's own stage: starts it, does to it what is asked, and says how that went.
 *
 * @example
 * const service = createService({ files, drawn, edits, target: 'process', words, signal, onStarted, onBusy, say });
 * await service.open();
 * await service.kill('web-1');
 */
export function createService(options: ServiceOptions): Service {
  const { edits, words, signal, onStarted, onBusy, say, ...sessionOptions } = options;
  const { done } = words;
  let { target } = options;
  let session: Session | undefined;
  let isBusy = false;

  async function open(): Promise<void> {
    const opened = await openSession({ ...sessionOptions, target, sources: edits.sources });
    if (signal.aborted) {
      await opened.deployment.close();
      throw new Error(words.stopped);
    }
    session = opened;
    onStarted(opened);
  }

  /** Does one thing at a time; answers whether it did. */
  async function alone(work: () => Promise<void>): Promise<boolean> {
    if (isBusy) return false;
    isBusy = true;
    onBusy(true);
    try {
      await work();
      return true;
    } finally {
      isBusy = false;
      onBusy(false);
    }
  }

  /** Does something to the running stage and says how it went; one that failed to start is started first. */
  async function act(work: (own: Session) => Promise<string>): Promise<void> {
    try {
      await alone(async () => {
        if (!session) await open();
        if (session) say(await work(session));
      });
    } catch (error) {
      say(fill(done.failed, { reason: (error as Error).message }), true);
    }
  }

  return {
    get session() {
      return session;
    },
    get target() {
      return target;
    },
    open,
    choose: (chosen) =>
      act(async (own) => {
        session = undefined;
        await own.deployment.close();
        target = chosen;
        await open();
        return words.running;
      }),
    edit: () =>
      alone(async () => {
        if (session) await session.edit(edits.sources);
        else await open();
      }),
    send: () =>
      act(async ({ deployment }) => {
        const result = await sendMany(deployment.fetch);
        return fill(done.sent, { ...result, count: result.good + result.bad });
      }),
    add: () =>
      act(async ({ deployment }) => fill(done.added, { count: await addInstance(deployment) })),
    kill: (instance) =>
      act(async ({ deployment }) => {
        await deployment.kill(instance);
        return done.killed;
      }),
    restart: () =>
      act(async ({ deployment }) => {
        await deployment.restart();
        return done.restarted;
      }),
    reset: () =>
      act(async ({ deployment }) => {
        await deployment.reset();
        return done.reset;
      }),
    skip: () =>
      act(async ({ deployment }) => {
        await deployment.wait(SKIPPED_MS);
        return done.skipped;
      }),
    async close() {
      await session?.deployment.close();
    },
  };
}

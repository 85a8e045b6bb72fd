import type { Call } from '../../core/kubectl/arguments.ts';
import type { Actions } from '../actions.ts';
import type { Engine } from '../kubernetes.ts';

/** What a command line writes to, and what it may read. */
export interface KubectlIo {
  out(text: string): void;
  err(text: string): void;
  /** The texts of what `-f` names. */
  readonly files?: Readonly<Record<string, string>>;
  /** Ends a command that follows or waits. */
  readonly signal?: AbortSignal;
}

/** What a verb is given. */
export interface VerbContext {
  readonly call: Call;
  readonly engine: Engine;
  readonly actions: Actions;
  readonly io: KubectlIo;
  /** Real time in milliseconds. */
  now(): number;
}

/** Carries out a verb and answers with the exit code. */
export type Verb = (context: VerbContext) => Promise<number>;

/** What the API server answers, as kubectl prints it. */
export class ServerError extends Error {
  override readonly name = 'ServerError';
  readonly reason: string;

  constructor(reason: string, message: string) {
    super(message);
    this.reason = reason;
  }
}

/** Resolves when a command is to end. */
export function aborted(signal: AbortSignal | undefined): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  if (signal?.aborted) resolve();
  signal?.addEventListener('abort', () => resolve(), { once: true });
  return promise;
}

import type { FunctionSpec } from './manifest.ts';

/** A request as an HTTP trigger receives it. */
export interface TriggerRequest {
  readonly method: string;
  readonly url: URL;
  readonly headers: Headers;
  readonly body: Uint8Array;
  readonly sourceIp: string;
}

/** What the trigger itself adds. */
export interface TriggerContext {
  readonly requestId: string;
  readonly accountId: string;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

/** What goes wrong between a request and a function's answer. */
export type Problem =
  | 'badRequest'
  | 'methodNotAllowed'
  | 'noSuchFunction'
  | 'throttled'
  | 'startTimedOut'
  | 'initializerFailed'
  | 'moduleFailed'
  | 'handlerMissing'
  | 'handlerFailed'
  | 'instanceExited'
  | 'outOfMemory'
  | 'timedOut'
  | 'badResponse'
  | 'responseTooLarge'
  | 'closing';

/** What a function reports of its own error. */
export interface FunctionError {
  readonly errorMessage: string;
  readonly errorType?: string;
  readonly stackTrace?: readonly string[];
}

/** An answer that the platform gives in a function's place. */
export interface ErrorAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** How a cloud reads what a handler returned. */
export interface AnswerRules {
  /** Headers that the platform or the connection sets; a function's own are dropped. */
  readonly reserved: RegExp;
  /** Whether a header may be a list, which is sent as one header each: `Set-Cookie` needs it. */
  readonly lists: boolean;
  /** How many bytes a result may have; undefined is any number. */
  readonly most?: number;
}

export type CloudId = 'fc' | 'scf';

/**
 * What tells one function platform from another: data, and the translators of events and errors. Instances,
 * their pool and their lives are the same for all.
 */
export interface Cloud {
  readonly id: CloudId;
  /** As messages call it: `Function Compute`. */
  readonly name: string;
  /** The end of a function's own address: `<function name>.fcapp.localhost`. */
  readonly ownDomain: string;
  /** Whether a browser downloads what comes from the function's own address. */
  readonly ownDomainDownloads: boolean;
  /** How many instances of a function run at once. */
  readonly instanceCap: number;
  /** How many seconds a runtime may take until it listens. */
  readonly startTimeout: number;
  /** The header that carries a request's id in every answer. */
  readonly requestIdHeader: string;
  /** The variable that names the folder of the code. */
  readonly codeVariable: string;
  readonly answers: AnswerRules;
  /** A request's id from the time and 16 bytes of chance. */
  requestId(now: number, chance: Uint8Array): string;
  /** What is too large in a request, or undefined. */
  oversize(request: TriggerRequest): string | undefined;
  /** What the function receives. */
  toEvent(request: TriggerRequest, context: TriggerContext): object;
  /** What is said when time ran out. */
  lateError(seconds: number): FunctionError;
  errorAnswer(problem: Problem, error: FunctionError, requestId: string): ErrorAnswer;
  /** Variables that the platform sets for an instance. */
  environment(
    spec: FunctionSpec,
    of: { readonly accountId: string; readonly instance: string },
  ): Readonly<Record<string, string>>;
}

import type { Clock } from '../../shared/clock.ts';
import { type Fault, FAULTS, TablestoreError } from '../core/errors.ts';
import { ErrorMessage } from '../core/messages.ts';
import { encodeMessage } from '../core/protobuf.ts';
import { encodeRecord } from '../core/record.ts';
import { contentMd5, signResponse } from '../core/signature.ts';
import type { Effect, Tables } from '../core/tables.ts';
import { type Access, type CheckedRequest, checkRequest } from './check-request.ts';
import type { Log } from './log.ts';
import { readRequest } from './read-request.ts';
import type { WireRequest, WireResponse } from './wire.ts';

export interface EngineOptions extends Access {
  readonly tables: Tables;
  readonly log: Log;
  readonly clock: Clock;
  /** Told what the answer "Internal server error." keeps to itself: a fault of ours. */
  readonly report: (error: unknown) => void;
}

/** An instance of Tablestore: tables behind the wire protocol. */
export interface Engine {
  answer(request: WireRequest): Promise<WireResponse>;
  /** The same for a web Request: in a tab, nothing listens. */
  handle(request: Request): Promise<Response>;
  /** Answers every request with this fault, until it is called without one. */
  fail(fault?: Fault): void;
}

/**
 * Makes an engine. It runs an operation at once and as a whole, so no two ever meet, and answers when
 * what it did is flushed.
 *
 * @example
 * const engine = createEngine({ tables: new Tables(), log: memoryLog, clock: systemClock, accessKeys: { key: 'secret' }, instance: 'todo', report: console.error });
 * const response = await engine.handle(request);
 */
export function createEngine(options: EngineOptions): Engine {
  const { tables, log, clock, report } = options;
  let fault: Fault | undefined;

  const run = ({ operation }: CheckedRequest, body: Uint8Array): Uint8Array => {
    const effects: Effect[] = [];
    const change = (effect: Effect): void => {
      tables.apply(effect);
      effects.push(effect);
    };
    try {
      return operation(body, { tables, now: clock.now(), change });
    } finally {
      // What was applied is logged, whatever happened since: the log and the tables never differ.
      if (effects.length > 0) log.append(encodeRecord(effects));
    }
  };

  const asError = (error: unknown): TablestoreError => {
    if (error instanceof TablestoreError) return error;
    report(error);
    return new TablestoreError('OTSInternalServerError', FAULTS.OTSInternalServerError);
  };

  const answer = async (request: WireRequest): Promise<WireResponse> => {
    let checked: CheckedRequest | undefined;
    let status = 200;
    let body: Uint8Array;
    try {
      checked = checkRequest(request, options, clock.now());
      if (fault) throw new TablestoreError(fault, FAULTS[fault]);
      body = run(checked, request.body);
      await log.flushed().catch((error: unknown) => {
        report(error);
        throw new TablestoreError('OTSServerUnavailable', FAULTS.OTSServerUnavailable);
      });
    } catch (error) {
      const { code, message, status: errorStatus } = asError(error);
      status = errorStatus;
      body = encodeMessage(ErrorMessage, { code, message });
    }
    return { status, headers: responseHeaders(request.path, body, checked, clock.now()), body };
  };

  return {
    answer,
    async handle(request) {
      const { status, headers, body } = await answer(await readRequest(request));
      return new Response(body as Uint8Array<ArrayBuffer>, { status, headers });
    },
    fail(next) {
      fault = next;
    },
  };
}

/** All that the Python SDK verifies; only who proved to know a key's secret gets a signature made with it. */
function responseHeaders(
  path: string,
  body: Uint8Array,
  checked: CheckedRequest | undefined,
  now: number,
): Record<string, string> {
  const headers: Record<string, string> = {
    'x-ots-contentmd5': contentMd5(body),
    'x-ots-contenttype': 'protocol buffer',
    'x-ots-date': new Date(now).toISOString(),
    'x-ots-requestid': crypto.randomUUID(),
  };
  if (!checked) return headers;
  const signature = signResponse(checked.secret, path, headers);
  return { ...headers, authorization: `OTS ${checked.accessKeyId}:${signature}` };
}

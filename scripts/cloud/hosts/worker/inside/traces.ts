import { channel, tracingChannel } from '../node/diagnostics-channel.ts';
import { numberOf } from '../node/http/network.ts';
import { onlyRequest } from './answer.ts';
import { fileIn } from './file-in.ts';
import { tell } from './outside.ts';

/** What Midway is about to call: a middleware by its class, or a function as `ApiFunctions.list`. */
interface MidwayCall {
  readonly name: string;
  /** The calls that put it there, of what was put anywhere. */
  readonly placedBy?: string;
}

/** What Express' router publishes of every function that a request goes through. */
interface HandlerContext {
  readonly req: { readonly socket: object };
  readonly handler?: { readonly name?: string };
  /** Its place in the router; the Lab's build has it keep the calls that put it there. */
  readonly layer?: { readonly placedBy?: string };
  readonly error?: unknown;
}

/**
 * Tells of every middleware that runs, and of Midway's functions: Express 5.3 publishes them, and the Lab's build
 * has Midway do so, so the stage is not touched.
 *
 * @example traceMiddleware('/code');
 */
export function traceMiddleware(folder: string): void {
  const told = (phase: 'start' | 'end') => (message: object) => {
    const { req, handler, layer, error } = message as HandlerContext;
    const request = numberOf(req.socket) ?? onlyRequest();
    const name = handler?.name || 'anonymous';
    const file = fileIn(folder, layer?.placedBy);
    const failure = phase === 'end' && error !== undefined && { error: textOf(error) };
    tell({
      type: 'trace',
      ...(request !== undefined && { request }),
      trace: { kind: 'middleware', phase, name, ...(file !== undefined && { file }), ...failure },
    });
  };
  channel('midway.call').subscribe((message) => {
    const { name, placedBy } = message as MidwayCall;
    const request = onlyRequest();
    const file = fileIn(folder, placedBy);
    tell({
      type: 'trace',
      ...(request !== undefined && { request }),
      trace: { kind: 'middleware', phase: 'start', name, ...(file !== undefined && { file }) },
    });
  });
  const isAsync = new WeakSet<object>();
  tracingChannel('express.router.request').subscribe({
    start: told('start'),
    // Of one that answers with a promise the end comes later; `result` or `error` is set when it is over.
    end: (message, name) => {
      if ('result' in message || 'error' in message) told('end')(message);
      else isAsync.add(message);
      void name;
    },
    asyncEnd: (message) => {
      if (isAsync.delete(message)) told('end')(message);
    },
  });
}

/**
 * Tells of what the program reads and writes on its disk.
 *
 * @example traceDisk('write', '/code/db.json');
 */
export function traceDisk(operation: 'read' | 'write', path: string): void {
  const request = onlyRequest();
  tell({
    type: 'trace',
    ...(request !== undefined && { request }),
    trace: { kind: 'disk', operation, path },
  });
}

/**
 * Tells that the program asks a service outside.
 *
 * @example traceCall('http://tablestore.lab');
 */
export function traceCall(to: string): void {
  const request = onlyRequest();
  tell({ type: 'trace', ...(request !== undefined && { request }), trace: { kind: 'call', to } });
}

function textOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

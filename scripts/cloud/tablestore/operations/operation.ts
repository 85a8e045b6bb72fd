import { invalid } from '../core/errors.ts';
import { decodeMessage, encodeMessage, type Message, type Schema } from '../core/protobuf.ts';
import type { Effect, Tables } from '../core/tables.ts';

/** What an operation works on. */
export interface Context {
  readonly tables: Tables;
  /** Milliseconds since the epoch. */
  readonly now: number;
  /** Applies an effect, for good: an operation checks all it has to before its first one. */
  change(effect: Effect): void;
}

/** From the body of a request to the body of its answer; throws a TablestoreError. */
export type Operation = (body: Uint8Array, context: Context) => Uint8Array;

/**
 * An operation by its messages and what it does.
 *
 * @example export const listTable = operation(NoFields, ListTableResponse, (_, { tables }) => …);
 */
export function operation<Request extends Schema, Response extends Schema>(
  request: Request,
  response: Response,
  run: (request: Message<Request>, context: Context) => Message<Response>,
): Operation {
  return (body, context) => encodeMessage(response, run(parse(request, body), context));
}

function parse<S extends Schema>(schema: S, body: Uint8Array): Message<S> {
  try {
    return decodeMessage(schema, body);
  } catch {
    throw invalid('Cannot deserialize the request data.');
  }
}

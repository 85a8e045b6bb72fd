import { ClientRequest, type ClientRequestOptions } from './http/client-request.ts';
import { validateHeaderName, validateHeaderValue } from './http/header-checks.ts';
import { IncomingMessage } from './http/incoming-message.ts';
import { OutgoingMessage } from './http/outgoing-message.ts';
import { MAX_HEADER_BYTES } from './http/parser.ts';
import { Server } from './http/server.ts';
import { ServerResponse } from './http/server-response.ts';
import { METHODS, STATUS_CODES } from './http/status-codes.ts';

type OnResponse = (response: IncomingMessage) => void;

/** Keeps no connections: the next request opens one at no cost. */
export class Agent {
  readonly options: object;
  maxSockets = Infinity;

  constructor(options: object = {}) {
    this.options = options;
  }

  destroy(): void {
    // Nothing is kept, so nothing is left to close.
  }
}

export const globalAgent = new Agent();
export const maxHeaderSize = MAX_HEADER_BYTES;

export function createServer(...parameters: ConstructorParameters<typeof Server>): Server {
  return new Server(...parameters);
}

export function request(
  first: string | URL | ClientRequestOptions,
  second?: ClientRequestOptions | OnResponse,
  third?: OnResponse,
): ClientRequest {
  const onResponse = typeof second === 'function' ? second : third;
  const more = typeof second === 'object' ? second : {};
  const isAddress = typeof first === 'string' || first instanceof URL;
  return new ClientRequest({ ...(isAddress ? optionsOf(first) : first), ...more }, onResponse);
}

export function get(...parameters: Parameters<typeof request>): ClientRequest {
  const outgoing = request(...parameters);
  outgoing.end();
  return outgoing;
}

function optionsOf(address: string | URL): ClientRequestOptions {
  const { protocol, hostname, port, pathname, search } = new URL(address);
  if (protocol !== 'http:')
    throw Object.assign(new TypeError(`Protocol "${protocol}" not supported. Expected "http:"`), {
      code: 'ERR_INVALID_PROTOCOL',
    });
  return { hostname, path: pathname + search, ...(port && { port }) };
}

export {
  ClientRequest,
  IncomingMessage,
  METHODS,
  OutgoingMessage,
  Server,
  ServerResponse,
  STATUS_CODES,
  validateHeaderName,
  validateHeaderValue,
};

export default {
  Agent,
  ClientRequest,
  createServer,
  get,
  globalAgent,
  IncomingMessage,
  maxHeaderSize,
  METHODS,
  OutgoingMessage,
  request,
  Server,
  ServerResponse,
  STATUS_CODES,
  validateHeaderName,
  validateHeaderValue,
};

// The network of one instance: ports, and connections to them without a wire.
import type { Duplex } from 'node:stream';
import { hold } from '../event-loop.ts';
import { duplexPair } from '../stream.ts';
import { codedError } from './errors.ts';

export interface Listener {
  /** Takes a connection that somebody has opened. */
  accept(socket: Duplex): void;
}

/** The first port of those that are given to programs that ask for any: RFC 6335. */
const FIRST_EPHEMERAL_PORT = 49_152;
const LOOPBACK = '127.0.0.1';
const LOCAL_NAMES = new Set(['localhost', LOOPBACK, '::1', '[::1]', '0.0.0.0', '::']);

const listeners = new Map<number, Listener>();
let onListening: (port: number) => void = () => undefined;

/** Calls back for every port that a program begins to listen on. */
export function watchPorts(callback: (port: number) => void): void {
  onListening = callback;
}

/** Takes a port, any free one for 0; an error in Node's words when somebody has it. */
export function bind(wanted: number, listener: Listener): number {
  const port = wanted || firstFree();
  if (listeners.has(port))
    throw Object.assign(
      codedError(Error, 'EADDRINUSE', `listen EADDRINUSE: address already in use :::${port}`),
      { errno: -98, syscall: 'listen', address: '::', port },
    );
  listeners.set(port, listener);
  return port;
}

function firstFree(): number {
  let port = FIRST_EPHEMERAL_PORT;
  while (listeners.has(port)) port += 1;
  return port;
}

/** Says that the program has been told of its port. */
export function announce(port: number): void {
  onListening(port);
}

export function release(port: number): void {
  listeners.delete(port);
}

/** Connection at the server's end -> the number that it was opened with. */
const numbers = new WeakMap<object, number>();

/** The number that a connection was opened with, by its end at the server. */
export function numberOf(socket: object): number | undefined {
  return numbers.get(socket);
}

/**
 * Opens a connection; an error in Node's words when nobody listens. It keeps the process alive while it is
 * open. A number tells it from others in traces.
 */
export function connect(port: number, host = 'localhost', number?: number): Duplex {
  const listener = listeners.get(port);
  if (!listener || !LOCAL_NAMES.has(host))
    throw Object.assign(
      codedError(Error, 'ECONNREFUSED', `connect ECONNREFUSED ${LOOPBACK}:${port}`),
      { errno: -111, syscall: 'connect', address: LOOPBACK, port },
    );
  const [client, server] = duplexPair();
  Object.assign(server, { remoteAddress: LOOPBACK, remoteFamily: 'IPv4', localPort: port });
  if (number !== undefined) numbers.set(server, number);
  const letGo = hold();
  server.once('close', letGo);
  client.once('close', () => server.destroy());
  listener.accept(server);
  return client;
}

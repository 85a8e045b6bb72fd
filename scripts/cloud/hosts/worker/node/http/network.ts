// The network of one instance: ports, and connections to them without a wire.
import type { Duplex } from 'node:stream';
import { hold } from '../event-loop.ts';
import { duplexPair } from '../stream.ts';
import { codedError } from './errors.ts';

export interface Listener {
  /** Takes a connection that somebody has opened; `client` is the other end of it. */
  accept(socket: Duplex, client: Duplex): void;
}

/** Finds who answers at another host; undefined: nobody knows that name. */
export type FindOutside = (host: string, port: number) => Listener | undefined;

/** The first port of those that are given to programs that ask for any: RFC 6335. */
const FIRST_EPHEMERAL_PORT = 49_152;
const LOOPBACK = '127.0.0.1';
const LOCAL_NAMES = new Set(['localhost', LOOPBACK, '::1', '[::1]', '0.0.0.0', '::']);

const listeners = new Map<number, Listener>();
let findOutside: FindOutside = () => undefined;
let onListening: (port: number) => void = () => undefined;

/** Calls back for every port that a program begins to listen on. */
export function watchPorts(callback: (port: number) => void): void {
  onListening = callback;
}

/** Opens the way to other hosts. */
export function openOutside(find: FindOutside): void {
  findOutside = find;
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
 * Opens a connection; an error in Node's words when nobody listens, or nobody knows the host. It keeps the
 * process alive while it is open. A number tells it from others in traces.
 */
export function connect(port: number, host = 'localhost', number?: number): Duplex {
  const isLocal = LOCAL_NAMES.has(host);
  const listener = isLocal ? listeners.get(port) : findOutside(host, port);
  if (!listener) throw isLocal ? refused(port) : unknown(host);
  const [client, server] = duplexPair();
  Object.assign(server, { remoteAddress: LOOPBACK, remoteFamily: 'IPv4', localPort: port });
  if (number !== undefined) numbers.set(server, number);
  const letGo = hold();
  server.once('close', letGo);
  client.once('close', () => server.destroy());
  listener.accept(server, client);
  return client;
}

function refused(port: number): Error {
  return Object.assign(
    codedError(Error, 'ECONNREFUSED', `connect ECONNREFUSED ${LOOPBACK}:${port}`),
    { errno: -111, syscall: 'connect', address: LOOPBACK, port },
  );
}

function unknown(host: string): Error {
  return Object.assign(codedError(Error, 'ENOTFOUND', `getaddrinfo ENOTFOUND ${host}`), {
    errno: -3008,
    syscall: 'getaddrinfo',
    hostname: host,
  });
}

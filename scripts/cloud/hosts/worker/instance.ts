import type { Clock } from '../../shared/clock.ts';
import type { Exit, Instance, StartOptions } from '../../shared/instance.ts';
import type { DiskChange } from './disk.ts';
import { createHeartbeat } from './heartbeat.ts';
import { type Network, passOn } from './network.ts';
import type { FromWorker, InsideTrace, Start, ToWorker } from './protocol.ts';
import { type OpenRequests, receive, sendBody, toMessage } from './request-channel.ts';

/** How many last lines explain why a program ended before it listened. */
const LAST_LINES = 20;

export interface WorkerInstanceOptions {
  readonly workerUrl: URL | string;
  readonly start: Start;
  readonly network?: Network;
  readonly clock: Clock;
  /** After how many seconds without a sign of life a worker is ended. */
  readonly silence: number;
  readonly onLog: StartOptions['onLog'];
  onDisk(change: DiskChange): void;
  /** `request` is the number that `onRequest` was told. */
  onTrace(trace: InsideTrace, request: number | undefined): void;
  /** Called in the same tick as `fetch`, with the number of the request. */
  onRequest(number: number): void;
}

/**
 * Runs a program in a Web Worker of its own.
 *
 * @example const instance = startWorker({ workerUrl, start, clock, silence: 5, onLog, onDisk, onTrace, onRequest });
 */
export function startWorker(options: WorkerInstanceOptions): Instance {
  const { start, network, clock, onLog } = options;
  const worker = new Worker(options.workerUrl, { type: 'module', name: start.id });
  const open: OpenRequests = new Set();
  const recent: string[] = [];
  const { promise: exited, resolve: resolveExit } = Promise.withResolvers<Exit>();
  const { promise: listening, resolve: resolvePort, reject } = Promise.withResolvers<number>();
  // Whoever never asks for the port is not to be ended by its failure.
  listening.catch(() => undefined);
  const calls = new AbortController();
  let requests = 0;
  let isOver = false;

  const send = (message: ToWorker, transfer: Transferable[] = []): void =>
    worker.postMessage(message, transfer);

  const log = (line: Parameters<typeof onLog>[0]): void => {
    recent.push(line.text);
    if (recent.length > LAST_LINES) recent.shift();
    onLog(line);
  };

  const end = (exit: Exit): Promise<Exit> => {
    if (isOver) return exited;
    isOver = true;
    worker.terminate();
    heart.stop();
    calls.abort();
    for (const fail of [...open]) fail(new TypeError('fetch failed'));
    const how = exit.signal ?? `code ${exit.code}`;
    reject(new Error([`${start.id} ended with ${how} before it listened`, ...recent].join('\n')));
    resolveExit(exit);
    return exited;
  };

  const heart = createHeartbeat({
    clock,
    beats: options.silence,
    ask: () => send({ type: 'ping' }),
    onSilence: () => {
      const text = `no sign of life for ${options.silence} s, which is what an endless loop looks like: the Lab ended ${start.id}`;
      log({ stream: 'stderr', text });
      void end({ code: null, signal: 'SIGKILL' });
    },
  });

  worker.onmessage = ({ data, ports: [port] }: MessageEvent<FromWorker>) => {
    if (isOver) return;
    heart.beat();
    switch (data.type) {
      case 'listening':
        resolvePort(data.port);
        break;
      case 'log':
        log({ stream: data.stream, text: data.text });
        break;
      case 'disk':
        options.onDisk(data.change);
        break;
      case 'call':
        if (network && port) void passOn(data, port, { network, signal: calls.signal });
        break;
      case 'trace':
        options.onTrace(data.trace, data.request);
        break;
      case 'exit':
        void end({ code: data.code, signal: data.signal });
        break;
      case 'pong':
        break;
    }
  };
  // The worker's own script failed: it could not be fetched, or it has a fault of ours.
  worker.onerror = (event) => {
    event.preventDefault();
    log({
      stream: 'stderr',
      text: event.message || 'the script of the worker could not be loaded',
    });
    void end({ code: 1, signal: null });
  };
  send(start);

  return {
    id: start.id,
    listening,
    exited,
    async fetch(request) {
      const number = ++requests;
      options.onRequest(number);
      await listening;
      const message = await toMessage(request, number);
      if (isOver) throw new TypeError('fetch failed');
      const { port1, port2 } = new MessageChannel();
      const response = receive(port1, request, open);
      send(message, [port2, ...(message.body instanceof ArrayBuffer ? [message.body] : [])]);
      if (message.body === 'stream') void sendBody(request, port1);
      return response;
    },
    async stop(grace) {
      if (isOver) return exited;
      const cancel = clock.after(grace, () => void end({ code: null, signal: 'SIGKILL' }));
      send({ type: 'signal', signal: 'SIGTERM' });
      try {
        return await exited;
      } finally {
        cancel();
      }
    },
    kill: () => end({ code: null, signal: 'SIGKILL' }),
  };
}

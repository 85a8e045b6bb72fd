import { type ChildProcess, spawn } from 'node:child_process';
import { realpathSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type {
  Exit,
  Host,
  Instance,
  LogLine,
  Program,
  StartOptions,
  Usage,
} from '../../shared/instance.ts';
import { systemClock } from '../../shared/system-clock.ts';
import { commandLine } from './command-line.ts';
import { type Address, exchange } from './exchange.ts';
import { guard } from './guard.ts';
import { createLines } from './lines.ts';
import { makeTemporaryFolder, removeTemporaryFolder } from './temporary.ts';

const PRELOAD = fileURLToPath(new URL('preload.mjs', import.meta.url));
/** How long an ended process's output is waited for, in milliseconds: a grandchild may hold it open. */
const OUTPUT_GRACE_MS = 200;
/** How long an instance may take to say what it uses, in milliseconds. */
const USAGE_PATIENCE_MS = 500;
/** How many last lines explain why a program ended before it listened. */
const LAST_LINES = 20;

/**
 * Starts instances as Node processes on this machine, on the Node that runs this code.
 *
 * @example const instance = createNodeHost().start({ directory, entry: 'index.ts' }, options);
 */
export function createNodeHost(): Host {
  return { start };
}

function start(program: Program, options: StartOptions): Instance {
  const directory = realpathSync(program.directory);
  const temporary = makeTemporaryFolder();
  const child = spawn(
    process.execPath,
    commandLine({ ...program, directory }, options.disk, temporary, PRELOAD),
    {
      cwd: directory,
      env: {
        PATH: process.env['PATH'],
        HOME: temporary,
        TMPDIR: temporary,
        ...options.environment,
        ...(options.first && { SERVERLESS_EVOLUTION_FIRST: '1' }),
      },
      // Its own process group: Ctrl-C on the terminal is for us, and we end the instance in order.
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    },
  );
  const release = child.pid === undefined ? undefined : guard(child.pid, temporary);
  const recent: string[] = [];
  const flush = readOutput(child, (line) => {
    recent.push(line.text);
    if (recent.length > LAST_LINES) recent.shift();
    options.onLog(line);
  });

  const exited = whenEnded(child).then(async (exit) => {
    flush();
    // What cannot be removed must not hide how the instance ended.
    await removeTemporaryFolder(temporary).catch(() => undefined);
    release?.();
    return exit;
  });
  const address = whenListening(child, exited, (how) =>
    [`${options.id} ended with ${how} before it listened`, ...recent].join('\n'),
  );
  // Whoever never asks for the address is not to be ended by its failure.
  address.catch(() => undefined);
  const listening = address.then(({ port }) => port);
  listening.catch(() => undefined);

  const end = (signal: NodeJS.Signals): Promise<Exit> => {
    child.kill(signal);
    return exited;
  };

  return {
    id: options.id,
    listening,
    exited,
    fetch: async (request) => exchange(request, await address),
    async stop(grace) {
      const cancel = systemClock.after(grace, () => void child.kill('SIGKILL'));
      try {
        return await end('SIGTERM');
      } finally {
        cancel();
      }
    },
    kill: () => end('SIGKILL'),
    usage: () => askUsage(child),
  };
}

/** The preload answers on the process's channel, unless its program keeps the event loop busy. */
function askUsage(child: ChildProcess): Promise<Usage | undefined> {
  const { promise, resolve } = Promise.withResolvers<Usage | undefined>();
  if (!child.connected) return Promise.resolve(undefined);
  const hear = (message: unknown): void => {
    const { usage } = message as { usage?: Usage };
    if (usage) resolve(usage);
  };
  const cancel = systemClock.after(USAGE_PATIENCE_MS, () => resolve(undefined));
  child.on('message', hear);
  // A channel that closes in this moment is an instance that has ended.
  child.send('usage', (error) => error && resolve(undefined));
  return promise.finally(() => {
    cancel();
    child.off('message', hear);
  });
}

/** Passes whole lines on; the answer passes on what came without a line end. */
function readOutput(child: ChildProcess, onLog: (line: LogLine) => void): () => void {
  const readers = (['stdout', 'stderr'] as const).map((stream) => {
    const lines = createLines((text) => onLog({ stream, text }));
    child[stream]?.setEncoding('utf8').on('data', (chunk: string) => lines.write(chunk));
    return lines;
  });
  return () => {
    for (const lines of readers) lines.end();
  };
}

function whenEnded(child: ChildProcess): Promise<Exit> {
  return new Promise((resolve) => {
    child.once('error', () => {
      // Emitted for a failed start, which has no exit event, and for a failed signal, which has one.
      if (child.pid === undefined) resolve({ code: null, signal: null });
    });
    child.once('exit', (code, signal) => {
      const done = (): void => resolve({ code, signal });
      const cancel = systemClock.after(OUTPUT_GRACE_MS, done);
      child.once('close', () => {
        cancel();
        done();
      });
    });
  });
}

function whenListening(
  child: ChildProcess,
  exited: Promise<Exit>,
  explain: (how: string) => string,
): Promise<Address> {
  return new Promise((resolve, reject) => {
    child.on('message', (message) => {
      const { listening } = message as { listening?: { address: string; port: number } };
      if (listening) resolve({ host: reachable(listening.address), port: listening.port });
    });
    void exited.then(({ code, signal }) => reject(new Error(explain(signal ?? `code ${code}`))));
  });
}

/** A program that listens on every address is reached on the loopback one. */
function reachable(address: string): string {
  return address === '::' || address === '0.0.0.0' ? '127.0.0.1' : address;
}

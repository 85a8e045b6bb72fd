import EventEmitter from 'events/events.js';

/** What the process is given by the worker that it runs in. */
export interface Setting {
  readonly directory: string;
  readonly entry: string;
  readonly arguments: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  write(stream: 'stdout' | 'stderr', text: string): void;
  exit(code: number): void;
}

/** Thrown by `process.exit`, which never returns; nobody is to catch it. */
export class ExitSignal extends Error {}

/** The version whose modules are imitated: that of the local cloud on a machine. */
const VERSION = '24.0.0';

let directory = '/';
let writeOut: Setting['write'] = () => undefined;
let leave: Setting['exit'] = () => undefined;

const output = (stream: 'stdout' | 'stderr', fd: number) => ({
  fd,
  isTTY: false,
  writable: true,
  write(text: string | Uint8Array, ...rest: unknown[]): true {
    writeOut(stream, typeof text === 'string' ? text : new TextDecoder().decode(text));
    const done = rest.at(-1);
    if (typeof done === 'function') queueMicrotask(() => (done as () => void)());
    return true;
  },
});

function hrtime(since?: readonly [number, number]): [number, number] {
  const now = performance.now();
  const [seconds, nanoseconds] = [Math.floor(now / 1e3), Math.floor((now % 1e3) * 1e6)];
  if (!since) return [seconds, nanoseconds];
  const difference = (seconds - since[0]) * 1e9 + nanoseconds - since[1];
  return [Math.floor(difference / 1e9), difference % 1e9];
}
hrtime.bigint = (): bigint => BigInt(Math.floor(performance.now() * 1e6));

/** What a program may change. */
const state: {
  env: Record<string, string | undefined>;
  execArgv: string[];
  exitCode: number | string | undefined;
} = { env: {}, execArgv: [], exitCode: undefined };

/** The process: an emitter of signals, and what Node tells a program of itself. */
const process = Object.assign(new EventEmitter(), state, {
  title: 'node',
  version: `v${VERSION}`,
  versions: { node: VERSION },
  release: { name: 'node' },
  // Paths, signals and errors are those of Linux.
  platform: 'linux',
  arch: 'x64',
  pid: 1,
  ppid: 0,
  execPath: '/usr/local/bin/node',
  argv: ['/usr/local/bin/node'],
  argv0: 'node',
  features: { typescript: 'strip' },
  config: {},
  stdout: output('stdout', 1),
  stderr: output('stderr', 2),
  cwd: () => directory,
  uptime: () => performance.now() / 1000,
  hrtime,
  /** A microtask among the others: in Node it comes before the promises that are settled already. */
  nextTick: (callback: (...parameters: unknown[]) => void, ...parameters: unknown[]) =>
    queueMicrotask(() => callback(...parameters)),
  memoryUsage: () => ({ rss: 0, heapTotal: 0, heapUsed: 0, external: 0, arrayBuffers: 0 }),
  emitWarning(warning: string | Error, type: string | { type?: string } = 'Warning'): void {
    const name = typeof type === 'string' ? type : (type.type ?? 'Warning');
    const text = typeof warning === 'string' ? `${name}: ${warning}` : String(warning);
    process.stderr.write(`(node:1) ${text}\n`);
  },
  exit(code: number | string = process.exitCode ?? 0): never {
    process.exitCode = Number(code);
    end();
    throw new ExitSignal();
  },
});

let isEnding = false;

/** Ends the process as Node does: `exit` is emitted, then nothing runs any more. */
export function end(): void {
  if (!isEnding) {
    isEnding = true;
    process.emit('exit', Number(process.exitCode ?? 0));
  }
  leave(Number(process.exitCode ?? 0));
}

/** Gives the process its program, environment and outlets; the worker does it once. */
export function configure(setting: Setting): void {
  directory = setting.directory;
  writeOut = (stream, text) => setting.write(stream, text);
  leave = (code) => setting.exit(code);
  process.argv = [process.execPath, setting.entry, ...setting.arguments];
  process.env = { ...setting.environment };
}

export const {
  stdout,
  stderr,
  cwd,
  nextTick,
  exit,
  emitWarning,
  uptime,
  memoryUsage,
  versions,
  version,
} = process;
export { hrtime };
export const { platform, arch, pid, execPath, title } = process;
export default process;

import { createLines } from '../../node/lines.ts';
import { format } from '../node/format.ts';
import { inspect } from '../node/inspect.ts';
import { tell } from './outside.ts';

type Stream = 'stdout' | 'stderr';

const LINES = {
  stdout: createLines((text) => tell({ type: 'log', stream: 'stdout', text })),
  stderr: createLines((text) => tell({ type: 'log', stream: 'stderr', text })),
};

/** Writes text of a program; whole lines are told. */
export function write(stream: Stream, text: string): void {
  LINES[stream].write(text);
}

/** Tells what came without a line end. */
export function flush(): void {
  LINES.stdout.end();
  LINES.stderr.end();
}

/**
 * Node's console, in place of the browser's: what it is told becomes lines of a log.
 *
 * @example installConsole();
 */
export function installConsole(): void {
  let indent = '';
  const counts = new Map<string, number>();
  const started = new Map<string, number>();
  const print =
    (stream: Stream) =>
    (...parameters: unknown[]): void =>
      write(stream, `${format(...parameters).replaceAll(/^/gm, indent)}\n`);
  const [out, error] = [print('stdout'), print('stderr')];
  const took = (label: string): string =>
    `${label}: ${(performance.now() - (started.get(label) ?? performance.now())).toFixed(3)}ms`;

  const own: Partial<Console> = {
    log: out,
    info: out,
    debug: out,
    warn: error,
    error,
    trace: (...parameters: unknown[]) => error(`Trace: ${format(...parameters)}`),
    dir: (value: unknown) => out(inspect(value)),
    dirxml: out,
    table: out,
    assert: (condition: unknown, ...parameters: unknown[]) => {
      if (!condition) error('Assertion failed', ...parameters);
    },
    count: (label = 'default') => {
      counts.set(label, (counts.get(label) ?? 0) + 1);
      out(`${label}: ${counts.get(label)}`);
    },
    countReset: (label = 'default') => void counts.delete(label),
    time: (label = 'default') => void started.set(label, performance.now()),
    timeLog: (label = 'default', ...parameters: unknown[]) => out(took(label), ...parameters),
    timeEnd: (label = 'default') => {
      out(took(label));
      started.delete(label);
    },
    group: (...parameters: unknown[]) => {
      if (parameters.length > 0) out(...parameters);
      indent += '  ';
    },
    groupEnd: () => void (indent = indent.slice(2)),
  };
  Object.assign(console, own);
}

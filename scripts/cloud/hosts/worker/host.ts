import type { Clock } from '../../shared/clock.ts';
import type { Host, Instance, Program, StartOptions } from '../../shared/instance.ts';
import { systemClock } from '../../shared/system-clock.ts';
import type { DiskImage, MachineDisk } from './disk.ts';
import { startWorker } from './instance.ts';
import type { LinkedModules } from './link.ts';
import type { Network } from './network.ts';
import { FUNCTIONS_RUNTIME, type InsideTrace } from './protocol.ts';

/** How long a program may say nothing, in seconds. */
const SILENCE_SECONDS = 5;
/** Where an instance may write whatever its disk is; it ends with the instance. */
const TEMPORARY = '/tmp';

/** What lies in the folder that programs run in. */
export interface Folder {
  readonly disk: MachineDisk;
  readonly modules: LinkedModules;
}

/** What happened inside an instance. `request` is the host's own number of the request, if it is known. */
export interface WorkerTrace {
  readonly instance: string;
  readonly request: number | undefined;
  readonly trace: InsideTrace;
}

export interface WorkerHostOptions {
  /** The script of the workers, on the page's own origin. */
  readonly workerUrl: URL | string;
  /** What programs find in a folder, asked anew at every start. */
  folder(directory: string): Folder;
  /** What programs reach outside their instances; nothing by default. */
  readonly network?: Network;
  readonly clock?: Clock;
  /** After how many seconds without a sign of life an instance is ended; 5 by default. */
  readonly silence?: number;
  onTrace?(trace: WorkerTrace): void;
  /** A request goes in, told in the same tick as `fetch` is called. */
  onRequest?(instance: string, request: number): void;
}

/**
 * Starts instances as Web Workers of this page: what a Node process is on a machine, in a tab.
 *
 * @example
 * const host = createWorkerHost({ workerUrl: '/lab/vendor/worker.js', folder: () => ({ disk, modules }) });
 * const instance = host.start({ directory: '/code', entry: 'index.ts' }, options);
 */
export function createWorkerHost(options: WorkerHostOptions): Host {
  return { start: (program, startOptions) => start(program, startOptions, options) };
}

function start(program: Program, startOptions: StartOptions, options: WorkerHostOptions): Instance {
  const { id, environment } = startOptions;
  const { directory } = program;
  const { disk, modules } = options.folder(directory);
  const isReadOnly = startOptions.disk === 'read-only';
  return startWorker({
    workerUrl: options.workerUrl,
    start: {
      type: 'start',
      id,
      directory,
      entry: absolute(directory, program.entry),
      arguments: program.arguments ?? [],
      environment: { HOME: TEMPORARY, TMPDIR: TEMPORARY, ...environment },
      disk: withTemporary(disk.image()),
      isReadOnly,
      origins: options.network?.origins ?? [],
      modules: modules.urls,
      broken: modules.broken,
    },
    ...(options.network && { network: options.network }),
    clock: options.clock ?? systemClock,
    silence: options.silence ?? SILENCE_SECONDS,
    onLog: (line) => startOptions.onLog(line),
    onDisk(change) {
      // A function's instance keeps what it writes to itself; the temporary folder ends with every instance.
      const own = isReadOnly || change.path.startsWith(`${TEMPORARY}/`);
      if (!own) disk.apply(change);
    },
    onTrace: (trace, request) => options.onTrace?.({ instance: id, request, trace }),
    onRequest: (request) => options.onRequest?.(id, request),
  });
}

function absolute(directory: string, entry: string): string {
  return entry === FUNCTIONS_RUNTIME || entry.startsWith('/') ? entry : `${directory}/${entry}`;
}

function withTemporary({ files, folders }: DiskImage): DiskImage {
  return { files, folders: [...folders, TEMPORARY] };
}

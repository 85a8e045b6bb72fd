import { createFunctions } from '../cloud/functions/engine/functions.ts';
import { FUNCTIONS_RUNTIME } from '../cloud/hosts/worker/index.ts';
import { createMachine } from '../cloud/process/engine/machine.ts';
import type { Emit } from '../cloud/shared/events.ts';
import type { Host } from '../cloud/shared/instance.ts';
import type { Platform } from '../cloud/shared/platform.ts';
import type { SkippableClock } from '../cloud/shared/skippable-clock.ts';
import { systemClock } from '../cloud/shared/system-clock.ts';
import { MACHINE_FOLDER, type Project } from './project.ts';

export interface TargetOptions {
  readonly project: Project;
  readonly port: number;
  readonly clock: SkippableClock;
  readonly emit: Emit;
  /** What the stage has to know of what stands beside it. */
  readonly environment: Readonly<Record<string, string>>;
  readonly idle: number | undefined;
  /** A host that ends instances which have been silent for so many seconds. */
  createHost(silence: number | undefined): Host;
}

export interface Started extends Platform {
  close(): Promise<void>;
}

/** How much longer than its time-out a function may say nothing, in seconds: the platform's time-out comes first. */
const SILENCE_BEYOND_TIMEOUT = 2;

/**
 * Starts a project on a product of the local cloud, as scripts/targets does on a machine.
 *
 * @example const platform = await startTarget('process', options);
 */
export function startTarget(target: 'process' | 'fc', options: TargetOptions): Promise<Started> {
  return target === 'process' ? startProcess(options) : startFunctions(options);
}

function startProcess(options: TargetOptions): Promise<Started> {
  const { project, port, clock, emit, environment, createHost } = options;
  return createMachine({
    program: { directory: MACHINE_FOLDER, entry: project.entry() },
    service: 'web',
    port,
    environment,
    host: createHost(undefined),
    clock,
    emit,
  });
}

async function startFunctions(options: TargetOptions): Promise<Started> {
  const { project, clock, emit, idle, createHost } = options;
  const manifest = project.manifest();
  const longest = Math.max(...manifest.functions.map(({ timeout }) => timeout));
  return createFunctions({
    manifest,
    host: createHost(longest + SILENCE_BEYOND_TIMEOUT),
    programFor({ code, handler, initializer, preStop }) {
      const directory = project.codeFolder(code);
      return {
        program: {
          directory,
          entry: FUNCTIONS_RUNTIME,
          arguments: [directory, handler, initializer?.handler ?? '', preStop?.handler ?? ''],
        },
        environment: { FC_FUNC_CODE_PATH: directory },
      };
    },
    clock,
    requestClock: systemClock,
    emit,
    ...(idle !== undefined && { idle }),
  });
}

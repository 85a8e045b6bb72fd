import { createFunctions } from '../cloud/functions/engine/functions.ts';
import { CLOUDS, isCloud, type LabCloud } from './clouds.ts';
import { type Folder, FUNCTIONS_RUNTIME, type Network } from '../cloud/hosts/worker/index.ts';
import type { Webernetes } from '../cloud/kubernetes/engine/webernetes.ts';
import { createMachine } from '../cloud/process/engine/machine.ts';
import type { Emit } from '../cloud/shared/events.ts';
import type { Host } from '../cloud/shared/instance.ts';
import type { Platform } from '../cloud/shared/platform.ts';
import type { SkippableClock } from '../cloud/shared/skippable-clock.ts';
import { systemClock } from '../cloud/shared/system-clock.ts';
import type { Shell } from './cluster/shell.ts';
import type { LabTarget, StagePayload } from './payload.ts';
import { MACHINE_FOLDER, type Project } from './project.ts';

export interface TargetOptions {
  readonly project: Project;
  readonly port: number;
  readonly clock: SkippableClock;
  readonly emit: Emit;
  /** What the stage has to know of what stands beside it. */
  readonly environment: Readonly<Record<string, string>>;
  readonly idle: number | undefined;
  /** Kubernetes' own controllers. */
  webernetes(): Promise<Webernetes>;
  createHost(options: LabHostOptions): Host;
  /** A pod's object is gone, whether a container of it ran or not. */
  onGone(pod: string): void;
}

export interface LabHostOptions {
  /** After how many seconds without a sign of life an instance is ended. */
  readonly silence?: number;
  /** What programs find in their folder; the project's files as they are, unless told. */
  folder?(): Folder;
  /** What programs reach beside the stage's services. */
  readonly inside?: Network;
}

export interface Started extends Platform {
  close(): Promise<void>;
  /** Takes over changed files without a start from nothing, where the target has a way of its own. */
  update?(changed: readonly string[]): Promise<void>;
  /** Where the target has command lines. */
  readonly shell?: Shell;
}

/** How much longer than its time-out a function may say nothing, in seconds: the platform's time-out comes first. */
const SILENCE_BEYOND_TIMEOUT = 2;

/**
 * Starts a project on a product of the local cloud, as scripts/targets does on a machine.
 *
 * @example const platform = await startTarget('process', payload, options);
 */
export async function startTarget(
  target: LabTarget,
  { targets }: Pick<StagePayload, 'targets'>,
  options: TargetOptions,
): Promise<Started> {
  if (target === 'process') return startProcess(options);
  if (isCloud(target)) return startFunctions(target, options);
  // With their engines, which no other stage needs.
  if (target === 'knative') {
    const { startKnative } = await import('./cluster/knative.ts');
    if (!targets.knative) throw new TypeError('the payload has no Knative');
    return startKnative(targets.knative, options);
  }
  const { startKubernetes } = await import('./cluster/kubernetes.ts');
  if (!targets.kubernetes) throw new TypeError('the payload has no cluster');
  return startKubernetes(targets.kubernetes, options);
}

function startProcess(options: TargetOptions): Promise<Started> {
  const { project, port, clock, emit, environment, createHost } = options;
  return createMachine({
    program: { directory: MACHINE_FOLDER, entry: project.entry() },
    service: 'web',
    port,
    environment,
    host: createHost({}),
    clock,
    emit,
  });
}

async function startFunctions(name: LabCloud, options: TargetOptions): Promise<Started> {
  const cloud = await CLOUDS[name].cloud();
  const { project, clock, emit, idle, createHost } = options;
  const manifest = project.manifest();
  const longest = Math.max(...manifest.functions.map(({ timeout }) => timeout));
  return createFunctions({
    manifest,
    cloud,
    host: createHost({ silence: longest + SILENCE_BEYOND_TIMEOUT }),
    programFor({ code, handler, initializer, preStop }) {
      const directory = project.codeFolder(code);
      return {
        program: {
          directory,
          entry: FUNCTIONS_RUNTIME,
          arguments: [
            ...[directory, handler, initializer?.handler ?? '', preStop?.handler ?? ''],
            cloud.id,
          ],
        },
        environment: { [cloud.codeVariable]: directory },
      };
    },
    clock,
    requestClock: systemClock,
    emit,
    ...(idle !== undefined && { idle }),
  });
}

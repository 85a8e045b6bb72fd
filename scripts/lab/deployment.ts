import { createWorkerHost, type Network } from '../cloud/hosts/worker/index.ts';
import type { Emit } from '../cloud/shared/events.ts';
import type { Deployment } from '../cloud/shared/platform.ts';
import { createSkippableClock, type SkippableClock } from '../cloud/shared/skippable-clock.ts';
import { systemClock } from '../cloud/shared/system-clock.ts';
import { Failure } from '../shared/failure.ts';
import type { LabFiles } from './load.ts';
import type { Shell } from './cluster/shell.ts';
import type { LabTarget, Sources } from './payload.ts';
import { createProject } from './project.ts';
import { startLabServices } from './services.ts';
import { isCloud } from './clouds.ts';
import type { OnLoading } from './own-compiler.ts';
import { startTarget } from './targets.ts';
import { createTracer, type OnTrace } from './tracer.ts';

export type { LabTrace, OnTrace } from './tracer.ts';

export interface LabOptions {
  /** What `loadLab` has fetched. */
  readonly files: LabFiles;
  readonly target: LabTarget;
  readonly emit?: Emit;
  /** The platform's time: idle windows. Time-outs of requests are always real. */
  readonly clock?: SkippableClock;
  readonly onTrace?: OnTrace;
  /** Files that differ from the stage's own from the start. */
  readonly edits?: Sources;
  /** The stage's page is shown in a frame, which reaches the services for browsers below its own address. */
  readonly isFramed?: boolean;
  /** Hears how the stage's own compiler comes, at the first change that needs it. */
  readonly onCompiler?: OnLoading;
  /** Hears of pods that are gone, beside the events of their containers. */
  onGone?(pod: string): void;
  /** How long a function's instance stays without a request, in milliseconds. */
  readonly idle?: number;
}

/** A stage that runs in this tab: the verbs of any deployment, and what only a tab can do. */
export interface LabDeployment extends Deployment {
  /** The disk, the environment and what services store as they were deployed; edits stay. */
  reset(): Promise<void>;
  /**
   * Puts texts in the place of files and deploys anew. Rejects with a SourceError for one that cannot be
   * understood, and what ran goes on running; rejects with the last log lines when the program ends at once.
   */
  edit(files: Sources): Promise<void>;
  /** The files as they are deployed. */
  sources(): Sources;
  /** The command lines of a cluster. */
  readonly shell: Shell | undefined;
}

/** Where the stage seems to be, for logs and the address bar. */
const PORT = 3001;

/**
 * Starts a stage in this tab and resolves when it answers; on failure nothing is left running.
 *
 * @example
 * const files = await loadLab('/lab/', '01-all-in-one');
 * const deployment = await createLabDeployment({ files, target: 'process', emit: console.log });
 * const response = await deployment.fetch('/api/rule');
 * await deployment.close();
 */
export async function createLabDeployment(options: LabOptions): Promise<LabDeployment> {
  const { files, target } = options;
  if (!files.payload.targets[target]) {
    const known = Object.keys(files.payload.targets).join(', ');
    throw new Failure('E_LAB_TARGET', `the Lab runs this stage on ${known}, not on "${target}".`);
  }
  const clock = options.clock ?? createSkippableClock(systemClock);
  const tracer = createTracer(
    options.emit ?? (() => undefined),
    options.onTrace ?? (() => undefined),
    { clock, isOpen: target === 'process' || isCloud(target) },
  );
  const services = await startLabServices(files.payload, {
    clock: systemClock,
    emit: tracer.emit,
    ...(options.isFramed !== undefined && { isFramed: options.isFramed }),
  });
  const project = createProject(files, target, {
    clock: systemClock,
    environment: services.environment,
    ...(options.onCompiler && { onCompiler: options.onCompiler }),
  });
  if (options.edits) await project.edit(options.edits);

  const start = () =>
    startTarget(target, files.payload, {
      project,
      port: PORT,
      clock,
      emit: tracer.emit,
      environment: services.environment,
      idle: options.idle,
      webernetes: files.webernetes,
      onGone: (pod) => options.onGone?.(pod),
      createHost: ({ silence, folder, inside }) =>
        createWorkerHost({
          workerUrl: files.workerUrl,
          network: inside ? joined(inside, services.network) : services.network,
          folder: folder ?? ((directory) => project.folder(directory)),
          ...(silence !== undefined && { silence }),
          onTrace: tracer.onTrace,
          onRequest: tracer.onRequest,
        }),
    });
  let environment: Readonly<Record<string, string>> = {};
  let platform: Awaited<ReturnType<typeof start>>;
  try {
    platform = await start();
  } catch (error) {
    project.close();
    throw error;
  }

  async function startAnew(): Promise<void> {
    await platform.close();
    platform = await start();
  }

  async function redeploy(changed: Readonly<Record<string, string>>): Promise<void> {
    environment = changed;
    await platform.redeploy(changed);
  }

  return {
    url: `http://localhost:${PORT}`,
    fetch: (path, init) => services.fetch(path, init) ?? platform.fetch(path, init),
    restart: () => platform.restart(),
    kill: (instance) => platform.kill(instance),
    wait: (milliseconds) => platform.wait(milliseconds),
    instances: () => platform.instances(),
    redeploy,
    ...(platform.kubectl && {
      kubectl: (line: string) =>
        platform.kubectl?.(line) ?? Promise.reject(new TypeError('no kubectl')),
    }),
    ...(platform.kn && {
      kn: (line: string) => platform.kn?.(line) ?? Promise.reject(new TypeError('no kn')),
    }),
    interrupt: services.interrupt,
    restore: services.restore,
    async reset() {
      project.reset();
      services.reset();
      // Of a cluster the objects are to be as they were, too.
      if (platform.update) await startAnew();
      await redeploy({});
    },
    async edit(edited) {
      const changed = await project.edit(edited);
      if (platform.update) return platform.update(changed);
      const manifest = isCloud(target) ? files.payload.targets[target]?.file : undefined;
      if (manifest !== undefined && changed.includes(manifest)) await startAnew();
      await redeploy(environment);
    },
    sources: () => project.sources(),
    get shell() {
      return platform.shell;
    },
    async close() {
      await platform.close();
      project.close();
    },
  };
}

/** Two networks as one: an origin belongs to the first that has it. */
function joined(one: Network, other: Network): Network {
  return {
    get origins() {
      return [...one.origins, ...other.origins];
    },
    fetch: (request) =>
      (one.origins.includes(new URL(request.url).origin) ? one : other).fetch(request),
  };
}

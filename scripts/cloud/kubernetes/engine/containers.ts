import type { Clock } from '../../shared/clock.ts';
import type { StopReason } from '../../shared/events.ts';
import type { Exit, Host, Instance } from '../../shared/instance.ts';
import type { Tell } from '../../shared/traced-request.ts';
import type { ImageConfig } from '../core/dockerfile.ts';
import { argumentsOf, portOf, startOf } from '../core/program.ts';
import { answerExchange, answerProbe, type Exchanges } from './exchange.ts';
import { type ContainerLog, createContainerLog } from './pod-log.ts';
import type { ImageClass, ProcessContext, Signal, Webernetes } from './webernetes.ts';

/** How long a program may take after SIGTERM; Kubernetes itself kills it earlier, when its grace is over. */
const NO_GRACE_OF_OURS_MS = 3_600_000;
/** What a shell and a container runtime report for a process that a signal ended: 128 and its number. */
const SIGKILL_CODE = 137;
const SIGTERM_CODE = 143;

/** An image as a manifest names it, and where its files are. */
export interface ImageSource {
  /** `todo:1`; without a tag it is `latest`. */
  readonly reference: string;
  readonly config: ImageConfig;
  /** The folder that stands for the image's working directory. */
  readonly directory: string;
}

/** A container's process, from its start to its end. */
export interface Running {
  readonly pod: string;
  readonly service: string;
  readonly container: string;
  readonly instance: Instance;
  readonly started: number;
  inFlight: number;
  served: number;
  /** Milliseconds in which at least one request was being answered; `busySince` while that is so. */
  busy: number;
  busySince: number | undefined;
  ended: boolean;
}

export interface ContainersOptions {
  readonly webernetes: Webernetes;
  readonly host: Host;
  readonly realClock: Clock;
  readonly tell: Tell;
  readonly exchanges: Exchanges;
  /** Why a container ended, when it is known to be nobody's fault. */
  reasonOf(pod: string): StopReason | undefined;
  /** What a pod belongs to, in events: its Deployment. */
  serviceOf(pod: string): string;
}

/** The containers' processes and their output. */
export interface Containers {
  imageClass(source: ImageSource): ImageClass;
  running(): Running[];
  find(pod: string): Running | undefined;
  /** Output of a pod's container: the current run, or the one before. */
  log(pod: string, previous: boolean): ContainerLog | undefined;
  forget(pod: string): void;
  /** Sends a request straight to a pod's container. */
  fetch(pod: string, request: Request): Promise<Response>;
  /** What a container waits for before it hears of SIGTERM, as it would for a hook of its sidecar. */
  beforeStop(hook: (pod: string) => Promise<void>): void;
  /** Ends all processes, after `grace` milliseconds with SIGKILL, and starts no more: what the kubelet brings back would outlive the cluster. */
  close(grace: number): Promise<void>;
  /** Adds a command that a probe or a hook may run in every container; it answers with its exit code. */
  addCommand(name: string, run: (pod: string) => Promise<number>): void;
}

/**
 * Runs containers as instances of a host: a class for each image, made anew for each container.
 *
 * @example cluster.registerImage(createContainers(options).imageClass({ reference: 'todo:1', config, directory }));
 */
export function createContainers(options: ContainersOptions): Containers {
  const { webernetes, host, realClock, tell, exchanges } = options;
  const current = new Map<string, Running>();
  const logs = new Map<string, ContainerLog[]>();
  const commands = new Map<string, (pod: string) => Promise<number>>();
  const alive = new Set<Instance>();
  let closed = false;
  let beforeStop = (_pod: string): Promise<void> => Promise.resolve();

  async function run(
    context: ProcessContext,
    { config, directory }: ImageSource,
    onInstance: (instance: Instance) => void,
  ): Promise<number | 'other'> {
    const { container, pod } = context;
    const start = startOf(argumentsOf(config, container.command, container.args));
    if (!start.node) return 'other';
    if (closed) return SIGKILL_CODE;
    const service = options.serviceOf(pod.name);
    const environment = { ...config.environment, ...Object.fromEntries(context.env) };
    const port = portOf(container.apiContainer, config, environment);
    const readOnly = container.apiContainer.securityContext?.readOnlyRootFilesystem === true;
    const log = openLog(pod.name);

    tell({ type: 'instance-starting', instance: pod.name, service });
    const instance = host.start(
      { directory, entry: start.entry, arguments: start.arguments },
      {
        id: pod.name,
        // Every process has a port of its own on this machine; inside the cluster it is the pod's.
        environment: { HOSTNAME: pod.name, ...environment, PORT: '0' },
        disk: readOnly ? 'read-only' : 'writable',
        first: true,
        onLog(line) {
          log.write({ at: realClock.now(), ...line });
          tell({ type: 'log', instance: pod.name, ...line });
        },
      },
    );
    const running: Running = {
      pod: pod.name,
      service,
      container: container.name,
      instance,
      started: realClock.now(),
      inFlight: 0,
      served: 0,
      busy: 0,
      busySince: undefined,
      ended: false,
    };
    current.set(pod.name, running);
    alive.add(instance);
    onInstance(instance);
    instance.listening.then(
      () => listen(context, port, running),
      () => undefined,
    );

    const exit = await instance.exited;
    running.ended = true;
    alive.delete(instance);
    log.end();
    const reason = options.reasonOf(pod.name) ?? 'crashed';
    tell({ type: 'instance-stopped', instance: pod.name, service, reason, code: exit.code });
    return codeOf(exit);
  }

  function listen(context: ProcessContext, port: number, running: Running): void {
    if (running.ended) return;
    try {
      context.listenHttp(port, (_context, request) => {
        const exchange = exchanges.find(request);
        return exchange
          ? answerExchange(exchange, running.pod, (real) => serve(running, real))
          : answerProbe(request, (probe) => running.instance.fetch(probe));
      });
    } catch {
      // The container was stopped in this moment.
    }
  }

  async function serve(running: Running, request: Request): Promise<Response> {
    if (running.inFlight++ === 0) running.busySince = realClock.now();
    try {
      return await running.instance.fetch(request);
    } finally {
      running.served += 1;
      if (--running.inFlight === 0 && running.busySince !== undefined) {
        running.busy += realClock.now() - running.busySince;
        running.busySince = undefined;
      }
    }
  }

  function openLog(pod: string): ContainerLog {
    const log = createContainerLog();
    logs.set(pod, [log, ...(logs.get(pod) ?? [])].slice(0, 2));
    return log;
  }

  return {
    imageClass(source) {
      const [imageName, imageVersion = 'latest'] = splitReference(source.reference);
      return class extends webernetes.BaseImage {
        static readonly imageName = imageName;
        static readonly imageVersion = imageVersion;
        #started = false;
        #instance: Instance | undefined;

        override async exec(context: ProcessContext, words: readonly string[]): Promise<number> {
          // A command in a container that runs already: a hook or a probe.
          if (this.#started) {
            const command = commands.get(words[0] ?? '');
            return command ? command(context.pod.name) : super.exec(context, words);
          }
          this.#started = true;
          const code = await run(context, source, (instance) => (this.#instance = instance));
          if (code !== 'other') return code;
          const { command, args } = context.container;
          return super.exec(context, argumentsOf(source.config, command, args));
        }

        override signalHandler({ pod }: ProcessContext, signal: Signal): void {
          void (signal === 'SIGKILL'
            ? this.#instance?.kill()
            : beforeStop(pod.name).then(() => this.#instance?.stop(NO_GRACE_OF_OURS_MS)));
        }
      };
    },
    running: () => [...current.values()].filter(({ ended }) => !ended),
    find: (pod) => current.get(pod),
    log: (pod, previous) => logs.get(pod)?.[previous ? 1 : 0],
    forget(pod) {
      current.delete(pod);
      logs.delete(pod);
    },
    fetch(pod, request) {
      const running = current.get(pod);
      if (!running || running.ended) return Promise.reject(new TypeError('fetch failed'));
      return serve(running, request);
    },
    beforeStop(hook) {
      beforeStop = hook;
    },
    async close(grace) {
      closed = true;
      await Promise.all([...alive].map((instance) => instance.stop(grace)));
    },
    addCommand: (name, command) => void commands.set(name, command),
  };
}

function codeOf({ code, signal }: Exit): number {
  if (code !== null) return code;
  return signal === 'SIGTERM' ? SIGTERM_CODE : SIGKILL_CODE;
}

/** A colon before the last slash belongs to a registry's port. */
function splitReference(reference: string): [string, string?] {
  const colon = reference.lastIndexOf(':');
  if (colon <= reference.lastIndexOf('/')) return [reference];
  return [reference.slice(0, colon), reference.slice(colon + 1)];
}

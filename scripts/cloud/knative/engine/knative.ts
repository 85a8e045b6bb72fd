import { Failure } from '../../../shared/failure.ts';
import type { Clock } from '../../shared/clock.ts';
import { withDeadline } from '../../shared/deadline.ts';
import { unknownInstance } from '../../shared/platform-errors.ts';
import type { Platform, ProductOptions } from '../../shared/platform.ts';
import type { SkippableClock } from '../../shared/skippable-clock.ts';
import { type Tell, traced } from '../../shared/traced-request.ts';
import { createRequest } from '../../shared/web-messages.ts';
import { type FieldError, printErrors } from '../core/field-error.ts';
import type { RevisionView, RouteView, ServiceView } from '../core/kn/views.ts';
import { readService } from '../core/read-service.ts';
import { API_VERSION, type Service } from '../core/resources.ts';
import { type Activator, createActivator } from './activator.ts';
import { answer } from './answers.ts';
import { type Autoscaler, startAutoscaler } from './autoscaler.ts';
import { findRoute, frontOf, type Routable } from './ingress.ts';
import { kn } from './kn.ts';
import type { Revision } from './revision.ts';
import { createServiceController, type ServiceController } from './service.ts';
import type { Workloads } from './workloads.ts';

/** The node of a diagram at which requests from outside come in. */
export const INGRESS = 'ingress';

/** How long `wait` waits for pods to end, in milliseconds of real time. */
const LEAVE_MS = 10_000;

export interface KnativeOptions extends ProductOptions {
  readonly workloads: Workloads;
  /** The platform's time: the autoscaler's windows. It can be skipped, and go faster. */
  readonly clock: SkippableClock;
  /** Real time: what a request may take. */
  readonly realClock: Clock;
  /** The end of every public host; `127.0.0.1.sslip.io` resolves to this machine. */
  readonly domain: string;
  readonly random?: () => number;
  /** Variables beside those of the manifests, for every container; a manifest's own win. */
  readonly environment?: Readonly<Record<string, string>>;
  /** The Service at `localhost`; the first public one unless told. */
  readonly front?: string;
}

/** Knative Serving on this machine or in this tab. */
export interface Knative extends Omit<Platform, 'kubectl' | 'docker'> {
  /** Applies a manifest of a Service; throws what the API server would say. */
  apply(manifest: unknown): 'created' | 'configured' | 'unchanged';
  /** Applies what a change makes of a Service; throws what the API server would say. */
  edit(service: string, change: (service: Service) => Service): void;
  /** Deletes a Service with its route and its revisions; its pods end in their own time. */
  remove(service: string): Promise<void>;
  /** Whether a name is one of the cluster's own. */
  hasHost(host: string): boolean;
  /** Answers a request by its host. From inside, cluster-local names are there too. */
  handle(request: Request, from: 'outside' | 'inside'): Promise<Response>;
  services(): ServiceView[];
  revisions(): RevisionView[];
  routes(): RouteView[];
  /** The clock of conditions and ages. */
  now(): number;
  /** Resolves when every Service is ready, or the one; rejects with the reason when one cannot be. */
  ready(service?: string): Promise<void>;
  /** What `kn` prints for a line; rejects with what it says when it fails. */
  kn(line: string): Promise<string>;
  close(): Promise<void>;
}

/**
 * Starts Knative above whatever runs pods.
 *
 * @example
 * const knative = createKnative({ workloads, clock, realClock: systemClock, domain: 'localhost', emit });
 * knative.apply(parse(text));
 * await knative.ready();
 * const response = await knative.fetch('/api/rule');
 */
export function createKnative(options: KnativeOptions): Knative {
  const { workloads, clock, realClock, emit, domain } = options;
  const random = options.random ?? Math.random;
  const tell: Tell = (change) => emit({ at: clock.now(), ...change });
  const services = new Map<string, ServiceController>();
  const waiting = new Set<() => void>();
  let requests = 0;
  let closing = false;

  const revisions = (): Revision[] => [...services.values()].flatMap((each) => each.revisions());
  const findRevision = (name: string): Revision | undefined =>
    revisions().find((revision) => revision.name === name);

  const activator: Activator = createActivator({
    clock,
    realClock,
    random,
    onStat: (revision, stat) => autoscaler.tell(revision, stat),
    onHeld: (revision, request, held) =>
      tell({ type: 'request-held', request, revision, waiting: held }),
  });
  const autoscaler: Autoscaler = startAutoscaler({
    clock,
    activatorReport: () => activator.report(),
    onOutcome: (revision, outcome) => findRevision(revision)?.decided(outcome),
  });
  const unwatch = workloads.watch(() => changed());
  workloads.beforeStop(async (pod) => {
    await Promise.all(revisions().map((revision) => revision.drained(pod)));
  });

  function changed(): void {
    for (const look of waiting) look();
  }

  function apply(service: Service): 'created' | 'configured' | 'unchanged' {
    const known = services.get(service.metadata.name);
    if (known) return known.apply(service);
    const { environment = {} } = options;
    const parts = { workloads, clock, realClock, tell, activator, autoscaler, random, domain };
    const controller = createServiceController(service, {
      ...parts,
      environment,
      onChange: changed,
    });
    services.set(service.metadata.name, controller);
    return 'created';
  }

  const routables = (): Routable[] => [...services.values()].map((each) => each.routable());

  async function answerFor(request: Request, id: string, from: 'outside' | 'inside') {
    if (closing) return answer('closing');
    const { hostname } = new URL(request.url);
    const route = findRoute(routables(), {
      host: hostname,
      from,
      chance: random(),
      front: options.front,
    });
    if (route === 'none') return answer('noRoute');
    const revision = findRevision(route.revision);
    return revision ? revision.handle(request, id, INGRESS) : answer('noRevision');
  }

  async function handle(request: Request, from: 'outside' | 'inside'): Promise<Response> {
    const id = `r${++requests}`;
    return traced(request, { id, to: INGRESS, clock: realClock, tell }, () => {
      if (from === 'outside') tell({ type: 'hop', request: id, from: 'browser', to: INGRESS });
      return answerFor(request, id, from);
    });
  }

  const defaultHost = (): string =>
    frontOf(routables(), options.front)?.hosts[0]?.host ?? 'localhost';

  async function settled(): Promise<void> {
    await Promise.all(revisions().map((revision) => revision.settled()));
  }

  function until(condition: () => boolean): Promise<void> {
    if (condition()) return Promise.resolve();
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const look = (): void => {
      try {
        if (!condition()) return;
        waiting.delete(look);
        resolve();
      } catch (error) {
        waiting.delete(look);
        reject(error);
      }
    };
    waiting.add(look);
    return promise;
  }

  const haveLeft = (): boolean =>
    revisions().every((revision) => {
      const staying = revision.pods().filter(({ terminating, busy }) => !(terminating && busy));
      return staying.length <= revision.replicas().desired;
    });
  const pods = () => revisions().flatMap((revision) => revision.pods());

  const self: Knative = {
    apply(manifest) {
      const read = readService(manifest);
      if ('errors' in read) throw refused(read.errors);
      return apply(read.service);
    },
    edit(name, change) {
      const known = services.get(name);
      if (!known) throw missing(name);
      // A change is read as a manifest is: nothing can be made that could not be applied.
      const { metadata, spec } = change(known.service());
      self.apply({ apiVersion: API_VERSION, kind: 'Service', metadata, spec });
    },
    async remove(name) {
      const known = services.get(name);
      if (!known) throw missing(name);
      // From here on nobody finds it; what is under way is answered.
      services.delete(name);
      await known.remove();
      changed();
    },
    hasHost: (host) =>
      routables().some(({ hosts, clusterHosts }) =>
        [...hosts, ...clusterHosts].some((each) => each.host === host),
      ),
    handle,
    fetch: (path, init) =>
      handle(createRequest(new URL(path, `http://${defaultHost()}`), init), 'outside'),
    services: () => [...services.values()].map((each) => each.view()),
    revisions: () =>
      revisions().map((revision) => ({
        name: revision.name,
        service: revision.service,
        generation: revision.generation,
        created: revision.created,
        image: revision.template.spec.containers[0].image,
        replicas: revision.replicas(),
        conditions: revision.conditions(),
      })),
    routes: () => [...services.values()].map((each) => each.routeView()),
    now: () => clock.now(),
    async ready(only) {
      await settled();
      const chosen = [...services.values()].filter(
        ({ name }) => only === undefined || name === only,
      );
      await until(() =>
        chosen.every((each) => {
          const { status, reason = '', message = '' } = each.ready();
          if (status !== 'False') return status === 'True';
          const text = `the service ${each.name} is not ready: ${reason}: ${message}`;
          throw new Failure('E_NOT_READY', text);
        }),
      );
    },
    async restart() {
      await Promise.all(
        revisions()
          .filter((revision) => revision.replicas().desired > 0)
          .map((revision) => workloads.restart(`${revision.name}-deployment`)),
      );
    },
    async kill(id) {
      const all = pods().filter(({ terminating }) => !terminating);
      const chosen = id === undefined ? all : all.filter((pod) => pod.name === id);
      if (id !== undefined && chosen.length === 0) throw unknownInstance(id);
      await Promise.all(chosen.map((pod) => workloads.kill(pod.name)));
    },
    async wait(milliseconds) {
      await clock.skip(milliseconds);
      await settled();
      // What was told to go is gone, unless it has something to finish.
      await withDeadline(realClock, LEAVE_MS, until(haveLeft));
    },
    instances: () =>
      revisions().flatMap((revision) =>
        revision.pods().map(({ name, ready, terminating, busy, served }) => ({
          id: name,
          service: revision.name,
          state: terminating ? 'stopped' : !ready ? 'starting' : busy ? 'busy' : 'idle',
          served,
        })),
      ),
    async redeploy(environment) {
      for (const each of services.values()) each.setEnvironment(environment);
      await settled();
      await until(() => [...services.values()].every((each) => each.ready().status === 'True'));
    },
    async close() {
      closing = true;
      autoscaler.stop();
      unwatch();
      for (const each of services.values()) each.stop();
      await settled();
    },
    async kn(line) {
      let text = '';
      let said = '';
      const code = await kn(self, line.split(' ').filter(Boolean), {
        out: (part) => (text += part),
        err: (part) => (said += part),
      });
      if (code !== 0) throw new Error(said.trimEnd());
      return text;
    },
  };
  return self;
}

function refused(errors: readonly FieldError[]): Failure {
  return new Failure(
    'E_MANIFEST',
    `admission webhook "validation.webhook.serving.knative.dev" denied the request: validation failed: ${printErrors(errors)}`,
  );
}

function missing(name: string): Failure {
  return new Failure('E_NOT_FOUND', `services.serving.knative.dev "${name}" not found`);
}

import { Failure } from '../../../shared/failure.ts';
import { printErrors } from '../core/field-error.ts';
import { clusterHostsOf, hostOf } from '../core/hosts.ts';
import type { RouteView, ServiceView } from '../core/kn/views.ts';
import {
  configurationConditions,
  type Finding,
  routeConditions,
  serviceConditions,
  stamp,
} from '../core/readiness.ts';
import type { Condition, RevisionTemplate, Service } from '../core/resources.ts';
import { type ConfigurationState, latestName, nextConfiguration } from '../core/revisions.ts';
import { assign, type AssignedTarget, isRouted, type Unassigned } from '../core/traffic.ts';
import type { Routable } from './ingress.ts';
import { type Revision, type RevisionOptions, startRevision } from './revision.ts';

export interface ServiceOptions extends Pick<
  RevisionOptions,
  | 'workloads'
  | 'clock'
  | 'realClock'
  | 'tell'
  | 'activator'
  | 'autoscaler'
  | 'random'
  | 'environment'
> {
  readonly domain: string;
  /** Hears when anything in its status has changed. */
  onChange(): void;
}

/** A Service with its Configuration, its revisions and its Route. */
export interface ServiceController {
  readonly name: string;
  apply(service: Service): 'configured' | 'unchanged';
  /** As it was applied last, with its defaults. */
  service(): Service;
  setEnvironment(variables: Readonly<Record<string, string>>): void;
  revisions(): readonly Revision[];
  ready(): Condition;
  view(): ServiceView;
  routeView(): RouteView;
  routable(): Routable;
  stop(): void;
  /** Ends its revisions for good. */
  remove(): Promise<void>;
}

/**
 * Looks after a Service from its first manifest on.
 *
 * @example const controller = createServiceController(service, { ...parts, domain: 'example.com', onChange });
 */
export function createServiceController(
  first: Service,
  options: ServiceOptions,
): ServiceController {
  const { clock, tell } = options;
  const { name, namespace } = first.metadata;
  const created = clock.now();
  const revisions: Revision[] = [];
  let service = first;
  let configuration: ConfigurationState = {
    name,
    generation: 1,
    template: first.spec.template,
  };
  let latestReady: string | undefined;
  let targets: readonly AssignedTarget[] = [];
  let conditions: Condition[] = [];
  let routeStatus: Condition[] = [];

  const url = (tag?: string): string => `http://${hostOf(service.metadata, options.domain, tag)}`;
  const find = (revision: string): Revision | undefined =>
    revisions.find((each) => each.name === revision);

  function addRevision(): void {
    const revision = latestName(configuration);
    if (find(revision)) {
      const text = `revisions.serving.knative.dev "${revision}" already exists`;
      throw new Failure('E_CONFLICT', text);
    }
    const { workloads, realClock, activator, autoscaler, random, environment } = options;
    revisions.push(
      startRevision({
        name: revision,
        service: name,
        generation: configuration.generation,
        template: configuration.template,
        labels: {
          ...configuration.template.metadata.labels,
          'serving.knative.dev/service': name,
          'serving.knative.dev/configuration': name,
          'serving.knative.dev/revision': revision,
        },
        workloads,
        clock,
        realClock,
        tell,
        activator,
        autoscaler,
        random,
        environment,
        isRouted: () => routingOf(revision),
        onReadiness: update,
      }),
    );
    find(revision)?.reconcile();
  }

  /** The newest revision may still become what the Route leads to. */
  function routingOf(revision: string): boolean | undefined {
    if (isRouted(targets, revision)) return true;
    return revision === latestName(configuration) ? undefined : false;
  }

  /** Follows the revisions: which is the latest that is ready, who gets traffic, what it all means. */
  function update(): void {
    const now = clock.now();
    const latest = find(latestName(configuration));
    latestReady =
      revisions.findLast((revision) => revision.ready().status === 'True')?.name ?? latestReady;
    const latestCondition = latest?.ready();
    const [configured] = configurationConditions(latestName(configuration), {
      status: latestCondition?.status ?? 'Unknown',
      message: latestCondition?.message,
    });
    const unassigned = assignTraffic(latestCondition?.status === 'False');
    const route = routeConditions(unassigned);
    routeStatus = stamp(route, routeStatus, now);
    const found = serviceConditions(configured as Finding, route[0] as Finding);
    conditions = stamp(found, conditions, now);
    options.onChange();
  }

  function assignTraffic(hasFailed: boolean): Unassigned | undefined {
    const assigned = assign(service.spec.traffic, {
      configuration: name,
      latestReady,
      hasFailed: hasFailed && latestReady === undefined,
      revisions: revisions.map((revision) => ({
        name: revision.name,
        ready: revision.ready().status,
      })),
    });
    if ('reason' in assigned) return assigned;
    if (JSON.stringify(assigned) === JSON.stringify(targets)) return undefined;
    targets = assigned;
    tell({
      type: 'traffic-changed',
      service: name,
      targets: targets.map(({ revisionName, percent = 0, tag }) => ({
        revision: revisionName,
        percent,
        ...(tag !== undefined && { tag }),
      })),
    });
    // Who lost its traffic is kept up by nothing any more.
    for (const revision of revisions) revision.reconcile();
    return undefined;
  }

  function applyTemplate(template: RevisionTemplate): boolean {
    const next = nextConfiguration(configuration, template);
    if ('errors' in next) {
      const webhook = 'admission webhook "validation.webhook.serving.knative.dev"';
      const text = `${webhook} denied the request: validation failed: ${printErrors(next.errors)}`;
      throw new Failure('E_MANIFEST', text);
    }
    if (next === configuration) return false;
    const before = configuration;
    configuration = next;
    try {
      addRevision();
    } catch (error) {
      configuration = before;
      throw error;
    }
    return true;
  }

  addRevision();
  update();

  return {
    name,
    apply(next) {
      const isNew = applyTemplate(next.spec.template);
      const isSame = JSON.stringify(next) === JSON.stringify(service);
      service = next;
      update();
      return isNew || !isSame ? 'configured' : 'unchanged';
    },
    service: () => service,
    setEnvironment(variables) {
      const { template } = configuration;
      const [container] = template.spec.containers;
      const others = container.env.filter((each) => !Object.hasOwn(variables, each.name));
      const set = Object.entries(variables).map(([key, value]) => ({ name: key, value }));
      // A name of its own can stand for one template only.
      const { name: _, ...metadata } = template.metadata;
      const next: RevisionTemplate = {
        metadata,
        spec: { ...template.spec, containers: [{ ...container, env: [...others, ...set] }] },
      };
      applyTemplate(next);
      update();
    },
    revisions: () => revisions,
    ready: () => conditions.find(({ type }) => type === 'Ready') as Condition,
    view: () => ({
      name,
      namespace,
      labels: service.metadata.labels,
      annotations: service.metadata.annotations,
      created,
      url: url(),
      latestCreated: latestName(configuration),
      latestReady,
      traffic: targets,
      conditions,
    }),
    routeView: () => ({ name, url: url(), conditions: routeStatus }),
    routable() {
      const tags = targets.flatMap(({ tag }) => (tag === undefined ? [] : [tag]));
      const names = [undefined, ...tags];
      return {
        metadata: service.metadata,
        hosts: names.map((tag) => ({ host: hostOf(service.metadata, options.domain, tag), tag })),
        clusterHosts: names.flatMap((tag) =>
          clusterHostsOf(service.metadata, tag).map((host) => ({ host, tag })),
        ),
        targets,
      };
    },
    stop() {
      for (const revision of revisions) revision.stop();
    },
    async remove() {
      await Promise.all(revisions.map((revision) => revision.remove()));
    },
  };
}

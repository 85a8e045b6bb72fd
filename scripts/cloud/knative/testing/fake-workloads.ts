import type { Clock } from '../../shared/clock.ts';
import type { DeploymentRequest, DeploymentView, Workloads } from '../engine/workloads.ts';

/** A pod as its program and the test see it. */
export interface FakePod {
  readonly name: string;
  readonly deployment: DeploymentRequest;
  readonly environment: Readonly<Record<string, string>>;
  ready: boolean;
  terminating: boolean;
}

export type FakeProgram = (pod: FakePod) => (request: Request) => Promise<Response> | Response;

export interface FakeOptions {
  readonly clock: Clock;
  readonly program: FakeProgram;
  /** How long a pod takes to become ready, in milliseconds of the clock; pods are counted from 1. */
  readonly startup?: (pod: number) => number;
  /** A Deployment for which this is true never gets a ready pod. */
  readonly isBroken?: (deployment: DeploymentRequest) => boolean;
}

/** Deployments whose pods are functions of this process. */
export interface FakeWorkloads extends Workloads {
  readonly pods: () => FakePod[];
  /** Everything that was asked for: `create rule-00001-deployment 1`, `scale rule-00001-deployment 0`. */
  readonly calls: readonly string[];
}

/**
 * Makes pods for tests that turn the clock by hand.
 *
 * @example const workloads = createFakeWorkloads({ clock, program: (pod) => () => new Response(pod.name) });
 */
export function createFakeWorkloads(options: FakeOptions): FakeWorkloads {
  const { clock, program, startup = () => 0, isBroken = () => false } = options;
  const deployments = new Map<string, { request: DeploymentRequest; replicas: number }>();
  const pods = new Map<
    string,
    FakePod & { answer: ReturnType<FakeProgram>; gone: AbortController }
  >();
  const watchers = new Set<(deployment: string) => void>();
  const calls: string[] = [];
  let drained = (_pod: string): Promise<void> => Promise.resolve();
  let numbered = 0;

  const tell = (deployment: string): void => {
    for (const hear of [...watchers]) hear(deployment);
  };
  const of = (deployment: string) =>
    [...pods.values()].filter((pod) => pod.deployment.name === deployment);

  function start(request: DeploymentRequest): void {
    const { env } = request.template.spec.containers[0];
    const environment = Object.fromEntries(env.map((each) => [each.name, each.value ?? '']));
    const name = `${request.name}-${++numbered}`;
    const seen: FakePod = {
      name,
      deployment: request,
      environment,
      ready: false,
      terminating: false,
    };
    const pod = Object.assign(seen, { answer: program(seen), gone: new AbortController() });
    pods.set(name, pod);
    if (isBroken(request)) return;
    clock.after(startup(numbered), () => {
      if (!pods.has(name) || pod.terminating) return;
      pod.ready = true;
      tell(request.name);
    });
  }

  function remove(name: string): void {
    const pod = pods.get(name);
    if (!pod) return;
    pod.gone.abort(new TypeError('fetch failed'));
    pods.delete(name);
    bringInLine(pod.deployment.name);
  }

  function bringInLine(name: string): void {
    const deployment = deployments.get(name);
    if (!deployment) return;
    const kept = of(name).filter((pod) => !pod.terminating);
    for (let count = kept.length; count < deployment.replicas; count += 1)
      start(deployment.request);
    for (const pod of kept.slice(deployment.replicas)) {
      pod.terminating = true;
      pod.ready = false;
      void drained(pod.name).then(() => remove(pod.name));
    }
    tell(name);
  }

  return {
    calls,
    pods: () => [...pods.values()],
    async create(request) {
      calls.push(`create ${request.name} ${request.replicas}`);
      deployments.set(request.name, { request, replicas: request.replicas });
      bringInLine(request.name);
    },
    async scale(name, replicas) {
      calls.push(`scale ${name} ${replicas}`);
      const deployment = deployments.get(name);
      if (deployment) deployment.replicas = replicas;
      bringInLine(name);
    },
    async remove(name) {
      calls.push(`remove ${name}`);
      const deployment = deployments.get(name);
      if (deployment) deployment.replicas = 0;
      bringInLine(name);
      deployments.delete(name);
    },
    async restart(name) {
      for (const pod of of(name)) remove(pod.name);
    },
    view(name): DeploymentView {
      const broken = deployments.get(name);
      return {
        replicas: broken?.replicas ?? 0,
        pods: of(name),
        progressDeadlineExceeded: false,
        ...(broken &&
          isBroken(broken.request) && {
            failure: { reason: 'ExitCode1', message: 'Container failed with: no database' },
          }),
      };
    },
    fetch(name, request) {
      const pod = pods.get(name);
      if (!pod) return Promise.reject(new TypeError('fetch failed'));
      const gone = new Promise<never>((_, reject) => {
        pod.gone.signal.addEventListener('abort', () => reject(pod.gone.signal.reason as Error));
      });
      return Promise.race([gone, Promise.resolve().then(() => pod.answer(request))]);
    },
    async kill(name) {
      remove(name);
    },
    watch(hear) {
      watchers.add(hear);
      return () => watchers.delete(hear);
    },
    beforeStop(hook) {
      drained = hook;
    },
  };
}

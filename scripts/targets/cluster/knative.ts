import { createSkippableClock } from '../../cloud/shared/skippable-clock.ts';
import { systemClock } from '../../cloud/shared/system-clock.ts';
import { unknownInstance } from '../../cloud/shared/platform-errors.ts';
import { type Tell, traced } from '../../cloud/shared/traced-request.ts';
import { createRequest } from '../../cloud/shared/web-messages.ts';
import { EXIT, Failure } from '../../shared/failure.ts';
import { isAlive } from '../../stages/lock.ts';
import { ensureFree } from '../port.ts';
import type { TargetDeployment, TargetOptions } from '../target.ts';
import { openAddress, type Service } from './address.ts';
import { openHostRelay } from './host-relay.ts';
import { findKnative, KOURIER } from './knative-here.ts';
import { environmentPatch, type KnativeService, servicesIn } from './ksvc.ts';
import { createKubectl, type Kubectl } from './kubectl.ts';
import { readManifests } from './manifests.ts';
import { makeNamespace, sweepNamespaces } from './namespace.ts';
import { type Pod, podView, whyNotReady } from './pods.ts';
import { existingCluster, provideImages } from './provide.ts';
import { type PodWatch, watchPods } from './watch.ts';

/** How long a Service may take to become ready: an image is loaded, a first pod starts. */
const READY_WITHIN = '120s';
/** Hosts that only the ingress's inner door knows; Knative's domain until somebody sets another one. */
const INNER = '.svc.cluster.local';

/**
 * Applies a stage's own manifests to a real Knative on this machine, in a namespace of its own.
 *
 * @example const deployment = await deployOnKnative(options);
 */
export async function deployOnKnative(options: TargetOptions): Promise<TargetDeployment> {
  const { stage, port, emit, say } = options;
  const target = stage.targets.cluster;
  if (!target)
    throw new Failure('E_TARGET', `stage ${stage.number} has no target "cluster"`, EXIT.bug);
  await ensureFree(port, stage.number);
  const context = await existingCluster();
  const found = await findKnative(context.name);
  if (!found.available)
    throw new Failure('E_KNATIVE', [found.reason, found.remedy].filter(Boolean).join('. '));
  await sweepNamespaces(context.name, isAlive);
  await provideImages(options, context, target.images);

  const clock = createSkippableClock(systemClock);
  const tell: Tell = (change) => emit({ at: clock.now(), ...change });
  const ended = new AsyncDisposableStack();
  try {
    const namespace = await makeNamespace(context.name, stage.id);
    ended.defer(() => namespace.remove());
    const { kubectl } = namespace;
    const manifests = readManifests(stage.directory, target.manifests, {
      ...process.env,
      ...options.services,
      ...target.variables,
      ...{ NAMESPACE: namespace.name },
      ...options.environment,
    });
    const watch = watchPods({ kubectl, clock, serviceOf: revisionOf, tell });
    ended.defer(() => watch.close());
    say(
      `Applying ${target.manifests.join(', ')} to ${context.name}, namespace ${namespace.name} ...`,
    );
    for (const { text } of manifests) {
      await kubectl.run(['apply', '--filename', '-'], { input: text });
      // One after the other: a share of the traffic can only be given to a revision that is there.
      for (const name of servicesIn(text)) await ready(kubectl, name, watch);
    }
    const { host } = new URL((await serviceOf(kubectl, target.service)).status?.url ?? '');
    const ingress = await openIngress(context.name, host);
    ended.defer(() => ingress.close());
    const relay = await openHostRelay({ port, host, to: ingress.port });
    ended.defer(() => relay.close());
    say(`${target.service}: http://${host} behind Kourier`);

    const own = (): readonly Pod[] => watch.pods().filter((pod) => isOfRevision(pod));
    const remove = (words: readonly string[]): Promise<string> =>
      kubectl.run(['delete', 'pod', ...words, '--ignore-not-found']);
    let requests = 0;
    return {
      url: `http://localhost:${relay.port}`,
      async fetch(path, init) {
        const request = createRequest(new URL(path, `http://localhost:${relay.port}`), init);
        const id = `r${++requests}`;
        return traced(request, { id, to: target.service, clock, tell }, () => relay.fetch(request));
      },
      async restart() {
        await remove(['--selector', REVISION]);
      },
      async kill(id) {
        const names = own().map(({ metadata }) => metadata.name);
        if (id !== undefined && !names.includes(id)) throw unknownInstance(id);
        const killed = id === undefined ? names : [id];
        if (killed.length === 0) return;
        await remove([...killed, '--grace-period=0', '--force', '--wait=false']);
      },
      // A real cluster's time cannot be skipped.
      wait: (milliseconds) =>
        new Promise((resolve) => void systemClock.after(milliseconds, () => resolve())),
      instances: () => own().map((pod) => podView(pod, revisionOf(pod))),
      async redeploy(environment) {
        const { items } = JSON.parse(await kubectl.run(['get', 'ksvc', '--output', 'json'])) as {
          items: KnativeService[];
        };
        for (const service of items) {
          const patch = JSON.stringify(environmentPatch(service, environment));
          const { name } = service.metadata;
          await kubectl.run(['patch', 'ksvc', name, '--type', 'merge', '--patch', patch]);
          await ready(kubectl, name, watch);
        }
      },
      kubectl: (line) => kubectl.run(line.split(' ')),
      close: () => ended.disposeAsync(),
    };
  } catch (error) {
    await ended.disposeAsync();
    throw error;
  }
}

const REVISION = 'serving.knative.dev/revision';

function isOfRevision({ metadata }: Pod): boolean {
  return metadata.labels?.[REVISION] !== undefined;
}

/** What a pod is an instance of: its revision, as in the local Knative; the table beside them by its name. */
function revisionOf({ metadata }: Pod): string {
  return metadata.labels?.[REVISION] ?? metadata.labels?.['app'] ?? metadata.name;
}

async function ready(kubectl: Kubectl, name: string, watch: PodWatch): Promise<void> {
  try {
    const words = ['wait', `ksvc/${name}`, '--for=condition=Ready', `--timeout=${READY_WITHIN}`];
    await kubectl.run(words);
  } catch (error) {
    const reasons = watch.pods().flatMap((pod) => whyNotReady(pod) ?? []);
    throw new Failure(
      'E_CLUSTER_ROLLOUT',
      [`ksvc/${name} did not become ready within ${READY_WITHIN}:`, ...reasons].join('\n  '),
      EXIT.checkFailed,
      { cause: error },
    );
  }
}

async function serviceOf(kubectl: Kubectl, name: string): Promise<KnativeService> {
  return JSON.parse(await kubectl.run(['get', 'ksvc', name, '--output', 'json'])) as KnativeService;
}

/** The door of Kourier at which a host is known. */
async function openIngress(context: string, host: string) {
  const name = host.endsWith(INNER) ? 'kourier-internal' : 'kourier';
  const kubectl = createKubectl({ context, namespace: KOURIER });
  const service = JSON.parse(
    await kubectl.run(['get', 'service', name, '--output', 'json']),
  ) as Service;
  return openAddress({ kubectl, name, service, port: 0 });
}

import { rm } from 'node:fs/promises';
import { exchange } from '../../cloud/hosts/node/exchange.ts';
import { announceCluster } from '../../cloud/kubernetes/index.ts';
import { unknownInstance } from '../../cloud/shared/platform-errors.ts';
import { createSkippableClock } from '../../cloud/shared/skippable-clock.ts';
import { systemClock } from '../../cloud/shared/system-clock.ts';
import { type Tell, traced } from '../../cloud/shared/traced-request.ts';
import { createRequest } from '../../cloud/shared/web-messages.ts';
import { EXIT, Failure } from '../../shared/failure.ts';
import { isAlive } from '../../stages/lock.ts';
import { makeTemporaryFolder } from '../../stages/temporary.ts';
import { ensureFree } from '../port.ts';
import type { TargetDeployment, TargetOptions } from '../target.ts';
import { openAddress, type Service } from './address.ts';
import { killPrograms } from './kill.ts';
import type { Kubectl } from './kubectl.ts';
import { readManifests } from './manifests.ts';
import { makeNamespace, sweepNamespaces } from './namespace.ts';
import { type Pod, podView, whyNotReady } from './pods.ts';
import { existingCluster, provideImages } from './provide.ts';
import { type PodWatch, watchPods } from './watch.ts';

/** How long pods may take to become ready: an image is loaded, a database starts. */
const READY_WITHIN = '120s';

/**
 * Applies a stage's own manifests to a real cluster on this machine, in a namespace of its own.
 *
 * @example const deployment = await deployCluster(options);
 */
export async function deployCluster(options: TargetOptions): Promise<TargetDeployment> {
  const { stage, port, emit, say } = options;
  const target = stage.targets.cluster;
  if (!target)
    throw new Failure('E_TARGET', `stage ${stage.number} has no target "cluster"`, EXIT.bug);
  await ensureFree(port, stage.number);
  const context = await existingCluster();
  await sweepNamespaces(context.name, isAlive);
  const variables = {
    ...process.env,
    ...options.services,
    ...target.variables,
    ...options.environment,
  };
  const manifests = readManifests(stage.directory, target.manifests, variables);
  await provideImages(options, context, target.images);

  const clock = createSkippableClock(systemClock);
  const tell: Tell = (change) => emit({ at: clock.now(), ...change });
  const ended = new AsyncDisposableStack();
  try {
    const namespace = await makeNamespace(context.name, stage.id);
    ended.defer(() => namespace.remove());
    const { kubectl } = namespace;
    say(
      `Applying ${target.manifests.join(', ')} to ${context.name}, namespace ${namespace.name} ...`,
    );
    for (const { text } of manifests) {
      await kubectl.run(['apply', '--filename', '-'], { input: text });
    }
    const watch = watchPods({ kubectl, clock, serviceOf, tell });
    ended.defer(() => watch.close());
    await rolledOut(kubectl, await deployments(kubectl), watch);
    const folder = makeTemporaryFolder('kube');
    ended.defer(() => rm(folder, { recursive: true, force: true }));
    announceCluster(folder, stage.id, ['kubectl'], {
      context: context.name,
      namespace: namespace.name,
    });
    const service = JSON.parse(
      await kubectl.run(['get', 'service', target.service, '--output', 'json']),
    ) as Service;
    const address = await openAddress({ kubectl, name: target.service, service, port });
    ended.defer(() => address.close());
    const selector = service.spec.selector ?? {};
    const own = (): readonly Pod[] => watch.pods().filter((pod) => isSelected(pod, selector));
    let requests = 0;

    const ownDeployments = await deployments(kubectl, selector);
    const rollOut = async (): Promise<void> => rolledOut(kubectl, ownDeployments, watch);
    return {
      url: `http://localhost:${address.port}`,
      async fetch(path, init) {
        const request = createRequest(new URL(path, `http://localhost:${address.port}`), init);
        const id = `r${++requests}`;
        return traced(request, { id, to: target.service, clock, tell }, () =>
          exchange(request, { host: '127.0.0.1', port: address.port }),
        );
      },
      async restart() {
        await kubectl.run(['rollout', 'restart', ...ownDeployments]);
        await rollOut();
      },
      async kill(id) {
        const names = own().map(({ metadata }) => metadata.name);
        if (id !== undefined && !names.includes(id)) throw unknownInstance(id);
        await killPrograms(kubectl, id === undefined ? names : [id]);
      },
      // A real cluster's time cannot be skipped.
      wait: (milliseconds) =>
        new Promise((resolve) => void systemClock.after(milliseconds, () => resolve())),
      instances: () => own().map((pod) => podView(pod, serviceOf(pod))),
      async redeploy(environment) {
        const pairs = Object.entries(environment).map((pair) => pair.join('='));
        await kubectl.run(['set', 'env', ...ownDeployments, ...pairs]);
        await rollOut();
      },
      kubectl: (line) => kubectl.run(line.split(' ')),
      close: () => ended.disposeAsync(),
    };
  } catch (error) {
    await ended.disposeAsync();
    throw error;
  }
}

/** The deployments of a namespace whose pods a selector takes; without one all. */
async function deployments(
  kubectl: Kubectl,
  selector: Readonly<Record<string, string>> = {},
): Promise<string[]> {
  const { items } = JSON.parse(await kubectl.run(['get', 'deployments', '--output', 'json'])) as {
    items: { metadata: { name: string }; spec: { template: Pick<Pod, 'metadata'> } }[];
  };
  return items
    .filter(({ spec }) => isSelected(spec.template, selector))
    .map(({ metadata }) => `deployment/${metadata.name}`);
}

function isSelected(
  { metadata }: Pick<Pod, 'metadata'>,
  selector: Readonly<Record<string, string>>,
): boolean {
  return Object.entries(selector).every(([label, value]) => metadata.labels?.[label] === value);
}

async function rolledOut(
  kubectl: Kubectl,
  names: readonly string[],
  watch: PodWatch,
): Promise<void> {
  for (const name of names) {
    try {
      await kubectl.run(['rollout', 'status', name, `--timeout=${READY_WITHIN}`]);
    } catch (error) {
      const reasons = watch.pods().flatMap((pod) => whyNotReady(pod) ?? []);
      throw new Failure(
        'E_CLUSTER_ROLLOUT',
        [`${name} did not become ready within ${READY_WITHIN}:`, ...reasons].join('\n  '),
        EXIT.checkFailed,
        { cause: error },
      );
    }
  }
}

/** What a pod is an instance of: the name that its deployment gave it, without the two parts that tell pods apart. */
function serviceOf({ metadata }: Pod): string {
  return metadata.labels?.['app'] ?? metadata.name.split('-').slice(0, -2).join('-');
}

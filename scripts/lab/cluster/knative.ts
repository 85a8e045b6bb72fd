import { nobodyThere, type Network } from '../../cloud/hosts/worker/index.ts';
import {
  asRevisions,
  createClusterWorkloads,
} from '../../cloud/knative/engine/cluster-workloads.ts';
import { createKnative, type Knative } from '../../cloud/knative/engine/knative.ts';
import { kn } from '../../cloud/knative/engine/kn.ts';
import { nameOf } from '../../cloud/kubernetes/core/objects.ts';
import { createKubernetes } from '../../cloud/kubernetes/engine/kubernetes.ts';
import { kubectl } from '../../cloud/kubernetes/engine/kubectl/kubectl.ts';
import { systemClock } from '../../cloud/shared/system-clock.ts';
import { type ClusterPayload, fillPlaceholders, type KnativeService } from '../payload.ts';
import type { Started, TargetOptions } from '../targets.ts';
import { readChanged } from './changed-manifests.ts';
import { fillIn, fillTexts } from './fill-in.ts';
import { createImages } from './images.ts';
import { rollOut } from './rollout.ts';
import { createShell } from './shell.ts';

/** The end of every public host: nobody else knows it here. */
const DOMAIN = 'localhost';
const NAMESPACE = 'default';
/** A program that hangs is the probe's affair. */
const SILENCE_SECONDS = 300;

/**
 * Runs a stage's own manifests in a Knative in this tab, above the Kubernetes in this tab: pods are Web Workers.
 *
 * @example const platform = await startKnative(payload.targets.knative, options);
 */
export async function startKnative(
  payload: ClusterPayload,
  options: TargetOptions,
): Promise<Started> {
  const { project, clock, emit, onGone } = options;
  const variables = { ...options.environment, ...payload.variables };
  const filled = <Value>(value: Value): Value =>
    fillTexts(value, (text) => fillPlaceholders(text, variables));
  const services = payload.manifests.flatMap((each) => filled(each.services));
  const inside: Network = {
    origins: originsOf(services),
    fetch(request) {
      const { hostname, origin } = new URL(request.url);
      if (!knative.hasHost(hostname)) throw nobodyThere(origin);
      return knative.handle(request, 'inside');
    },
  };
  const images = createImages({
    project,
    references: payload.images,
    isOverwritten: true,
    createHost: (folder) => options.createHost({ folder, inside, silence: SILENCE_SECONDS }),
  });
  const kubernetes = await createKubernetes({
    webernetes: await options.webernetes(),
    host: images.host,
    objects: payload.manifests.flatMap(({ objects }) =>
      objects.map((object) => fillIn(object, variables)),
    ),
    images: images.build(),
    clock,
    realClock: systemClock,
    emit: asRevisions(emit),
  });
  kubernetes.engine.state.watch(({ kind, event, object }) => {
    if (kind === 'pods' && event === 'delete') onGone(nameOf(object));
  });
  const knative: Knative = createKnative({
    workloads: createClusterWorkloads(kubernetes),
    clock,
    realClock: systemClock,
    domain: DOMAIN,
    front: payload.service,
    emit,
  });
  const close = async (): Promise<void> => {
    await knative.close();
    await kubernetes.close();
  };
  try {
    for (const service of services) knative.apply(service);
    await knative.ready();
  } catch (error) {
    await close();
    throw error;
  }

  /** A changed manifest is applied; changed code is built under the same name, and every pod is started anew. */
  async function update(changed: readonly string[]): Promise<void> {
    const manifests = payload.manifests.map(({ file }) => file);
    const read = await readChanged(
      changed.filter((file) => manifests.includes(file)),
      payload,
      options,
    );
    const { engine, actions } = kubernetes;
    for (const object of read.flatMap(({ objects }) => objects)) await actions.apply(object);
    for (const service of read.flatMap((each) => each.services)) knative.apply(service);
    if (read.length > 0) await knative.ready();
    if (changed.every((file) => /\.ya?ml$/.test(file))) return;
    images.build();
    await rollOut(engine, () => knative.restart());
  }

  return {
    ...knative,
    kubectl: (line) => kubernetes.kubectl?.(line) ?? Promise.reject(new TypeError('no kubectl')),
    shell: createShell({
      tools: {
        kubectl: (words, io) => kubectl(kubernetes, words, io),
        kn: async (words, { files = {}, ...io }) =>
          kn(knative, words, { ...io, files: await servicesIn(files) }),
      },
      sources: () => project.sources(),
      variables,
    }),
    update,
    close,
  };
}

/** Where pods find the services of their own cluster, each under its name and its tags. */
function originsOf(services: readonly KnativeService[]): string[] {
  const names = services.flatMap(({ metadata, spec }) => {
    const name = metadata?.name ?? '';
    return [name, ...(spec?.traffic ?? []).flatMap(({ tag }) => (tag ? [`${tag}-${name}`] : []))];
  });
  return [...new Set(names)].map((name) => `http://${name}.${NAMESPACE}.svc.cluster.local`);
}

async function servicesIn(files: Readonly<Record<string, string>>): Promise<unknown[]> {
  if (Object.keys(files).length === 0) return [];
  const { readManifest } = await import('./read-manifest.ts');
  return Object.entries(files).flatMap(([file, text]) => readManifest(file, text).services);
}

import { readFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { createNodeHost } from '../cloud/hosts/node/host.ts';
import {
  asRevisions,
  createClusterWorkloads,
  createKnative,
  isKnative,
  kn,
  serveMesh,
} from '../cloud/knative/index.ts';
import {
  createKubernetes,
  type ImageSource,
  loadWebernetes,
  parseDockerfile,
  parseManifest,
  serveControl,
} from '../cloud/kubernetes/index.ts';
import { serve } from '../cloud/server/serve.ts';
import { createFasterClock } from '../cloud/shared/faster-clock.ts';
import { createSkippableClock } from '../cloud/shared/skippable-clock.ts';
import { systemClock } from '../cloud/shared/system-clock.ts';
import { EXIT, Failure } from '../shared/failure.ts';
import { makeTemporaryFolder } from '../stages/temporary.ts';
import { readManifests } from './cluster/manifests.ts';
import { ensureFree } from './port.ts';
import type { TargetDeployment, TargetOptions } from './target.ts';

/** Names under `localhost` lead to this machine in every browser, without DNS. */
const DOMAIN = 'localhost';

/**
 * Runs a stage's own manifests in the local Knative, above the local Kubernetes: the processes are Node's.
 *
 * @example const deployment = await deployKnative(options);
 */
export async function deployKnative(options: TargetOptions): Promise<TargetDeployment> {
  const { stage, port, emit, say, environment, speed } = options;
  const target = stage.targets.knative;
  if (!target) {
    throw new Failure('E_TARGET', `stage ${stage.number} has no target "knative"`, EXIT.bug);
  }
  await ensureFree(port, stage.number);
  const variables = {
    ...process.env,
    ...options.services,
    ...target.variables,
    ...environment,
  };
  const texts = readManifests(stage.directory, target.manifests, variables);
  const { services, others } = split(texts);

  const ended = new AsyncDisposableStack();
  try {
    const clock = createSkippableClock(createFasterClock(systemClock, speed));
    const kubernetes = await createKubernetes({
      webernetes: await loadWebernetes(),
      host: createNodeHost(),
      objects: others.flatMap(({ file, text }) => parseManifest(text, file).objects),
      images: Object.entries(target.images).map(([reference, dockerfile]) =>
        imageOf(stage.directory, reference, dockerfile),
      ),
      clock,
      realClock: systemClock,
      emit: asRevisions(emit),
    });
    ended.defer(() => kubernetes.close());
    const mesh = await serveMesh({
      isInside: (host) => knative.hasHost(host),
      answer: (request) => knative.handle(request, 'inside'),
    });
    ended.defer(() => mesh.close());
    const knative = createKnative({
      workloads: createClusterWorkloads(kubernetes),
      clock,
      realClock: systemClock,
      domain: DOMAIN,
      front: target.service,
      environment: { ...mesh.environment, ...environment },
      emit,
    });
    ended.defer(() => knative.close());
    for (const service of services) knative.apply(service);
    await knative.ready();
    const server = await serve(port, (request) => knative.handle(request, 'outside'));
    ended.defer(() => server.close());
    if (speed !== 1) say(`The autoscaler's windows pass ${speed} times as fast; all else is real.`);
    for (const { name, url } of knative.routes()) {
      const isInside = url.endsWith('.cluster.local');
      say(`${name}: ${isInside ? `${url} inside the cluster` : `${url}:${server.port}`}`);
    }
    const folder = makeTemporaryFolder('kube');
    ended.defer(() => rm(folder, { recursive: true, force: true }));
    const control = await serveControl(kubernetes, folder, stage.id, {
      kn: (words, io) => kn(knative, words, { ...io, files: parseFiles(io.files) }),
    });
    ended.defer(() => control.close());
    return {
      ...knative,
      kubectl: (line) => kubernetes.kubectl?.(line) ?? Promise.reject(new Error('no kubectl')),
      url: `http://localhost:${server.port}`,
      close: () => ended.disposeAsync(),
    };
  } catch (error) {
    await ended.disposeAsync();
    throw error;
  }
}

interface ManifestText {
  readonly file: string;
  readonly text: string;
}

/** Knative's Services, and what is Kubernetes' own, each still under the name of its file. */
function split(texts: readonly ManifestText[]): { services: unknown[]; others: ManifestText[] } {
  const services: unknown[] = [];
  const others: ManifestText[] = [];
  for (const { file, text } of texts) {
    const documents = parseAllDocuments(text);
    for (const document of Array.isArray(documents) ? documents : []) {
      const [fault] = document.errors;
      if (fault) throw new Failure('E_MANIFEST', `${file}: ${fault.message}`);
      const object = document.toJS() as unknown;
      if (isKnative(object)) services.push(object);
      else if (object) others.push({ file, text: String(document) });
    }
  }
  return { services, others };
}

function parseFiles(files: Readonly<Record<string, string>>): unknown[] {
  return split(Object.entries(files).map(([file, text]) => ({ file, text }))).services;
}

/** The image that a Dockerfile would make: its files are where it is. */
function imageOf(stage: string, reference: string, dockerfile: string): ImageSource {
  const file = join(stage, dockerfile);
  return {
    reference,
    config: parseDockerfile(readFileSync(file, 'utf8')),
    directory: dirname(file),
  };
}

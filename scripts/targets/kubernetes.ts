import { readFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { createNodeHost } from '../cloud/hosts/node/host.ts';
import {
  createKubernetes,
  type ImageSource,
  type Kubernetes,
  loadWebernetes,
  type Note,
  parseDockerfile,
  parseManifest,
  serveControl,
} from '../cloud/kubernetes/index.ts';
import { serve } from '../cloud/server/serve.ts';
import { createSkippableClock } from '../cloud/shared/skippable-clock.ts';
import { systemClock } from '../cloud/shared/system-clock.ts';
import { EXIT, Failure } from '../shared/failure.ts';
import { makeTemporaryFolder } from '../stages/temporary.ts';
import { readManifests } from './cluster/manifests.ts';
import { ensureFree } from './port.ts';
import type { TargetDeployment, TargetOptions } from './target.ts';

/**
 * Runs a stage's own manifests in the local Kubernetes: the processes are Node's, all else is Kubernetes' own.
 *
 * @example const deployment = await deployKubernetes(options);
 */
export async function deployKubernetes(options: TargetOptions): Promise<TargetDeployment> {
  const { stage, port, emit, say, environment } = options;
  const target = stage.targets.kubernetes;
  if (!target) {
    throw new Failure('E_TARGET', `stage ${stage.number} has no target "kubernetes"`, EXIT.bug);
  }
  await ensureFree(port, stage.number);
  const variables = {
    ...process.env,
    ...options.services,
    ...target.variables,
    ...environment,
  };
  const manifests = readManifests(stage.directory, target.manifests, variables).map(
    ({ file, text }) => parseManifest(text, file),
  );
  sayNotes(
    manifests.flatMap(({ notes }) => notes),
    say,
  );

  const ended = new AsyncDisposableStack();
  try {
    const kubernetes = await createKubernetes({
      webernetes: await loadWebernetes(),
      host: createNodeHost(),
      objects: manifests.flatMap(({ objects }) => objects),
      images: Object.entries(target.images).map(([reference, dockerfile]) =>
        imageOf(stage.directory, reference, dockerfile),
      ),
      clock: createSkippableClock(systemClock),
      realClock: systemClock,
      emit,
      environment,
    });
    ended.defer(() => kubernetes.close());
    const nodePort = nodePortOf(kubernetes, target.service);
    const answer = (request: Request): Promise<Response> => answerAt(kubernetes, request, nodePort);
    await kubernetes.ready();
    const server = await serve(port, answer);
    ended.defer(() => server.close());
    if (port !== 0) {
      // A cluster opens it on every node; here it may be another program's.
      const open = await serve(nodePort, answer, '127.0.0.1').catch(() => undefined);
      if (open) ended.defer(() => open.close());
      say(
        open
          ? `NodePort ${nodePort} is open too.`
          : `NodePort ${nodePort} is taken by another program.`,
      );
    }
    const folder = makeTemporaryFolder('kube');
    ended.defer(() => rm(folder, { recursive: true, force: true }));
    const control = await serveControl(kubernetes, folder, stage.id);
    ended.defer(() => control.close());
    return {
      ...kubernetes,
      url: `http://localhost:${server.port}`,
      close: () => ended.disposeAsync(),
    };
  } catch (error) {
    await ended.disposeAsync();
    throw error;
  }
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

function nodePortOf(kubernetes: Kubernetes, service: string): number {
  const found = kubernetes.nodePorts().find((port) => port.service === service);
  if (found) return found.nodePort;
  throw new Failure(
    'E_NODE_PORT',
    `the Service "${service}" has no nodePort, so nothing outside the cluster can reach it. Give it type: NodePort.`,
  );
}

/** A Service without a ready pod refuses the connection; a browser gets words instead. */
async function answerAt(
  kubernetes: Kubernetes,
  request: Request,
  nodePort: number,
): Promise<Response> {
  try {
    return await kubernetes.handle(request, nodePort);
  } catch (error) {
    if (request.signal.aborted) throw error;
    return new Response('no pod answered; "npm run stage kubectl get pods" tells more\n', {
      status: 503,
      headers: { 'content-type': 'text/plain; charset=utf-8' },
    });
  }
}

/** Each meaning once: ten containers without limits are one line. */
function sayNotes(notes: readonly Note[], say: (line: string) => void): void {
  const means = new Map<string, Set<string>>();
  for (const note of notes) {
    const words = note.field.split('.').filter((word) => !/^\d+$/.test(word));
    const name = words.slice(-2).join('.');
    means.set(note.means, (means.get(note.means) ?? new Set()).add(name));
  }
  for (const [meaning, fields] of means) say(`Not here: ${[...fields].join(', ')}: ${meaning}.`);
}

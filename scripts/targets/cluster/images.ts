import { Failure } from '../../shared/failure.ts';
import { createProgram } from '../../shared/program.ts';
import type { ClusterContext } from './context.ts';
import { createKubectl } from './kubectl.ts';

/** How an image gets from this machine's Docker into a cluster. */
export type Loading =
  | { readonly by: 'nothing' }
  | { readonly by: 'command'; readonly program: string; readonly words: readonly string[] }
  | { readonly by: 'unknown' };

/**
 * How a cluster wants its images. `runtime` is what its node says of itself; a node that runs on Docker has
 * what the machine's Docker has, unless it is a machine of its own.
 *
 * @example loadingFor({ name: 'kind-todo', kind: 'kind' }, 'containerd://2.1.4', ['todo:1'])
 */
export function loadingFor(
  { name, kind }: ClusterContext,
  runtime: string,
  images: readonly string[],
): Loading {
  switch (kind) {
    case 'kind':
      return {
        ...{ by: 'command', program: 'kind' },
        words: ['load', 'docker-image', ...images, '--name', name.replace(/^kind-/, '')],
      };
    case 'k3d':
      return {
        ...{ by: 'command', program: 'k3d' },
        words: ['image', 'import', ...images, '--cluster', name.replace(/^k3d-/, '')],
      };
    case 'minikube':
      return {
        ...{ by: 'command', program: 'minikube' },
        words: ['image', 'load', ...images, '--profile', name],
      };
    case 'docker-desktop':
      // Its kubelet takes images from Docker's own store; so does Colima's where it runs Docker.
      return { by: 'nothing' };
    case 'colima':
    case 'other':
      return runtime.startsWith('docker://') ? { by: 'nothing' } : { by: 'unknown' };
  }
}

/**
 * Gives images that this machine's Docker has to a cluster.
 *
 * @example await loadImages(context, ['serverless-evolution/todo:1'])
 */
export async function loadImages(
  context: ClusterContext,
  images: readonly string[],
  say: (line: string) => void,
): Promise<void> {
  const runtime = await createKubectl({ context: context.name }).run([
    ...['get', 'nodes'],
    ...['--output', 'jsonpath={.items[0].status.nodeInfo.containerRuntimeVersion}'],
  ]);
  const loading = loadingFor(context, runtime, images);
  if (loading.by === 'nothing') return;
  if (loading.by === 'unknown') {
    throw new Failure(
      'E_CLUSTER_IMAGES',
      `the cluster of context "${context.name}" runs on ${runtime}, and nothing here knows how to give it an image. Use kind, k3d, minikube or Docker Desktop, or load the images by hand: ${images.join(', ')}.`,
    );
  }
  say(`Loading the images into ${context.name} (${loading.program} ${loading.words[0]}) ...`);
  await createProgram(loading.program, (words, error) => {
    const what = `${loading.program} ${words.join(' ')}`;
    const remedy =
      error.code === 'ENOENT'
        ? `it is not installed, and context "${context.name}" is one of its clusters`
        : error.message;
    return new Failure('E_CLUSTER_IMAGES', `"${what}" failed: ${remedy}`, undefined, {
      cause: error,
    });
  }).run(loading.words);
}

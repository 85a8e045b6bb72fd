import type { Applied } from '../../cloud/kubernetes/core/manifest.ts';
import { type Deployment, nameOf } from '../../cloud/kubernetes/core/objects.ts';
import { createKubernetes, type Kubernetes } from '../../cloud/kubernetes/engine/kubernetes.ts';
import { kubectl } from '../../cloud/kubernetes/engine/kubectl/kubectl.ts';
import { systemClock } from '../../cloud/shared/system-clock.ts';
import type { ClusterPayload } from '../payload.ts';
import type { Started, TargetOptions } from '../targets.ts';
import { fillIn } from './fill-in.ts';
import { createImages, type Images } from './images.ts';
import { readChanged } from './changed-manifests.ts';
import { rollOut } from './rollout.ts';
import { createShell } from './shell.ts';

/** A program that hangs is the liveness probe's affair: it ends it long before. */
const SILENCE_SECONDS = 300;

/**
 * Runs a stage's own manifests in a Kubernetes in this tab: pods are Web Workers, all else is Kubernetes' own.
 *
 * @example const platform = await startKubernetes(payload.targets.kubernetes, options);
 */
export async function startKubernetes(
  payload: ClusterPayload,
  options: TargetOptions,
): Promise<Started> {
  const { project, clock, emit, onGone } = options;
  const variables = { ...options.environment, ...payload.variables };
  const images = createImages({
    project,
    references: payload.images,
    createHost: (folder) => options.createHost({ folder, silence: SILENCE_SECONDS }),
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
    emit,
  });
  kubernetes.engine.state.watch(({ kind, event, object }) => {
    if (kind === 'pods' && event === 'delete') onGone(nameOf(object));
  });
  try {
    await kubernetes.ready();
  } catch (error) {
    await kubernetes.close();
    throw error;
  }
  return {
    ...kubernetes,
    shell: createShell({
      tools: { kubectl: (words, io) => kubectl(kubernetes, words, io) },
      sources: () => project.sources(),
      variables,
    }),
    update: (changed) => update(kubernetes, images, { payload, options, changed }),
  };
}

interface Update {
  readonly payload: ClusterPayload;
  readonly options: TargetOptions;
  /** The files that are others now. */
  readonly changed: readonly string[];
}

/** Changed manifests are applied, changed code becomes a new image: what a person would do on a cluster. */
async function update(
  kubernetes: Kubernetes,
  images: Images,
  { payload, options, changed }: Update,
): Promise<void> {
  const manifests = payload.manifests.map(({ file }) => file);
  const read = await readChanged(
    changed.filter((file) => manifests.includes(file)),
    payload,
    options,
  );
  const objects = read.flatMap((each) => each.objects);
  if (changed.some((file) => !/\.ya?ml$/.test(file))) {
    const { engine } = kubernetes;
    for (const image of images.build())
      engine.cluster.registerImage(engine.containers.imageClass(image));
  }
  const { actions, engine } = kubernetes;
  await rollOut(engine, async () => {
    for (const object of objects) await actions.apply(withNewest(object, images));
    for (const deployment of engine.state.list('deployments')) {
      const changes = (deployment.spec?.template?.spec?.containers ?? []).flatMap(
        ({ name, image = '' }) => {
          const newest = images.newest(image);
          return newest === image ? [] : [[name, newest] as const];
        },
      );
      if (changes.length > 0)
        await actions.setImage(nameOf(deployment), Object.fromEntries(changes));
    }
  });
}

/** A manifest names the image that the stage came with; what is meant is the one of the code as it is. */
function withNewest(object: Applied, images: Images): Applied {
  if (object.kind !== 'Deployment') return object;
  const made = structuredClone(object) as Applied & Deployment;
  for (const container of made.spec?.template?.spec?.containers ?? [])
    if (container.image !== undefined) container.image = images.newest(container.image);
  return made;
}

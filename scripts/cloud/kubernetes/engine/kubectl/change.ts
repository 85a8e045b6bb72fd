import { KubectlError } from '../../core/kubectl/arguments.ts';
import { findResource, readWanted, type Resource } from '../../core/kubectl/resources.ts';
import type { Applied } from '../../core/manifest.ts';
import { nameOf } from '../../core/objects.ts';
import { chosen } from './find.ts';
import type { Verb, VerbContext } from './verb.ts';

const KIND_OF: Readonly<Partial<Record<Resource['id'], string>>> = {
  deployments: 'Deployment',
  services: 'Service',
  configmaps: 'ConfigMap',
  secrets: 'Secret',
  autoscalers: 'HorizontalPodAutoscaler',
};

/** `kubectl apply -f`. */
export const apply: Verb = async (context) => {
  const { actions, io } = context;
  for (const object of await manifestsOf(context)) {
    const change = await actions.apply(object);
    io.out(`${qualified(object)} ${change}\n`);
  }
  return 0;
};

/** `kubectl delete`, by name, selector or file. */
export const remove: Verb = async (context) => {
  const { call, actions, io } = context;
  if (call.flags['filename'] !== undefined) {
    for (const object of await manifestsOf(context)) {
      await actions.delete(object.kind, nameOf(object));
      io.out(`${spoken(object)} deleted\n`);
    }
    return 0;
  }
  const grace = graceOf(context);
  const isWaiting = call.flags['wait'] !== 'false';
  for (const wanted of readWanted(call.words)) {
    const isAll = call.flags['all'] === true || call.flags['selector'] !== undefined;
    if (wanted.names.length === 0 && !isAll) {
      throw new KubectlError('resource(s) were provided, but no name was specified');
    }
    const names = chosen(context, wanted).map(nameOf);
    for (const name of names) io.out(`${wanted.resource.qualified} "${name}" deleted\n`);
    if (wanted.resource.id === 'pods') {
      const gone = actions.deletePods(names, grace);
      if (isWaiting) await gone;
      continue;
    }
    const kind = KIND_OF[wanted.resource.id];
    if (kind === undefined)
      throw new KubectlError(`${wanted.resource.plural} cannot be deleted here`);
    for (const name of names) await actions.delete(kind, name);
  }
  return 0;
};

/** `kubectl scale`. */
export const scale: Verb = async (context) => {
  const { call, actions, io } = context;
  const replicas = Number(call.flags['replicas']);
  if (call.flags['replicas'] === undefined || !Number.isInteger(replicas) || replicas < 0) {
    throw new KubectlError(
      'The --replicas=COUNT flag is required, and COUNT must be greater than or equal to 0',
    );
  }
  for (const name of deploymentsOf(context, call.words)) {
    await actions.setReplicas(name, replicas);
    io.out(`deployment.apps/${name} scaled\n`);
  }
  return 0;
};

/** `kubectl set image deployment/NAME CONTAINER=IMAGE`. */
export const setImage: Verb = async (context) => {
  const { call, actions, io } = context;
  const { targets, pairs } = split(call.words);
  if (pairs.length === 0) throw new KubectlError('at least one image update is required');
  for (const name of deploymentsOf(context, targets)) {
    await actions.setImage(name, Object.fromEntries(pairs));
    io.out(`deployment.apps/${name} image updated\n`);
  }
  return 0;
};

/** `kubectl set env deployment/NAME KEY=VALUE ... KEY-`. */
export const setEnv: Verb = async (context) => {
  const { call, actions, io } = context;
  const { targets, pairs } = split(call.words.filter((word) => !word.endsWith('-')));
  const removed = call.words.filter((word) => word.endsWith('-'));
  const variables = Object.fromEntries([
    ...pairs,
    ...removed.map((word) => [word.slice(0, -1), undefined] as const),
  ]);
  if (Object.keys(variables).length === 0) {
    throw new KubectlError('at least one environment variable must be provided');
  }
  for (const name of deploymentsOf(context, targets)) {
    await actions.setEnvironment(variables, name);
    io.out(`deployment.apps/${name} env updated\n`);
  }
  return 0;
};

/** Words with `=` are pairs, the others name what is to be changed. */
function split(words: readonly string[]): { targets: string[]; pairs: [string, string][] } {
  return {
    targets: words.filter((word) => !word.includes('=')),
    pairs: words
      .filter((word) => word.includes('='))
      .map((word) => [word.slice(0, word.indexOf('=')), word.slice(word.indexOf('=') + 1)]),
  };
}

function deploymentsOf(context: VerbContext, words: readonly string[]): string[] {
  return readWanted(words).flatMap((wanted) => {
    if (wanted.resource.id !== 'deployments') {
      throw new KubectlError('only Deployments can be changed so: deployment/NAME');
    }
    return chosen(context, wanted).map(nameOf);
  });
}

async function manifestsOf({ call, io }: VerbContext): Promise<Applied[]> {
  if (call.flags['filename'] === undefined) throw new KubectlError('must specify one of -f and -k');
  const files = Object.entries(io.files ?? {});
  if (files.length === 0) {
    throw new KubectlError(`the path "${String(call.flags['filename'])}" does not exist`);
  }
  // As large as all the rest of kubectl: a tab loads it when it is asked for.
  const { parseManifest } = await import('../../core/manifest.ts');
  return files.flatMap(([file, text]) => [...parseManifest(text, file).objects]);
}

function qualified(object: Applied): string {
  return `${findResource(object.kind).qualified}/${nameOf(object)}`;
}

function spoken(object: Applied): string {
  return `${findResource(object.kind).qualified} "${nameOf(object)}"`;
}

function graceOf({ call }: VerbContext): number | undefined {
  if (call.flags['now']) return 1;
  if (call.flags['force']) return 0;
  const grace = call.flags['grace-period'];
  return grace === undefined ? undefined : Number(grace);
}

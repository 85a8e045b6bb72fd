import { KubectlError } from '../../core/kubectl/arguments.ts';
import { findResource, resourceOf } from '../../core/kubectl/resources.ts';
import { nameOf, type Pod } from '../../core/objects.ts';
import type { ContainerLog, KeptLine } from '../pod-log.ts';
import { chosen, named, objectsOf } from './find.ts';
import { aborted, ServerError, type Verb, type VerbContext } from './verb.ts';

/** With a selector kubectl shows the last lines only, unless told otherwise. */
const TAIL_WITH_SELECTOR = 10;

/** `kubectl logs`. */
export const logs: Verb = async (context) => {
  const { call, io, engine } = context;
  const pods = podsOf(context);
  const previous = call.flags['previous'] === true;
  const tail = tailOf(context);
  const withPrefix = call.flags['prefix'] === true;
  const printer =
    (pod: Pod) =>
    (line: KeptLine): void => {
      const prefix = withPrefix ? `[pod/${nameOf(pod)}/${containerOf(pod)}] ` : '';
      const stamp = call.flags['timestamps'] ? `${new Date(line.at).toISOString()} ` : '';
      io.out(`${prefix}${stamp}${line.text}\n`);
    };

  const sources = pods.map((pod) => {
    const log = engine.containers.log(nameOf(pod), previous);
    if (!log) throw notStarted(pod, previous);
    return { pod, log };
  });
  for (const { pod, log } of sources) {
    const lines = tail === undefined ? log.lines : tail === 0 ? [] : log.lines.slice(-tail);
    for (const line of lines) printer(pod)(line);
  }
  if (!call.flags['follow']) return 0;
  await Promise.race([
    Promise.all(sources.map(({ pod, log }) => follow(log, printer(pod), io.signal))),
    aborted(io.signal),
  ]);
  return 0;
};

async function follow(
  log: ContainerLog,
  print: (line: KeptLine) => void,
  signal: AbortSignal | undefined,
): Promise<void> {
  const stop = log.follow(print);
  await Promise.race([log.ended, aborted(signal)]);
  stop();
}

function podsOf(context: VerbContext): Pod[] {
  const { call, engine } = context;
  const pods: Pod[] = objectsOf(engine, 'pods');
  const [word] = call.words;
  if (word === undefined) {
    if (call.flags['selector'] === undefined) {
      throw new KubectlError(
        "expected 'logs [-f] [-p] (POD | TYPE/NAME) [-c CONTAINER]'.\nPOD or TYPE/NAME is a required argument for the logs command\nSee 'kubectl logs -h' for help and examples",
      );
    }
    return chosen(context, { resource: resourceOf('pods'), names: [] });
  }
  const [kind = '', name] = word.split('/');
  if (name === undefined) return [named(pods, resourceOf('pods'), kind)];
  const resource = findResource(kind);
  if (resource.id === 'pods') return [named(pods, resource, name)];
  const owner = named(objectsOf(engine, resource.id), resource, name) as {
    spec?: { selector?: { matchLabels?: Record<string, string> } };
  };
  const wanted = Object.entries(owner.spec?.selector?.matchLabels ?? {});
  const own = pods.filter(({ metadata }) =>
    wanted.every(([key, value]) => metadata?.labels?.[key] === value),
  );
  const [first] = own;
  if (!first) throw new KubectlError(`no pods found for ${word}`);
  if (own.length > 1) context.io.err(`Found ${own.length} pods, using pod/${nameOf(first)}\n`);
  return [first];
}

function tailOf({ call }: VerbContext): number | undefined {
  const { tail, selector } = call.flags;
  if (tail === undefined) return selector === undefined ? undefined : TAIL_WITH_SELECTOR;
  const lines = Number(tail);
  if (!Number.isInteger(lines)) {
    throw new KubectlError(`invalid argument "${String(tail)}" for "--tail" flag`);
  }
  return lines < 0 ? undefined : lines;
}

function containerOf(pod: Pod): string {
  return pod.spec?.containers[0]?.name ?? '';
}

function notStarted(pod: Pod, previous: boolean): ServerError {
  const container = containerOf(pod);
  if (previous) {
    return new ServerError(
      'BadRequest',
      `previous terminated container "${container}" in pod "${nameOf(pod)}" not found`,
    );
  }
  const waiting = pod.status?.containerStatuses?.[0]?.state?.waiting;
  const why = waiting?.message ? `trying and failing to pull image` : 'ContainerCreating';
  const reason = waiting?.reason?.includes('Image') ? why : (waiting?.reason ?? why);
  return new ServerError(
    'BadRequest',
    `container "${container}" in pod "${nameOf(pod)}" is waiting to start: ${reason}`,
  );
}

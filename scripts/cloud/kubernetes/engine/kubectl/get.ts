import { KubectlError } from '../../core/kubectl/arguments.ts';
import { createTable, type Row, table } from '../../core/kubectl/columns.ts';
import { toJson, wrapped } from '../../core/kubectl/document.ts';
import { jsonPath } from '../../core/kubectl/json-path.ts';
import {
  readWanted,
  type Resource,
  type ResourceId,
  type Wanted,
} from '../../core/kubectl/resources.ts';
import * as rows from '../../core/kubectl/rows.ts';
import { labelText } from '../../core/kubectl/selector.ts';
import { type KubernetesObject, nameOf } from '../../core/objects.ts';
import { chosen } from './find.ts';
import { aborted, type Verb, type VerbContext } from './verb.ts';

type AnyColumns = rows.Columns<KubernetesObject>;

/** The table of each kind; what it is given is of that kind. */
const TABLES = {
  pods: rows.PODS,
  deployments: rows.DEPLOYMENTS,
  replicasets: rows.REPLICA_SETS,
  services: rows.SERVICES,
  endpoints: rows.ENDPOINTS,
  configmaps: rows.CONFIG_MAPS,
  secrets: rows.SECRETS,
  autoscalers: rows.AUTOSCALERS,
  events: rows.EVENTS,
  nodes: rows.NODES,
} as unknown as Readonly<Record<ResourceId, AnyColumns>>;

const FORMATS = ['wide', 'yaml', 'json', 'name'];

/** `kubectl get`. */
export const get: Verb = async (context) => {
  const { call, io } = context;
  const wanted = readWanted(call.words);
  const { output } = call.flags;
  const template = /^jsonpath=(.*)$/s.exec(String(output))?.[1];
  if (output !== undefined && template === undefined && !FORMATS.includes(String(output))) {
    throw new KubectlError(
      `unable to match a printer suitable for the output format "${String(output)}", allowed formats are: json,jsonpath,name,wide,yaml`,
    );
  }
  if (call.flags['watch']) return watch(context, wanted);

  const found = wanted.map((each) => ({ ...each, objects: chosen(context, each) }));
  const objects = found.flatMap(({ objects: some }) => some);
  const single = wanted.length === 1 && wanted[0]?.names.length === 1;
  if (template !== undefined) io.out(jsonPath(wrapped(objects, single), template));
  else if (output === 'yaml')
    io.out((await import('../../core/kubectl/yaml.ts')).toYaml(objects, single));
  else if (output === 'json') io.out(toJson(objects, single));
  else if (output === 'name') {
    for (const { resource, objects: some } of found) {
      for (const object of some) io.out(`${resource.qualified}/${nameOf(object)}\n`);
    }
  } else if (objects.length === 0) io.err('No resources found in default namespace.\n');
  else {
    const shown = found.filter(({ objects: some }) => some.length > 0);
    const isMixed = wanted.length > 1;
    shown.forEach(({ resource, objects: some }, index) => {
      if (index > 0) io.out('\n');
      io.out(table(rowsOf(context, resource, some, isMixed)));
    });
  }
  return 0;
};

function rowsOf(
  { call, now }: VerbContext,
  resource: Resource,
  objects: readonly KubernetesObject[],
  isMixed: boolean,
  heads = !call.flags['no-headers'],
): Row[] {
  const columns = TABLES[resource.id];
  const isWide = call.flags['output'] === 'wide';
  const withLabels = call.flags['show-labels'] === true;
  const head = [
    ...columns.heads,
    ...(isWide ? columns.wide : []),
    ...(withLabels ? ['LABELS'] : []),
  ];
  const body = objects.map((object) => {
    const [name = '', ...cells] = columns.cells(object, now());
    return [
      isMixed ? `${resource.qualified}/${name}` : name,
      ...cells,
      ...(isWide ? columns.wideCells(object) : []),
      ...(withLabels ? [labelText(object.metadata?.labels)] : []),
    ];
  });
  return heads ? [head, ...body] : body;
}

/** Prints what is there, then a row for each change, until the command is ended. */
async function watch(context: VerbContext, wanted: readonly Wanted[]): Promise<number> {
  const { engine, io } = context;
  const [only] = wanted;
  if (wanted.length !== 1 || !only) {
    throw new KubectlError('you may only specify a single resource type');
  }
  const print = createTable();
  const told = new Map<string, string>();
  const tell = (heads: boolean): void => {
    const fresh = chosen(context, { ...only, names: [] }).filter((object) => {
      if (only.names.length > 0 && !only.names.includes(nameOf(object))) return false;
      const [, ...cells] = TABLES[only.resource.id].cells(object, 0);
      const key = object.metadata?.uid ?? nameOf(object);
      // Ages pass by themselves and are no change.
      const text = JSON.stringify([cells.slice(0, -1), object.metadata?.deletionTimestamp]);
      if (told.get(key) === text) return false;
      told.set(key, text);
      return true;
    });
    const lines = rowsOf(context, only.resource, fresh, false, heads && fresh.length > 0);
    if (lines.length > 0) io.out(print(lines));
  };
  tell(true);
  const unwatch = [engine.state.watch(() => tell(false)), engine.store.watch(() => tell(false))];
  await aborted(io.signal);
  for (const stop of unwatch) stop();
  return 0;
}

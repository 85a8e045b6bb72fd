import { type KnCall, KnError, parseKn } from '../core/kn/arguments.ts';
import { revisionList, routeList, serviceList } from '../core/kn/lists.ts';
import { serviceDescription } from '../core/kn/service-describe.ts';
import { TEMPLATE_FLAGS, templateAfter } from '../core/kn/template-flags.ts';
import { trafficAfter } from '../core/kn/traffic-flags.ts';
import type { Knative } from './knative.ts';

export interface KnOptions {
  out(text: string): void;
  err(text: string): void;
  /** The objects of the files that the line names with `-f`, parsed. */
  readonly files?: readonly unknown[];
}

/**
 * Does what a kn command line says, and answers with its exit code.
 *
 * @example await kn(knative, ['service', 'list'], { out: print, err: print }) // 0
 */
export async function kn(
  knative: Knative,
  words: readonly string[],
  { out, err, files = [] }: KnOptions,
): Promise<number> {
  try {
    const call = parseKn(words);
    const lines = await VERBS[call.command.join(' ')]?.(knative, call, files);
    if (lines) out(`${lines.join('\n')}\n`);
    return 0;
  } catch (error) {
    err(`Error: ${(error as Error).message}\n`);
    if (error instanceof KnError) err(`Run 'kn --help' for usage\n`);
    return 1;
  }
}

type Verb = (
  knative: Knative,
  call: KnCall,
  files: readonly unknown[],
) => readonly string[] | Promise<readonly string[]>;

const VERBS: Readonly<Record<string, Verb>> = {
  'service list': (knative) => serviceList(knative.services(), knative.now()),
  'service describe': describe,
  'service update': update,
  'service apply': apply,
  'service delete': remove,
  'revision list': listRevisions,
  'route list': (knative) => routeList(knative.routes()),
};

function listRevisions(knative: Knative, { names, flags }: KnCall): string[] {
  const service = flags['service']?.at(-1);
  const [name] = names;
  const revisions = knative
    .revisions()
    .filter((revision) => service === undefined || revision.service === service)
    .filter((revision) => name === undefined || revision.name === name);
  return revisionList(revisions, knative.services(), knative.now());
}

function describe(knative: Knative, call: KnCall): string[] {
  const name = nameOf(call);
  const service = knative.services().find((each) => each.name === name);
  if (!service) throw missing(name);
  const output = call.flags['output']?.at(-1);
  if (output === 'url') return [service.url];
  if (output !== undefined) throw new KnError(`unable to match a printer suitable for "${output}"`);
  const revisions = knative.revisions().filter((revision) => revision.service === name);
  return serviceDescription(service, revisions, knative.now());
}

async function update(knative: Knative, call: KnCall): Promise<string[]> {
  const name = nameOf(call);
  const { flags } = call;
  const isNew = TEMPLATE_FLAGS.some((flag) => flags[flag] !== undefined);
  const isRouted = ['traffic', 'tag', 'untag'].some((flag) => flags[flag] !== undefined);
  if (!isNew && !isRouted) {
    throw new KnError("flag(s) required\n'service update' requires at least one flag to change");
  }
  knative.edit(name, (service) => ({
    ...service,
    spec: {
      template: isNew ? templateAfter(service.spec.template, flags) : service.spec.template,
      traffic: isRouted
        ? trafficAfter(
            service.spec.traffic,
            {
              traffic: flags['traffic'] ?? [],
              tag: flags['tag'] ?? [],
              untag: flags['untag'] ?? [],
            },
            name,
          )
        : service.spec.traffic,
    },
  }));
  return outcome(knative, name, `Updating Service '${name}' in namespace 'default':`, isNew);
}

async function apply(
  knative: Knative,
  _call: KnCall,
  files: readonly unknown[],
): Promise<string[]> {
  if (files.length === 0) throw new KnError("'service apply' requires a file: -f service.yaml");
  const lines: string[] = [];
  for (const file of files) {
    const { metadata } = file as { metadata?: { name?: string } };
    const name = metadata?.name ?? '';
    const before = knative.services().find((each) => each.name === name)?.latestCreated;
    knative.apply(file);
    const after = knative.services().find((each) => each.name === name)?.latestCreated;
    const head = `Applying service '${name}' in namespace 'default':`;
    lines.push(...(await outcome(knative, name, head, before !== after)));
  }
  return lines;
}

async function remove(knative: Knative, call: KnCall): Promise<string[]> {
  const name = nameOf(call);
  await knative.remove(name);
  return [`Service '${name}' successfully deleted in namespace 'default'.`];
}

/** Waits as kn does until the Service is ready, or says why it is not. */
async function outcome(
  knative: Knative,
  name: string,
  head: string,
  isNew: boolean,
): Promise<string[]> {
  await knative.ready(name);
  const service = knative.services().find((each) => each.name === name);
  const latest = service?.latestReady ?? '';
  const what = isNew
    ? `Service '${name}' updated to latest revision '${latest}' is available at URL:`
    : `Service '${name}' with latest revision '${latest}' (unchanged) is available at URL:`;
  return [head, '', 'Ready to serve.', '', what, service?.url ?? ''];
}

function nameOf({ command, names }: KnCall): string {
  const [name, ...more] = names;
  if (name !== undefined && more.length === 0) return name;
  throw new KnError(`'${command.join(' ')}' requires the service name given as single argument`);
}

function missing(name: string): Error {
  return new Error(`services.serving.knative.dev "${name}" not found`);
}

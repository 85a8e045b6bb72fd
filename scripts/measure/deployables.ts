import { parseAllDocuments } from 'yaml';
import type { Files } from '../stages/files.ts';
import type { StageDescription } from '../stages/schema.ts';

type Described = Pick<StageDescription, 'services' | 'targets' | 'duties'>;

/** An object of a manifest, as far as it is looked at here. */
interface Manifest {
  readonly kind?: string;
  readonly apiVersion?: string;
  readonly metadata?: { readonly name?: string };
  readonly resources?: Readonly<Record<string, { readonly component?: string }>>;
}

/**
 * What goes out on its own and can be at a version of its own, as the stage's manifests say: a function for each
 * cloud, a workload of a cluster, the files of a CDN; where there is no manifest, the program.
 *
 * @example deployablesOf(third, readFiles(third.directory)) // ['fc: page', 'fc: rule']
 */
export function deployablesOf(stage: Described, files: Files): string[] {
  const { targets, services, duties } = stage;
  const documents = (path: string): Manifest[] =>
    [...files]
      .filter(([file]) => isBelow(file, path))
      .flatMap(([, text]) => parse(text.toString()));
  const found: string[] = [];
  if (duties.machine.carrier === 'platform') {
    if (targets.fc) found.push(...documents(targets.fc.manifest).flatMap(functionsOf));
    if (targets.scf) found.push(...documents(targets.scf.manifest).map(() => 'scf'));
  } else {
    const { manifests } = targets.knative ?? targets.kubernetes ?? { manifests: [] };
    found.push(...manifests.flatMap(documents).flatMap(workloadOf));
  }
  if (found.length === 0) found.push('program');
  if (services?.cdn) found.push('CDN');
  return [...new Set(found)];
}

function isBelow(file: string, path: string): boolean {
  const isLocal = `${path}/local/`;
  return file === path || (file.startsWith(`${path}/`) && !file.startsWith(isLocal));
}

function parse(text: string): Manifest[] {
  const documents = parseAllDocuments(text);
  return Array.isArray(documents)
    ? documents.map((document) => (document.toJS() ?? {}) as Manifest)
    : [];
}

function functionsOf({ resources = {} }: Manifest): string[] {
  return Object.entries(resources)
    .filter(([, { component }]) => component === 'fc3')
    .map(([name]) => `fc: ${name}`);
}

function workloadOf({ kind, apiVersion = '', metadata }: Manifest): string[] {
  const isWorkload = kind === 'Deployment' || apiVersion.startsWith('serving.knative.dev/');
  return isWorkload ? [`${kind ?? ''}: ${metadata?.name ?? ''}`] : [];
}

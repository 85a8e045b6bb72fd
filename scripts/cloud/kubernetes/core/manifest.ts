import { parseAllDocuments } from 'yaml';
import type { z } from 'zod';
import { Failure } from '../../../shared/failure.ts';
import { missingKind, noteOn, refusalOf } from './manifest-meanings.ts';
import { type Kind, SCHEMAS } from './manifest-schema.ts';
import type {
  Autoscaler,
  ConfigMap,
  Deployment,
  KubernetesObject,
  Secret,
  Service,
} from './objects.ts';

/** An object that a manifest asks for. */
export type Applied = (Deployment | Service | ConfigMap | Secret | Autoscaler) &
  Required<Pick<KubernetesObject, 'apiVersion' | 'metadata'>> & { kind: Kind };

/** A field that is accepted and does less than on a cluster. */
export interface Note {
  readonly object: string;
  readonly field: string;
  readonly means: string;
}

export interface Manifest {
  readonly objects: readonly Applied[];
  readonly notes: readonly Note[];
}

/**
 * Reads manifests. What cannot be done here is refused by field, with what that means; what is accepted
 * without an effect is noted.
 *
 * @example parseManifest(readFileSync('k8s/deployment.yaml', 'utf8'), 'k8s/deployment.yaml').objects[0]?.kind // 'Deployment'
 */
export function parseManifest(text: string, file: string): Manifest {
  const documents = parseAllDocuments(text);
  const faults: string[] = [];
  const objects: Applied[] = [];
  const notes: Note[] = [];
  for (const document of Array.isArray(documents) ? documents : []) {
    if (document.errors.length > 0) {
      faults.push(...document.errors.map(({ message }) => message));
      continue;
    }
    const value = document.toJS() as unknown;
    for (const item of itemsOf(value)) {
      const read = readObject(item);
      if ('faults' in read) faults.push(...read.faults);
      else {
        objects.push(read.object);
        notes.push(...notesOn(read.object));
      }
    }
  }
  if (faults.length > 0) {
    throw new Failure(
      'E_MANIFEST',
      `${file} asks for what the local Kubernetes cannot do. Mend it, or run it on a cluster:\n${faults.map((fault) => `  ${fault}`).join('\n')}`,
    );
  }
  return { objects, notes };
}

/** A `List` holds others; an empty document nothing. */
function itemsOf(value: unknown): unknown[] {
  if (value === null || value === undefined) return [];
  const { kind, items } = value as { kind?: unknown; items?: unknown };
  return kind === 'List' && Array.isArray(items) ? items : [value];
}

function readObject(value: unknown): { object: Applied } | { faults: string[] } {
  const { kind, metadata } = (value ?? {}) as KubernetesObject;
  const title = `${kind ?? 'object'}/${metadata?.name ?? '?'}`;
  if (typeof kind !== 'string' || !Object.hasOwn(SCHEMAS, kind)) {
    const means = missingKind(kind ?? '');
    const known = Object.keys(SCHEMAS).join(', ');
    return {
      faults: [
        means === undefined
          ? `${title}: kind: expected one of ${known}, found ${JSON.stringify(kind)}`
          : `${title}: kind: there is no ${kind ?? 'such kind'} here: ${means}`,
      ],
    };
  }
  const parsed = SCHEMAS[kind as Kind].safeParse(value, { reportInput: true });
  if (!parsed.success)
    return { faults: parsed.error.issues.flatMap((issue) => explain(title, issue)) };
  return { object: withDefaults(parsed.data as unknown as Applied) };
}

/** What the API server adds, as far as an engine relies on it. */
function withDefaults(object: Applied): Applied {
  if (object.kind === 'Service') {
    const { spec } = object as Service;
    for (const port of spec?.ports ?? []) {
      port.protocol ??= 'TCP';
      port.targetPort ??= port.port;
    }
  }
  if (object.kind === 'Secret') {
    const { stringData, ...secret } = object as Secret & { stringData?: Record<string, string> };
    const encoded = Object.entries(stringData ?? {}).map(
      ([key, value]) => [key, base64(value)] as const,
    );
    return {
      ...secret,
      type: secret.type ?? 'Opaque',
      data: { ...secret.data, ...Object.fromEntries<string>(encoded) },
    } as Applied;
  }
  return object;
}

function explain(title: string, issue: z.core.$ZodIssue): string[] {
  const path = issue.path.join('.');
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => {
      const field = path ? `${path}.${key}` : key;
      const means = refusalOf(field);
      return means === undefined
        ? `${title}: ${field}: no such field is known here`
        : `${title}: ${field}: ${means}`;
    });
  }
  const means = refusalOf(path);
  const found =
    issue.input === undefined || typeof issue.input === 'object'
      ? ''
      : `, found ${JSON.stringify(issue.input)}`;
  return [`${title}: ${path || 'the object'}: ${means ?? issue.message}${found}`];
}

function notesOn(object: Applied): Note[] {
  const found: Note[] = [];
  const title = `${object.kind}/${object.metadata.name}`;
  const visit = (value: unknown, path: string): void => {
    if (typeof value !== 'object' || value === null) return;
    for (const [key, inner] of Object.entries(value)) {
      const field = path ? `${path}.${key}` : key;
      const means = noteOn(field);
      if (means === undefined) visit(inner, field);
      else found.push({ object: title, field, means });
    }
  };
  visit(object, '');
  return found;
}

/** UTF-8 as base64, without Node's Buffer. */
function base64(text: string): string {
  return btoa(String.fromCodePoint(...new TextEncoder().encode(text)));
}

// With a parser of YAML and the rules of Kubernetes: a tab loads it when a reader has changed a manifest.
import { parseAllDocuments } from 'yaml';
import { isKnative } from '../../cloud/knative/core/resources.ts';
import { parseManifest } from '../../cloud/kubernetes/core/manifest.ts';
import { Failure } from '../../shared/failure.ts';
import type { KnativeService, ManifestPayload } from '../payload.ts';

/**
 * Reads a manifest: what is Kubernetes' own, and what is Knative's.
 *
 * @example readManifest('knative/rule.yaml', text).services[0].metadata.name // 'rule'
 */
export function readManifest(file: string, text: string): ManifestPayload {
  const services: KnativeService[] = [];
  const objects: ManifestPayload['objects'][number][] = [];
  const documents = parseAllDocuments(text);
  for (const document of Array.isArray(documents) ? documents : []) {
    const [fault] = document.errors;
    if (fault) throw new Failure('E_MANIFEST', `${file}: ${fault.message}`);
    const object = document.toJS() as unknown;
    if (isKnative(object)) services.push(object as KnativeService);
    else if (object) objects.push(...parseManifest(String(document), file).objects);
  }
  return { file, objects, services };
}

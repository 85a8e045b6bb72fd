// Apart from the other formats: its package is half as large as all of kubectl, and a tab loads it when it is asked for.
import { stringify } from 'yaml';
import type { KubernetesObject } from '../objects.ts';
import { sorted, wrapped } from './document.ts';

/**
 * Objects as `-o yaml` prints them: as JSON, in YAML's words.
 *
 * @example toYaml([pod], true).startsWith('apiVersion: v1\n') // true
 */
export function toYaml(objects: readonly KubernetesObject[], single: boolean): string {
  return stringify(sorted(wrapped(objects, single)), {
    lineWidth: 0,
    indentSeq: false,
    aliasDuplicateObjects: false,
    // Quotes what an older reader of YAML would take for a time or a yes.
    schema: 'yaml-1.1',
  });
}

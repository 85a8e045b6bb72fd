import type { KubernetesObject } from '../objects.ts';

/**
 * Objects as `-o json` prints them: keys in the order of the alphabet, several of them as a List.
 *
 * @example toJson([pod], true).startsWith('{\n    "apiVersion": "v1"') // true
 */
export function toJson(objects: readonly KubernetesObject[], single: boolean): string {
  return `${JSON.stringify(sorted(wrapped(objects, single)), null, 4)}\n`;
}

/** One object as it is, several as a List. */
export function wrapped(objects: readonly KubernetesObject[], single: boolean): unknown {
  const [first] = objects;
  if (single && objects.length === 1) return first;
  return { apiVersion: 'v1', items: objects, kind: 'List', metadata: { resourceVersion: '' } };
}

/** Keys in the order of the alphabet, times to the second. */
export function sorted(value: unknown): unknown {
  if (value instanceof Date) return toSecond(value.toISOString());
  if (typeof value === 'string') return toSecond(value);
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, inner]) => inner !== undefined)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, inner]) => [key, sorted(inner)]),
  );
}

/** The API writes times to the second. */
function toSecond(text: string): string {
  return text.replace(/^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)\.\d{3}Z$/, '$1Z');
}

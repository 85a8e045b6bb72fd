import type { Applied } from '../../cloud/kubernetes/core/manifest.ts';
import type { Secret } from '../../cloud/kubernetes/core/objects.ts';
import { fillPlaceholders } from '../payload.ts';

type Variables = Readonly<Record<string, string>>;

/**
 * Puts variables in the place of their names in an object that was read when the site was built; a Secret's
 * texts are base64 by then.
 *
 * @example fillIn(object, { TABLESTORE_ENDPOINT: 'http://tablestore.lab' })
 */
export function fillIn(object: Applied, variables: Variables): Applied {
  if (object.kind !== 'Secret')
    return fillTexts(object, (text) => fillPlaceholders(text, variables));
  const secret = object as Applied & Secret;
  return { ...secret, data: fillTexts(secret.data ?? {}, (text) => fillBase64(text, variables)) };
}

/**
 * The same for what is no Secret.
 *
 * @example fillTexts({ value: 'lab:NAMESPACE' }, (text) => fillPlaceholders(text, { NAMESPACE: 'default' }))
 */
export function fillTexts<Value>(value: Value, fill: (text: string) => string): Value {
  if (typeof value === 'string') return fill(value) as Value;
  if (Array.isArray(value)) return value.map((each) => fillTexts(each as unknown, fill)) as Value;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [key, fillTexts(inner as unknown, fill)]),
  ) as Value;
}

function fillBase64(encoded: string, variables: Variables): string {
  const bytes = Uint8Array.from(atob(encoded), (character) => character.codePointAt(0) ?? 0);
  const filled = fillPlaceholders(new TextDecoder().decode(bytes), variables);
  return btoa(String.fromCodePoint(...new TextEncoder().encode(filled)));
}

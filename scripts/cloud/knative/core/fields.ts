import { type FieldError, fieldError } from './field-error.ts';

/** An object of a manifest whose fields are yet to be checked. */
export type Fields = Readonly<Record<string, unknown>>;

/**
 * Whether a value is an object with fields.
 *
 * @example isFields({ a: 1 }) // true
 */
export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * The value as an object, an empty one for anything else.
 *
 * @example fieldsOf(undefined) // {}
 */
export function fieldsOf(value: unknown): Fields {
  return isFields(value) ? value : {};
}

/**
 * Refuses fields that are not known, in the words of an API server that is strict about fields, and those that
 * Kubernetes has and Knative does not take.
 *
 * @example checkFields({ hostNetwork: true }, ['containers'], ['hostNetwork'])[0]?.message // 'must not set the field(s)'
 */
export function checkFields(
  fields: Fields,
  known: readonly string[],
  refused: readonly string[] = [],
): FieldError[] {
  return Object.keys(fields).flatMap((name) => {
    if (known.includes(name)) return [];
    return refused.includes(name)
      ? [fieldError.disallowed(name)]
      : [fieldError.generic('unknown field', name)];
  });
}

/**
 * Refuses a value that is not a map from texts to texts: YAML makes numbers and booleans of bare words.
 *
 * @example checkTexts({ 'min-scale': 1 }).length // 1
 */
export function checkTexts(value: unknown): FieldError[] {
  if (value === undefined) return [];
  if (!isFields(value)) return [fieldError.invalid(JSON.stringify(value), '')];
  return Object.entries(value).flatMap(([key, text]) =>
    typeof text === 'string'
      ? []
      : [fieldError.invalid(JSON.stringify(text), key, 'expected a string: put it in quotes')],
  );
}

/**
 * The texts of a map; what is none is left out.
 *
 * @example textsOf({ a: 'b', c: 1 }) // { a: 'b' }
 */
export function textsOf(value: unknown): Record<string, string> {
  return Object.fromEntries(
    Object.entries(fieldsOf(value)).filter(
      (entry): entry is [string, string] => typeof entry[1] === 'string',
    ),
  );
}

/**
 * A value as it is shown in an error: a text as it is, the rest as JSON, nothing as nothing.
 *
 * @example textOf(8080) // '8080'
 */
export function textOf(value: unknown): string {
  if (value === undefined || value === null) return '';
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** https://github.com/kubernetes/apimachinery/blob/master/pkg/util/validation/validation.go */
const DNS_1035 =
  "a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an alphabetic character, and end with an alphanumeric character (e.g. 'my-name',  or 'abc-123', regex used for validation is '[a-z]([-a-z0-9]*[a-z0-9])?')";

/**
 * What is wrong with a name that becomes a part of a host name; nothing: undefined.
 *
 * @example labelFault('Rule')?.startsWith('not a DNS 1035 label') // true
 */
export function labelFault(name: string): string | undefined {
  const faults = [
    ...(name.length > 63 ? ['must be no more than 63 characters'] : []),
    ...(/^[a-z]([-a-z0-9]*[a-z0-9])?$/.test(name) ? [] : [DNS_1035]),
  ];
  return faults.length > 0 ? `not a DNS 1035 label: [${faults.join(' ')}]` : undefined;
}

/** A fault of a manifest as Knative's webhooks tell it. */
export interface FieldError {
  readonly message: string;
  readonly paths: readonly string[];
  readonly details?: string;
}

type Errors = readonly FieldError[];

/** In Knative's own words: https://github.com/knative/pkg/blob/main/apis/field_error.go */
export const fieldError = {
  missing: (...paths: string[]): FieldError => ({ message: 'missing field(s)', paths }),
  disallowed: (...paths: string[]): FieldError => ({ message: 'must not set the field(s)', paths }),
  invalid: (value: unknown, path: string, details?: string): FieldError => ({
    message: `invalid value: ${String(value)}`,
    paths: [path],
    ...(details !== undefined && { details }),
  }),
  outOfBounds: (value: unknown, least: unknown, most: unknown, path: string): FieldError => ({
    message: `expected ${String(least)} <= ${String(value)} <= ${String(most)}`,
    paths: [path],
  }),
  keyName: (name: string, path: string, details?: string): FieldError => ({
    message: `invalid key name "${name}"`,
    paths: [path],
    ...(details !== undefined && { details }),
  }),
  oneOf: (...paths: string[]): FieldError => ({
    message: 'expected exactly one, got neither',
    paths,
  }),
  multipleOneOf: (...paths: string[]): FieldError => ({
    message: 'expected exactly one, got both',
    paths,
  }),
  generic: (message: string, ...paths: string[]): FieldError => ({ message, paths }),
} as const;

/**
 * The same errors one level further out.
 *
 * @example via('spec', [fieldError.missing('template')])[0]?.paths // ['spec.template']
 */
export function via(prefix: string | number, errors: Errors): FieldError[] {
  const outer = typeof prefix === 'number' ? `[${prefix}]` : prefix;
  return errors.map((error) => ({ ...error, paths: error.paths.map((path) => join(outer, path)) }));
}

function join(outer: string, inner: string): string {
  if (inner === '') return outer;
  return inner.startsWith('[') ? `${outer}${inner}` : `${outer}.${inner}`;
}

/**
 * What the API server answers: faults with the same message are told together, all in the order of their text.
 *
 * @example printErrors([fieldError.missing('spec.template')]) // 'missing field(s): spec.template'
 */
export function printErrors(errors: Errors): string {
  const merged = new Map<string, { error: FieldError; paths: Set<string> }>();
  for (const error of errors) {
    const key = JSON.stringify([error.message, error.details]);
    const known = merged.get(key) ?? { error, paths: new Set<string>() };
    for (const path of error.paths) known.paths.add(path);
    merged.set(key, known);
  }
  return [...merged.values()]
    .map(({ error, paths }) => {
      const line = `${error.message}: ${[...paths].toSorted().join(', ')}`;
      return error.details === undefined ? line : `${line}\n${error.details}`;
    })
    .toSorted()
    .join('\n');
}

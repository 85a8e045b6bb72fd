import type { FilledIn } from './manifest-file.ts';

/** `${vars.region}`, `${env:REGION}`: what stands between the braces is the cloud's affair. */
const EXPRESSION = /\$\{([^}]*)\}/g;

/**
 * Fills in the expressions of a manifest.
 *
 * @example fillIn({ at: '${place}' }, () => 'here').manifest // { at: 'here' }
 */
export function fillIn(source: unknown, valueOf: (expression: string) => unknown): FilledIn {
  const faults: string[] = [];

  const fillText = (text: string, path: string): unknown => {
    const matches = [...text.matchAll(EXPRESSION)];
    const values = matches.map(([, expression = '']) => valueOf(expression.trim()));
    matches.forEach(([whole], index) => {
      if (values[index] === undefined) faults.push(`${path}: ${whole} has no value`);
    });
    // An expression on its own keeps its type: `timeout: ${vars.timeout}` is a number.
    if (matches.length === 1 && matches[0]?.[0] === text) return values[0];
    return text.replaceAll(EXPRESSION, () => String(values.shift()));
  };

  const fill = (value: unknown, path: string): unknown => {
    if (typeof value === 'string') return fillText(value, path);
    if (typeof value !== 'object' || value === null) return value;
    if (Array.isArray(value)) return value.map((entry, index) => fill(entry, `${path}.${index}`));
    return Object.fromEntries(
      Object.entries(value).map(([key, entry]) => [
        key,
        fill(entry, path ? `${path}.${key}` : key),
      ]),
    );
  };

  return { manifest: fill(source, ''), faults };
}

/**
 * The value at a path of keys, or undefined.
 *
 * @example lookUp({ vars: { region: 'cn-hangzhou' } }, ['vars', 'region']) // 'cn-hangzhou'
 */
export function lookUp(value: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (inner, key) =>
      typeof inner === 'object' && inner !== null && Object.hasOwn(inner, key)
        ? (inner as Record<string, unknown>)[key]
        : undefined,
    value,
  );
}

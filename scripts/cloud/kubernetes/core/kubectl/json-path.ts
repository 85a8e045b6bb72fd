import { KubectlError } from './arguments.ts';

/**
 * What `-o jsonpath=TEMPLATE` prints: paths in braces, with `[0]` and `[*]`; the rest of the template as it is.
 *
 * @example jsonPath({ items: [{ name: 'a' }, { name: 'b' }] }, '{.items[*].name}') // 'a b'
 */
export function jsonPath(value: unknown, template: string): string {
  return template.replaceAll(/\{([^}]*)\}/g, (_, expression: string) => {
    const quoted = /^"(.*)"$/.exec(expression);
    if (quoted) return (quoted[1] ?? '').replaceAll('\\n', '\n').replaceAll('\\t', '\t');
    return valuesAt(value, expression).map(textOf).join(' ');
  });
}

function valuesAt(value: unknown, expression: string): unknown[] {
  const path = expression.replace(/^\$/, '');
  if (!/^(\.[\w-]+|\[(\d+|\*)\])*$/.test(path)) {
    throw new KubectlError(
      `error parsing jsonpath ${expression}: only names, [0] and [*] are known here`,
    );
  }
  let found: unknown[] = [value];
  for (const [, name, index] of path.matchAll(/\.([\w-]+)|\[(\d+|\*)\]/g)) {
    found = found.flatMap((each) => {
      if (typeof each !== 'object' || each === null) return [];
      if (index === '*') return Object.values(each) as unknown[];
      const inner = (each as Record<string, unknown>)[name ?? index ?? ''];
      return inner === undefined ? [] : [inner];
    });
  }
  return found;
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

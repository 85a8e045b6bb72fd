/** `${vars.region}`, `${resources.web.props.functionName}`, `${env('NAME', 'default')}` */
const EXPRESSION = /\$\{([^}]*)\}/g;
const ENVIRONMENT = /^env\(\s*['"]?(\w+)['"]?\s*(?:,\s*['"]?(.*?)['"]?\s*)?\)$/;

/** The manifest with its expressions filled in, and the faults of those that have no value. */
export interface FilledIn {
  readonly manifest: unknown;
  readonly faults: readonly string[];
}

/**
 * Fills in the expressions of a Serverless Devs manifest.
 *
 * @example fillIn({ vars: { region: 'cn-hangzhou' }, at: '${vars.region}' }, {}).manifest // { ..., at: 'cn-hangzhou' }
 */
export function fillIn(
  source: unknown,
  environment: Readonly<Record<string, string | undefined>>,
): FilledIn {
  const faults: string[] = [];

  const valueOf = (expression: string): unknown => {
    const call = ENVIRONMENT.exec(expression);
    if (call) return environment[call[1] ?? ''] ?? call[2];
    const path = expression.split('.');
    return path[0] === 'vars' || path[0] === 'resources' ? lookUp(source, path) : undefined;
  };

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

function lookUp(value: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (inner, key) =>
      typeof inner === 'object' && inner !== null && Object.hasOwn(inner, key)
        ? (inner as Record<string, unknown>)[key]
        : undefined,
    value,
  );
}

import { AUTOSCALING } from '../annotations.ts';
import type { RevisionTemplate } from '../resources.ts';
import { type KnCall, KnError } from './arguments.ts';

/** Flags of `kn service update` that make another template, and so a revision. */
export const TEMPLATE_FLAGS = [
  'image',
  'env',
  'scale',
  'scale-min',
  'scale-max',
  'concurrency-limit',
  'revision-name',
] as const;

/**
 * The template that `kn service update` makes of the one before. A name of its own is dropped, since it stands
 * for one template only.
 *
 * @example templateAfter(template, { 'scale-min': ['1'] })
 */
export function templateAfter(
  template: RevisionTemplate,
  flags: KnCall['flags'],
): RevisionTemplate {
  const last = (name: string): string | undefined => flags[name]?.at(-1);
  const [container] = template.spec.containers;
  const annotations: Record<string, string> = { ...template.metadata.annotations };
  const [least, most] = boundsOf(last('scale'));
  for (const [name, value] of [
    ['min-scale', last('scale-min') ?? least],
    ['max-scale', last('scale-max') ?? most],
  ] as const) {
    if (value !== undefined) annotations[`${AUTOSCALING}/${name}`] = value;
  }
  const variables = (flags['env'] ?? []).map(variableOf);
  const removed = new Set(variables.map(({ name }) => name));
  const limit = last('concurrency-limit');
  const name = last('revision-name');
  const { name: _, ...metadata } = template.metadata;
  return {
    metadata: { ...metadata, ...(name !== undefined && { name }), annotations },
    spec: {
      ...template.spec,
      ...(limit !== undefined && { containerConcurrency: Number(limit) }),
      containers: [
        {
          ...container,
          image: last('image') ?? container.image,
          env: [
            ...container.env.filter((variable) => !removed.has(variable.name)),
            ...variables.filter((variable) => 'value' in variable),
          ],
        },
      ],
    },
  };
}

/** `1..5`, `1..`, `..5` or `3` for both. */
function boundsOf(text: string | undefined): [string | undefined, string | undefined] {
  if (text === undefined) return [undefined, undefined];
  const match = /^(\d+)?(?:(\.\.)(\d+)?)?$/.exec(text);
  if (!match || text === '' || text === '..') {
    throw new KnError(`Scale must be of the format x..y or x, found ${text}`);
  }
  return match[2] === undefined ? [match[1], match[1]] : [match[1], match[3]];
}

/** `NAME=value` sets, `NAME-` takes away. */
function variableOf(text: string): { name: string; value?: string } {
  const equals = text.indexOf('=');
  if (equals > 0) return { name: text.slice(0, equals), value: text.slice(equals + 1) };
  if (/^[^=]+-$/.test(text)) return { name: text.slice(0, -1) };
  throw new KnError(
    `Invalid --env: argument requires a value that contains the "=" character; got "${text}"`,
  );
}

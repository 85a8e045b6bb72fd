import type { RevisionTemplate } from './resources.ts';
import { type FieldError } from './field-error.ts';

/**
 * The name of a Configuration's revision, unless its template brings its own.
 *
 * @example revisionName('rule', 3) // 'rule-00003'
 */
export function revisionName(configuration: string, generation: number): string {
  return `${configuration}-${String(generation).padStart(5, '0')}`;
}

/** A Configuration as far as it matters for its next revision. */
export interface ConfigurationState {
  readonly name: string;
  /** Counts changes of the template. */
  readonly generation: number;
  readonly template: RevisionTemplate;
}

/**
 * The Configuration after its Service was applied: another template is the next generation and makes a revision,
 * the same one makes none. An own name stays for one template only, since a revision cannot be changed.
 *
 * @example nextConfiguration({ name: 'rule', generation: 1, template }, template) // the same: no new revision
 */
export function nextConfiguration(
  current: ConfigurationState,
  template: RevisionTemplate,
): ConfigurationState | { errors: FieldError[] } {
  const changes = differences(current.template, template);
  if (changes.length === 0) return current;
  const { name } = template.metadata;
  if (name !== undefined && name === current.template.metadata.name) {
    return {
      errors: [
        {
          message: 'Saw the following changes without a name change (-old +new)',
          paths: ['spec.template.metadata.name'],
          details: changes.join('\n'),
        },
      ],
    };
  }
  return { ...current, generation: current.generation + 1, template };
}

/**
 * The name of the revision that a Configuration's template is.
 *
 * @example latestName({ name: 'rule', generation: 2, template }) // 'rule-00002'
 */
export function latestName({ name, generation, template }: ConfigurationState): string {
  return template.metadata.name ?? revisionName(name, generation);
}

/**
 * Refuses any change of a revision.
 *
 * @example checkImmutable(revision.spec, { ...revision.spec, timeoutSeconds: 5 })[0]?.message // 'Immutable fields changed (-old +new)'
 */
export function checkImmutable(before: unknown, after: unknown): FieldError[] {
  const changes = differences(before, after);
  if (changes.length === 0) return [];
  return [
    {
      message: 'Immutable fields changed (-old +new)',
      paths: ['spec'],
      details: changes.join('\n'),
    },
  ];
}

/** Where two values differ, as Knative's webhook prints it. */
function differences(before: unknown, after: unknown, path = ''): string[] {
  if (Object.is(before, after)) return [];
  const areObjects =
    typeof before === 'object' && typeof after === 'object' && before !== null && after !== null;
  if (!areObjects) {
    return [`{${path}}:\n\t-: ${print(before)}\n\t+: ${print(after)}`];
  }
  const [old, now] = [before, after] as [Record<string, unknown>, Record<string, unknown>];
  const names = new Set([...Object.keys(old), ...Object.keys(now)]);
  return [...names].toSorted().flatMap((name) => {
    const inner = Array.isArray(before) ? `${path}[${name}]` : path ? `${path}.${name}` : name;
    return differences(old[name], now[name], inner);
  });
}

function print(value: unknown): string {
  return value === undefined ? '<none>' : JSON.stringify(value);
}

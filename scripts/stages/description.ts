import type { z } from 'zod';
import { Failure } from '../shared/failure.ts';
import { stageSchema } from './schema.ts';
import type { StageDescription } from './schema.ts';

type Issue = z.core.$ZodIssue;

/**
 * Reads the text of a stage.json, or says in one line which field is wrong, what belongs there and what was found.
 *
 * @example parseDescription(readFileSync(file, 'utf8'), 'stages/02-file-db/stage.json').number // 2
 */
export function parseDescription(text: string, file: string): StageDescription {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw invalid(file, `expected JSON, ${(error as Error).message}`, { cause: error });
  }
  const result = stageSchema.safeParse(value);
  if (result.success) return result.data;
  const [first, ...more] = result.error.issues;
  if (!first) throw invalid(file, result.error.message);
  const rest = more.length ? ` (and ${more.length} more)` : '';
  throw invalid(file, describeIssue(first, value) + rest);
}

/** The failure of a stage.json that breaks a rule. */
export function invalid(file: string, what: string, options?: ErrorOptions): Failure {
  return new Failure(
    'E_STAGE_INVALID',
    `${file}: ${what}. Correct it; the rules are in scripts/stages/schema.ts.`,
    undefined,
    options,
  );
}

function describeIssue(issue: Issue, root: unknown): string {
  if (issue.code === 'unrecognized_keys') {
    const keys = issue.keys.map((key) => `"${key}"`).join(', ');
    return `${place(issue.path)}: ${keys} is not a field here`;
  }
  if (issue.code === 'invalid_union' && issue.errors.length > 0) {
    const nested = issue.errors.flat()[0];
    if (nested) return describeIssue({ ...nested, path: [...issue.path, ...nested.path] }, root);
  }
  return `${place(issue.path)}: expected ${expectation(issue)}, found ${shown(lookUp(root, issue.path))}`;
}

function expectation(issue: Issue): string {
  if (issue.code === 'invalid_type') return issue.expected;
  if (issue.code === 'invalid_value') {
    return `one of ${issue.values.map((value) => JSON.stringify(value)).join(', ')}`;
  }
  if (issue.code === 'invalid_union' && issue.discriminator) {
    return `a known "${issue.discriminator}"`;
  }
  return issue.message;
}

/** `changes[0].base`; the whole file is "the description". */
function place(path: readonly PropertyKey[]): string {
  const joined = path
    .map((part) => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`))
    .join('')
    .replace(/^\./, '');
  return joined || 'the description';
}

function lookUp(root: unknown, path: readonly PropertyKey[]): unknown {
  let value = root;
  for (const part of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, part))
      return undefined;
    value = (value as Record<PropertyKey, unknown>)[part];
  }
  return value;
}

function shown(value: unknown): string {
  if (value === undefined) return 'nothing';
  const text = JSON.stringify(value);
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}

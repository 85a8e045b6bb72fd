import { parseDocument } from 'yaml';
import { z } from 'zod';
import { Failure } from '../../../shared/failure.ts';

/** Text and variables with which the manifest of any cloud is read. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** A manifest with its expressions filled in, and the faults of those that have no value. */
export interface FilledIn {
  readonly manifest: unknown;
  readonly faults: readonly string[];
}

/** A field that a cloud reads and that makes no difference on one machine. */
export const ignored = z.unknown().optional();

/** The file of a module and the name that it exports. */
export const handler = z
  .string()
  .regex(/^[\w./-]+\.[\w$]+$/, 'a file and the name that it exports: "index-faas.handler"');

/**
 * A whole number within a cloud's limits.
 *
 * @example between({ least: 1, most: 900 })
 */
export function between({ least, most }: { least: number; most: number }): z.ZodInt {
  return z.int().min(least).max(most);
}

/** What is read, whose it is and by which rules. */
export interface ManifestFile<Schema extends z.ZodType> {
  readonly text: string;
  /** Its name, for messages. */
  readonly file: string;
  /** The cloud as messages call it: `Function Compute`. */
  readonly cloud: string;
  readonly schema: Schema;
  fillIn(source: unknown): FilledIn;
}

/**
 * Reads a manifest strictly: a field that the schema does not know is a fault. Every fault is told with the
 * path of its field.
 *
 * @example readManifest({ text, file: 's.yaml', cloud: 'Function Compute', schema, fillIn }).resources
 */
export function readManifest<Schema extends z.ZodType>(
  manifest: ManifestFile<Schema>,
): z.infer<Schema> {
  const { text, file, cloud, schema } = manifest;
  const document = parseDocument(text);
  if (document.errors.length > 0) {
    const messages = document.errors.map(({ message }) => message);
    throw invalidManifest(file, cloud, messages);
  }
  const filled = manifest.fillIn(document.toJS());
  if (filled.faults.length > 0) throw invalidManifest(file, cloud, filled.faults);
  const parsed = schema.safeParse(filled.manifest, { reportInput: true });
  if (!parsed.success) throw invalidManifest(file, cloud, parsed.error.issues.map(explain));
  return parsed.data;
}

/**
 * The failure of a manifest that a local cloud cannot run.
 *
 * @example throw invalidManifest('s.yaml', 'Function Compute', ['resources.web.props.timeout: ...']);
 */
export function invalidManifest(file: string, cloud: string, faults: readonly string[]): Failure {
  return new Failure(
    'E_MANIFEST',
    `${file} is not a manifest that the local ${cloud} can run. Mend it:\n${faults.map((fault) => `  ${fault}`).join('\n')}`,
  );
}

function explain(issue: z.core.$ZodIssue): string {
  const path = issue.path.join('.') || 'the file';
  const found =
    issue.input === undefined || typeof issue.input === 'object'
      ? ''
      : `, found ${JSON.stringify(issue.input)}`;
  return `${path}: ${issue.message}${found}`;
}

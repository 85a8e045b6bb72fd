import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { repositoryRoot } from '../stages/root.ts';
import { TARGETS } from '../stages/schema.ts';

const held = z.strictObject({ instances: z.int(), memoryBytes: z.int() });

/** What `npm run measure` has seen of one stage, when, and on what. */
const measured = z.strictObject({
  /** `2026-11-26` */
  date: z.iso.date(),
  machine: z.string(),
  /** Processes that wanted a core in the last minute: more than there are, and times are too long. Not noted at first. */
  load: z.number().optional(),
  target: z.enum(TARGETS),
  size: z.strictObject({
    form: z.enum(['folder', 'package', 'image']),
    bytes: z.int().nullable(),
  }),
  startMs: z.number(),
  firstAnswerMs: z.number(),
  nextAnswerMs: z.number(),
  busy: held,
  idle: held,
});
export type Measured = z.infer<typeof measured>;

const measures = z.record(z.string(), measured);
export type Measures = Readonly<z.infer<typeof measures>>;

/** Written by `npm run measure` and by nobody else. */
export const MEASURES_FILE = join(repositoryRoot(), 'scripts/measure/measures.json');

/**
 * What was measured last, by the id of the stage.
 *
 * @example readMeasures()['03-table-store']?.idle.instances // 0
 */
export function readMeasures(file = MEASURES_FILE): Measures {
  return measures.parse(JSON.parse(readFileSync(file, 'utf8')));
}

/** @example formatMeasures(all) // '{\n  "01-all-in-one": ...' */
export function formatMeasures(all: Measures): string {
  const inOrder = Object.entries(all).toSorted(([a], [b]) => a.localeCompare(b));
  return `${JSON.stringify(Object.fromEntries(inOrder), undefined, 2)}\n`;
}

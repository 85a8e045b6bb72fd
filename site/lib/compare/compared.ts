import { DUTIES } from '../../../scripts/stages/schema.ts';
import type { Carrier, Duty } from '../../../scripts/stages/schema.ts';
import { diffStages } from '../../../scripts/stages/diff.ts';
import type { FileDiff } from '../../../scripts/stages/diff.ts';
import { allFigures } from '../measures/figures.ts';
import type { Figures } from '../measures/figures.ts';
import { ROWS } from '../measures/rows.ts';
import type { Row } from '../measures/rows.ts';
import type { Pair } from './pairs.ts';

/** A duty at both stages. */
export interface DutyPair {
  readonly duty: Duty;
  readonly from: Carrier;
  readonly to: Carrier;
}

/** A figure at both stages; one of them may have none. */
export interface FigurePair {
  readonly row: Row;
  readonly from: number | null | undefined;
  readonly to: number | null | undefined;
}

// Both languages show the same pair, and each stage is in seven of them.
const files = new Map<string, readonly FileDiff[]>();
let figures: ReadonlyMap<string, Figures> | undefined;

/**
 * The files that differ between two stages, without their lines.
 *
 * @example comparedFiles({ from: first, to: fifth })[0]?.path
 */
export function comparedFiles({ from, to }: Pair): readonly FileDiff[] {
  const key = `${from.id} ${to.id}`;
  const known = files.get(key) ?? diffStages(from, to, { context: 0 });
  files.set(key, known);
  return known;
}

/**
 * Who carries each duty at either stage.
 *
 * @example comparedDuties({ from: first, to: third }).filter(({ from, to }) => from !== to).length // 7
 */
export function comparedDuties({ from, to }: Pair): DutyPair[] {
  return DUTIES.map((duty) => ({
    duty,
    from: from.duties[duty].carrier,
    to: to.duties[duty].carrier,
  }));
}

/**
 * What was counted and measured of either stage, as far as it was. "Files kept" tells of a stage and its
 * parent, so it is only there for those two.
 *
 * @example comparedFigures({ from: first, to: third }).map(({ row }) => row.id)
 */
export function comparedFigures({ from, to }: Pair): FigurePair[] {
  figures ??= new Map(allFigures().map((each) => [each.stage.id, each]));
  const [before, after] = [figures.get(from.id), figures.get(to.id)];
  if (!before || !after) return [];
  return ROWS.filter(({ id }) => id !== 'kept' || to.from === from.id)
    .map((row) => ({
      row,
      from: row.id === 'kept' ? undefined : row.value(before),
      to: row.value(after),
    }))
    .filter(({ from: a, to: b }) => typeof a === 'number' || typeof b === 'number');
}

import { DUTIES } from '../../scripts/stages/schema.ts';
import type { Carrier, Duty, StageDescription } from '../../scripts/stages/schema.ts';
import type { Text } from './languages.ts';

type Duties = StageDescription['duties'];

/** One line of a stage's ledger. */
export interface LedgerLine {
  readonly duty: Duty;
  readonly carrier: Carrier;
  readonly how: Text;
  /** Who carried it at the stage before, when that was somebody else. */
  readonly was?: Carrier;
}

/**
 * A stage's ledger in the order of the duties, each line with who carried it before if that changed.
 *
 * @example ledgerOf(second.duties, first.duties).filter(({ was }) => was).length // 1
 */
export function ledgerOf(duties: Duties, before?: Duties): LedgerLine[] {
  return DUTIES.map((duty) => {
    const line = { duty, ...duties[duty] };
    const was = before?.[duty].carrier;
    return was && was !== line.carrier ? { ...line, was } : line;
  });
}

/**
 * How many duties people carry: the developer or operations, not the platform.
 *
 * @example peopleCarry(first.duties) // 11
 */
export function peopleCarry(duties: Duties): number {
  return DUTIES.filter((duty) => duties[duty].carrier !== 'platform').length;
}

import type { StageDescription, Target } from '../stages/schema.ts';

/** Where a stage can be at home, the farthest along the road first. */
const ON_A_PLATFORM = ['fc', 'scf'] as const;
const ON_MACHINES = ['knative', 'kubernetes', 'process'] as const;

/**
 * The target that a stage's ledger speaks of and that every machine can measure: functions where nobody has a
 * machine to look after, otherwise whatever the stage came to. A container is measured as the process in it.
 *
 * @example homeOf(third) // 'fc'
 */
export function homeOf({
  id,
  duties,
  targets,
}: Pick<StageDescription, 'id' | 'duties' | 'targets'>): Target {
  const candidates = duties.machine.carrier === 'platform' ? ON_A_PLATFORM : ON_MACHINES;
  const home = candidates.find((target) => Object.hasOwn(targets, target));
  if (home) return home;
  throw new Error(`${id}: its ledger speaks of one of ${candidates.join(', ')}, and it has none`);
}

import type { Stage } from '../stages/catalogue.ts';
import type { Target } from '../stages/schema.ts';
import type { AnyCommand } from './command.ts';
import { misused } from './line.ts';

/**
 * The target that a reader named, if the stage runs there.
 *
 * @example chooseTarget(stage, 'cluster', command) // 'cluster'
 */
export function chooseTarget(stage: Stage, wanted: string, command: AnyCommand): Target {
  const targets = Object.keys(stage.targets) as Target[];
  const target = targets.find((each) => each === wanted);
  if (target) return target;
  throw misused(
    `Stage ${stage.number} does not run on "${wanted}". Its targets: ${targets.join(', ')}.`,
    command,
  );
}

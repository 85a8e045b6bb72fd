import { countFiles, countKept } from '../../../scripts/measure/count.ts';
import { deployablesOf } from '../../../scripts/measure/deployables.ts';
import { type Measured, readMeasures } from '../../../scripts/measure/store.ts';
import { parentOf, readStages, type Stage } from '../../../scripts/stages/catalogue.ts';
import { readFiles } from '../../../scripts/stages/files.ts';
import { peopleCarry } from '../ledger.ts';

/** All that is known of one stage: counted in its files as they are now, and measured when it ran last. */
export interface Figures {
  readonly stage: Stage;
  readonly counted: ReturnType<typeof countFiles>;
  readonly kept: ReturnType<typeof countKept> | undefined;
  readonly deployables: readonly string[];
  readonly people: number;
  /** Undefined until `npm run measure` has seen the stage. */
  readonly measured: Measured | undefined;
}

/**
 * The figures of every stage there is, in order.
 *
 * @example allFigures().map(({ people }) => people) // [11, 11, 4, 3, 10, 8, 5, 3]
 */
export function allFigures(): Figures[] {
  const stages = readStages();
  const measures = readMeasures();
  return stages.map((stage) => {
    const files = readFiles(stage.directory);
    const parent = parentOf(stages, stage);
    return {
      stage,
      counted: countFiles(files),
      kept: parent && countKept(files, readFiles(parent.directory)),
      deployables: deployablesOf(stage, files),
      people: peopleCarry(stage.duties),
      measured: measures[stage.id],
    };
  });
}

import { replayStage } from '../../experiments/index.ts';
import { readStages } from '../../stages/catalogue.ts';
import type { Stage } from '../../stages/catalogue.ts';
import type { Outcome } from '../part.ts';

/**
 * Each experiment runs again and must come out as its recorded run, which the pages show. In CI a stage has a second
 * try, as a browser test has: two cores carry a cluster, containers and their clients at once.
 */
export async function experimentsSuite(): Promise<Outcome> {
  let passed = 0;
  const faults: string[] = [];
  const skipped: string[] = [];
  for (const stage of readStages()) {
    let run = await replay(stage);
    if (run.faults.length > 0 && process.env['CI']) run = await replay(stage);
    passed += run.passed;
    faults.push(...run.faults);
    skipped.push(...run.skipped);
  }
  return { passed, failed: faults.length, skipped, report: faults.join('\n') };
}

async function replay(
  stage: Stage,
): Promise<{ passed: number; faults: string[]; skipped: string[] }> {
  let passed = 0;
  const faults: string[] = [];
  const skipped: string[] = [];
  for await (const each of replayStage(stage, { write: 'compare', say: console.log })) {
    const { experiment, outcome, differences, seconds } = each;
    console.log(`${outcome.padEnd(8)} ${stage.id} ${experiment} ${seconds.toFixed(1)} s`);
    if (outcome === 'same') passed += 1;
    else if (outcome === 'skipped')
      skipped.push(`${stage.id} ${experiment}: ${differences.join()}`);
    else faults.push([`${stage.id} ${experiment}: ${outcome}`, ...differences].join('\n  '));
  }
  return { passed, faults, skipped };
}

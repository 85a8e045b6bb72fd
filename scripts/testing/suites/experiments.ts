import { replayStage } from '../../experiments/index.ts';
import { readStages } from '../../stages/catalogue.ts';
import type { Outcome } from '../part.ts';

/** Each experiment runs again and must come out as its recorded run, which the pages show. */
export async function experimentsSuite(): Promise<Outcome> {
  let passed = 0;
  const faults: string[] = [];
  const skipped: string[] = [];
  for (const stage of readStages()) {
    for await (const each of replayStage(stage, { write: 'compare', say: console.log })) {
      const { experiment, outcome, differences, seconds } = each;
      console.log(`${outcome.padEnd(8)} ${stage.id} ${experiment} ${seconds.toFixed(1)} s`);
      if (outcome === 'same') passed += 1;
      else if (outcome === 'skipped')
        skipped.push(`${stage.id} ${experiment}: ${differences.join()}`);
      else faults.push([`${stage.id} ${experiment}: ${outcome}`, ...differences].join('\n  '));
    }
  }
  return { passed, failed: faults.length, skipped, report: faults.join('\n') };
}

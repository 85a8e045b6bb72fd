// `npm run measure`: runs every stage, or those named, where it is at home, and writes down what was seen:
// scripts/measure/measures.json, which the page "What changed, what stayed" is made from.
import { writeFileSync } from 'node:fs';
import { cpus, loadavg, totalmem, type } from 'node:os';
import { homeOf } from './measure/home.ts';
import { measureRun } from './measure/run.ts';
import { sizeOf } from './measure/size.ts';
import { formatMeasures, type Measured, MEASURES_FILE, readMeasures } from './measure/store.ts';
import { Failure } from './shared/failure.ts';
import { onShutdown } from './shared/lifetime.ts';
import { findStage, readStages, type Stage } from './stages/catalogue.ts';

const say = (line: string): void => console.error(line);

try {
  const all = readStages();
  const given = process.argv.slice(2);
  const chosen = given.length === 0 ? all : given.map((name) => findStage(all, name));
  onShutdown(async () => process.exit(130));
  for (const stage of chosen) {
    const figures = await measure(stage);
    // After each, so that an interruption keeps what is there.
    const known = Object.entries(readMeasures()).filter(([id]) =>
      all.some((each) => each.id === id),
    );
    const measures = { ...Object.fromEntries(known), [stage.id]: figures };
    writeFileSync(MEASURES_FILE, formatMeasures(measures));
  }
} catch (error) {
  if (!(error instanceof Failure)) throw error;
  console.error(`${error.code}: ${error.message}`);
  process.exitCode = error.exitCode;
}

async function measure(stage: Stage): Promise<Measured> {
  const target = homeOf(stage);
  say(`measuring: ${stage.id} on ${target} ...`);
  const { startMs, firstAnswerMs, nextAnswerMs, ...held } = await measureRun(stage, target, say);
  return {
    date: new Date().toISOString().slice(0, 10),
    machine: machine(),
    load: round(loadavg()[0] ?? 0),
    target,
    size: await sizeOf(stage, target, say),
    startMs: round(startMs),
    firstAnswerMs: round(firstAnswerMs),
    nextAnswerMs: round(nextAnswerMs),
    ...held,
  };
}

/** A tenth is more than two runs agree on. */
function round(value: number): number {
  return Math.round(value * 10) / 10;
}

function machine(): string {
  const [cpu] = cpus();
  const memory = Math.round(totalmem() / 1024 ** 3);
  return `${cpus().length} × ${cpu?.model.trim() ?? 'unknown'}, ${memory} GB, ${type()}, Node ${process.versions.node}`;
}

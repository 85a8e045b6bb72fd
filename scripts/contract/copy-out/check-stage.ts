import { randomBytes } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { Failure } from '../../shared/failure.ts';
import type { Stage } from '../../stages/catalogue.ts';
import { copyStage } from '../../stages/copy.ts';
import { addLocalCloud } from '../../stages/local-cloud.ts';
import type { Target } from '../../stages/schema.ts';
import { availabilityFor, deploy, isRequired } from '../../targets/index.ts';
import { runContract, type ContractResult, TOKEN_KEY } from '../run.ts';
import { npmStart } from './npm-start.ts';
import { type CheckRow, rowOf } from './row.ts';
import type { Shell } from './shell.ts';

export interface CheckStageOptions {
  readonly shell: Shell;
  /** An empty folder outside the repository. */
  readonly folder: string;
  /** The targets to check; without it all that the stage has. */
  readonly targets?: readonly Target[];
  say(line: string): void;
  /** Hears what has to be closed when the check is broken off, beside the shell. */
  onStart?(close: () => Promise<void>): void;
}

/**
 * How long an answer may take here, in milliseconds: the service, what stands beside it and whoever asks share the cores
 * of one machine, on which twenty instances may start at once.
 */
const ANSWER_WITHIN_MILLISECONDS = 30_000;

/** Everything that is said of a copy before it starts anywhere. */
const PREPARATION: readonly (readonly string[])[] = [
  ['ci', '--no-fund', '--no-audit', '--prefer-offline'],
  ['run', 'types'],
  ['test'],
];

/**
 * Copies a stage out of the repository, installs and tests it there as a reader would, and runs the API
 * suite against it on every target. A row per target; one that fails does not keep others from running.
 *
 * @example for await (const row of checkStage(stage, { shell, folder, say })) console.log(row.outcome);
 */
export async function* checkStage(
  stage: Stage,
  options: CheckStageOptions,
): AsyncGenerator<CheckRow> {
  const { shell, folder, targets, say } = options;
  const copy: Stage = { ...stage, directory: join(folder, stage.id) };
  const wanted = (Object.keys(stage.targets) as Target[]).filter(
    (target) => targets?.includes(target) ?? true,
  );
  if (wanted.length === 0) return;
  const seconds = stopwatch();
  try {
    mkdirSync(copy.directory);
    copyStage(stage, copy.directory);
    await addLocalCloud(stage, copy.directory);
    for (const args of PREPARATION) {
      say(`${stage.id}: npm ${args.join(' ')}`);
      await shell.run('npm', args, copy.directory);
    }
  } catch (error) {
    const reason = (error as Error).message;
    for (const target of wanted) {
      yield { stage: stage.id, target, outcome: 'failed', reason, seconds: seconds() };
    }
    return;
  }
  for (const target of wanted) yield await checkTarget(copy, target, options);
}

async function checkTarget(
  copy: Stage,
  target: Target,
  options: CheckStageOptions,
): Promise<CheckRow> {
  const seconds = stopwatch();
  const here = await availabilityFor(copy, target);
  if (!here?.available) {
    const reason = here
      ? [here.reason, here.remedy].join('. ')
      : 'nothing here runs this target yet';
    const outcome = isRequired(target, copy) ? 'failed' : 'skipped';
    return { stage: copy.id, target, outcome, reason, seconds: seconds() };
  }
  options.say(`${copy.id}: API suite on ${target}`);
  try {
    const results = await (target === 'process'
      ? onNpmStart(copy, options.shell)
      : onLocalCloud(copy, target, options));
    return rowOf(copy.id, target, seconds(), results);
  } catch (error) {
    const reason = (error as Error).message;
    return { stage: copy.id, target, outcome: 'failed', reason, seconds: seconds() };
  }
}

async function onNpmStart(copy: Stage, shell: Shell): Promise<ContractResult[]> {
  const secrets = madeUp(copy);
  const { url, restart, stop } = await npmStart(shell, copy.directory, secrets);
  const { behaviours } = copy;
  try {
    return await runContract(url, {
      ...{ behaviours, target: 'process', restart, timeout: ANSWER_WITHIN_MILLISECONDS },
      ...known(secrets),
    });
  } finally {
    await stop();
  }
}

/** The copy's own build, on the system's Node; then the local cloud runs what it made. */
async function onLocalCloud(
  copy: Stage,
  target: Target,
  { shell, onStart }: CheckStageOptions,
): Promise<ContractResult[]> {
  const build = target === 'fc' || target === 'scf' ? copy.targets[target]?.build : undefined;
  if (build !== undefined) await shell.run('npm', ['run', build], copy.directory);
  const secrets = madeUp(copy);
  const starting = deploy(copy, target, { port: 0, prepare: false, environment: secrets });
  let closing: Promise<void> | undefined;
  const close = (): Promise<void> =>
    (closing ??= starting.then(
      (deployment) => deployment.close(),
      () => undefined,
    ));
  onStart?.(close);
  try {
    const deployment = await starting;
    if (closing) throw new Failure('E_CHECK_STOPPED', 'the check was broken off');
    const { behaviours } = copy;
    const restart = (): Promise<void> => deployment.restart();
    return await runContract(deployment.url, {
      ...{ behaviours, target, restart, timeout: ANSWER_WITHIN_MILLISECONDS },
      ...known(secrets),
    });
  } finally {
    await close();
  }
}

/** The secrets of a stage for one run, which the suite then knows too. */
function madeUp({ secrets = [] }: Pick<Stage, 'secrets'>): Record<string, string> {
  return Object.fromEntries(secrets.map((name) => [name, randomBytes(32).toString('base64url')]));
}

/** What the suite is told of them. */
function known({ [TOKEN_KEY]: secret }: Readonly<Record<string, string>>): { secret?: string } {
  return secret === undefined ? {} : { secret };
}

function stopwatch(): () => number {
  const began = performance.now();
  return () => Math.round((performance.now() - began) / 100) / 10;
}

// From a command to a page that can be opened: what the command line adds to the program itself.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { findStage, readStages } from '../stages/catalogue.ts';
import { installStage } from '../stages/install.ts';
import { repositoryRoot } from '../stages/root.ts';
import { median } from './median.ts';

const RUNS = 10;
const URL_PRINTED = /https?:\/\/localhost:\d+/;
/** Each pod prints an address too, before the stage has one. */
const CLUSTER_URL_PRINTED = /on kubernetes: https?:\/\/localhost:\d+/;

/** Milliseconds from each command to the URL it prints, as a Markdown table. */
export async function benchStart(): Promise<string> {
  const stage = findStage(readStages(), '1');
  await installStage(stage.directory);
  const program = () => untilUrl(process.execPath, ['index.ts'], stage.directory);
  const command = () =>
    untilUrl('npm', ['run', '-s', 'stage', '--', 'run', '1', '--port', '0'], repositoryRoot());
  const pods = findStage(readStages(), '6');
  await installStage(pods.directory);
  const cluster = () =>
    untilUrl(
      'npm',
      ['run', '-s', 'stage', '--', 'run', '6', 'kubernetes', '--port', '0'],
      repositoryRoot(),
      CLUSTER_URL_PRINTED,
    );
  // The first run of each compiles and caches.
  await program();
  await command();
  await cluster();
  const [bare, ours] = [await repeat(program), await repeat(command)];
  const three = await repeat(cluster);
  return [
    `| | to the URL, ms (median of ${RUNS}) | fastest | slowest |`,
    '|---|---|---|---|',
    row('`node index.ts` in the stage', bare),
    row('`npm run stage run 1`', ours),
    row('`npm run stage run 6 kubernetes`, three pods ready', three),
  ].join('\n');
}

async function repeat(measure: () => Promise<number>): Promise<number[]> {
  const values: number[] = [];
  for (let run = 0; run < RUNS; run += 1) values.push(await measure());
  return values;
}

function row(name: string, values: readonly number[]): string {
  const figures = [median(values), Math.min(...values), Math.max(...values)];
  return `| ${name} | ${figures.map((value) => value.toFixed(0)).join(' | ')} |`;
}

async function untilUrl(
  file: string,
  args: readonly string[],
  cwd: string,
  printed = URL_PRINTED,
): Promise<number> {
  const started = performance.now();
  const child = spawn(file, args, {
    cwd,
    env: { ...process.env, PORT: '0' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = once(child, 'close');
  let said = '';
  const spent = await new Promise<number>((resolve, reject) => {
    const listen = (chunk: Buffer) => {
      said += String(chunk);
      if (printed.test(said)) resolve(performance.now() - started);
    };
    child.stdout.on('data', listen);
    child.stderr.on('data', listen);
    ended.then(
      () => reject(new Error(`${file} ${args.join(' ')} ended without a URL:\n${said}`)),
      reject,
    );
  });
  child.kill('SIGTERM');
  await ended;
  return spent;
}

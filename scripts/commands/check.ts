import { rm } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import type { CheckRow } from '../contract/copy-out/index.ts';
import { EXIT } from '../shared/failure.ts';
import { columns, type Terminal } from '../shared/terminal.ts';
import { findStage, type Stage } from '../stages/catalogue.ts';
import { TARGETS, type Target } from '../stages/schema.ts';
import { defineCommand } from './command.ts';
import { misused } from './line.ts';

/** Stages checked side by side. A check waits most of its time, for npm, for a start, for a pod. */
const AT_ONCE = Math.min(2, availableParallelism());

const command = defineCommand({
  name: 'check',
  summary:
    'Copies stages out of the repository, installs, tests and starts them there, and runs the API suite. Words: stages, "all", targets.',
  usage: '[stage|target...]',
  options: {
    url: {
      type: 'string',
      value: 'address',
      summary:
        'Runs only the API suite, against a service that runs already; it writes there and tidies up. Told its JWT_SECRET, it forges more tokens.',
    },
    json: { type: 'boolean', summary: 'Prints a row per stage and target, for programs.' },
  },
  async run({ positionals, options, stages, terminal }) {
    const { chosen, targets } = choose(positionals, stages());
    const rows =
      options.url === undefined
        ? await checkCopies(chosen, targets, terminal)
        : [await checkUrl(options.url, chosen, targets, terminal)];
    if (options.json) terminal.print(JSON.stringify(rows, null, 2));
    else printTable(rows, terminal);
    const failed = rows.length === 0 || rows.some(({ outcome }) => outcome === 'failed');
    return failed ? EXIT.checkFailed : EXIT.fine;
  },
});
export default command;

function choose(
  words: readonly string[],
  known: readonly Stage[],
): { chosen: readonly Stage[]; targets: readonly Target[] | undefined } {
  const targets = TARGETS.filter((target) => words.includes(target));
  const names = words.filter(
    (word) => word !== 'all' && !targets.some((target) => target === word),
  );
  const named = new Set(names.map((name) => findStage(known, name)));
  const chosen = named.size > 0 ? [...named] : known;
  const missing = targets.find((target) => !chosen.some((stage) => target in stage.targets));
  if (missing) {
    throw misused(
      `No stage of ${chosen.map(({ id }) => id).join(', ')} runs on "${missing}".`,
      command,
    );
  }
  return { chosen, targets: targets.length > 0 ? targets : undefined };
}

async function checkCopies(
  stages: readonly Stage[],
  targets: readonly Target[] | undefined,
  terminal: Terminal,
): Promise<CheckRow[]> {
  const { checkStage, cleanEnvironment, createShell, systemNode } =
    await import('../contract/copy-out/index.ts');
  const { makeTemporaryFolder } = await import('../stages/temporary.ts');
  const { whenBrokenOff } = await import('./broken-off.ts');
  const shell = createShell(cleanEnvironment(process.env));
  const folder = makeTemporaryFolder('check');
  const closers: (() => Promise<void>)[] = [];
  const close = async (): Promise<void> => {
    await Promise.all([shell.close(), ...closers.map((each) => each())]);
    await rm(folder, { recursive: true, force: true });
  };
  const callOff = whenBrokenOff(close);
  try {
    terminal.note(`Copies run on Node ${await systemNode(shell, folder)}, in ${folder}`);
    const rows = new Map<Stage, CheckRow[]>();
    const queue = [...stages];
    const checkOnes = async (): Promise<void> => {
      for (let stage = queue.shift(); stage; stage = queue.shift()) {
        const checks = checkStage(stage, {
          shell,
          folder,
          ...(targets ? { targets } : {}),
          say: terminal.note,
          onStart: (end) => closers.push(end),
        });
        const own: CheckRow[] = [];
        rows.set(stage, own);
        for await (const row of checks) own.push(row);
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, checkOnes));
    return stages.flatMap((stage) => rows.get(stage) ?? []);
  } finally {
    await close();
    callOff();
  }
}

async function checkUrl(
  url: string,
  chosen: readonly Stage[],
  targets: readonly Target[] | undefined,
  terminal: Terminal,
): Promise<CheckRow> {
  // Without a stage, what the last one can do is expected.
  const stage = chosen.at(-1);
  if (!stage) throw misused('There are no stages.', command);
  const target = targets?.[0] ?? (Object.keys(stage.targets)[0] as Target);
  const { runContract, TOKEN_KEY } = await import('../contract/index.ts');
  // Whoever owns the service may tell its key: then tokens that only it could have signed are tried too.
  const secret = process.env[TOKEN_KEY];
  const { rowOf } = await import('../contract/copy-out/index.ts');
  terminal.note(`${url} is expected to do what ${stage.id} does on ${target}`);
  const began = performance.now();
  const results = await runContract(url, {
    behaviours: stage.behaviours,
    target,
    ...(secret ? { secret } : {}),
    onResult({ id, title, outcome, reason }) {
      const style = outcome === 'passed' ? 'green' : outcome === 'failed' ? 'red' : 'dim';
      terminal.note(`${terminal.paintNote(style, outcome)} ${id}: ${reason ?? title}`);
    },
  });
  return rowOf(stage.id, target, Math.round((performance.now() - began) / 100) / 10, results);
}

function printTable(rows: readonly CheckRow[], terminal: Terminal): void {
  const table = columns(
    rows.map(({ stage, target, outcome, seconds, api }) => [
      stage,
      target,
      outcome,
      `${seconds.toFixed(1)} s`,
      api ? `API: ${api.passed} passed, ${api.failed} failed, ${api.skipped} skipped` : '',
    ]),
  );
  rows.forEach(({ outcome, reason, failures }, index) => {
    const style = outcome === 'passed' ? 'green' : outcome === 'failed' ? 'red' : 'yellow';
    terminal.print(terminal.paint(style, table[index] ?? ''));
    const details =
      failures?.map((failure) => `${failure.id}: ${failure.title}\n  ${failure.reason}`) ??
      (reason === undefined ? [] : [reason]);
    for (const detail of details) terminal.print(detail.replaceAll(/^/gm, '    '));
  });
}

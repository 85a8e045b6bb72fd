import { join } from 'node:path';
import type { AnyCommand } from '../commands/command.ts';
import { loadCommand } from '../commands/index.ts';
import { parseLine } from '../commands/line.ts';
import { Failure } from '../shared/failure.ts';
import { findStage } from '../stages/catalogue.ts';
import type { Stage } from '../stages/catalogue.ts';
import { TARGETS } from '../stages/schema.ts';
import type { Block } from './documented-commands.ts';
import type { Problem } from './problem.ts';
import type { Tree } from './tree.ts';

/** What the commands are checked against. */
export interface Known {
  readonly tree: Tree;
  readonly stages: readonly Stage[];
  /** Names that may follow `npm test --` and `npm run bench --`. */
  readonly names: Readonly<Record<string, readonly string[]>>;
}

/** npm's own commands that a reader needs, beside `run`. */
const NPM_COMMANDS = new Set(['start', 'test', 'install', 'ci', 'run', '--version']);

/**
 * Each documented command is one that the tools accept: the script exists, flags come behind `--`,
 * the arguments parse, the stages and targets they name are there.
 *
 * @example await checkCommandLines(documentedCommands(tree), known) // []
 */
export async function checkCommandLines(
  blocks: readonly Block[],
  known: Known,
): Promise<Problem[]> {
  const problems: Problem[] = [];
  for (const block of blocks) {
    let folder = block.folder;
    for (const command of block.commands) {
      const words = command.split(/\s+/);
      if (words[0] === 'cd') folder = join(folder, words[1] ?? '');
      if (words[0] !== 'npm') continue;
      const what = await faultOf(words.slice(1), folder, known);
      if (what !== undefined) problems.push({ where: block.where, what: `"${command}": ${what}` });
    }
  }
  return problems;
}

async function faultOf(
  words: readonly string[],
  folder: string,
  known: Known,
): Promise<string | undefined> {
  const [first = '', ...others] = words;
  if (!NPM_COMMANDS.has(first)) return `npm has no "${first}" that a reader needs`;
  const silent = others[0] === '-s';
  const [name = '', ...rest] = first === 'run' ? others.slice(silent ? 1 : 0) : [first, ...others];
  if (name === 'install' || name === 'ci' || name === '--version') return undefined;
  const scripts = scriptsOf(folder, known);
  if (!scripts.has(name)) return `package.json has no script "${name}"`;
  const dashes = rest.indexOf('--');
  const swallowed = rest
    .slice(0, dashes === -1 ? undefined : dashes)
    .find((word) => word.startsWith('-'));
  if (swallowed !== undefined) {
    return `npm keeps "${swallowed}" for itself: write npm run -s ${name} -- … ${swallowed}`;
  }
  const args = rest.filter((word) => word !== '--');
  if (name === 'stage') return faultOfStage(args, known.stages);
  const names = known.names[name];
  return names &&
    args.filter((arg) => !arg.startsWith('-')).find((arg) => !names.includes(arg)) !== undefined
    ? `expected ${names.join(', ')} behind "${name}"`
    : undefined;
}

/** The scripts of the folder that a reader stands in; a checked-out copy has those of any stage. */
function scriptsOf(folder: string, { tree }: Known): ReadonlySet<string> {
  const paths = folder.startsWith('..')
    ? tree.paths.filter((path) => /^stages\/[^/]+\/package\.json$/.test(path))
    : [join(folder, 'package.json')];
  return new Set(
    paths
      .filter((path) => tree.paths.includes(path))
      .flatMap((path) =>
        Object.keys((JSON.parse(tree.read(path)) as { scripts?: object }).scripts ?? {}),
      ),
  );
}

async function faultOfStage(
  args: readonly string[],
  stages: readonly Stage[],
): Promise<string | undefined> {
  const [name, ...words] = args;
  if (name === undefined || name.startsWith('-') || name === 'help') return undefined;
  const command = await loadCommand(name);
  if (!command) return `there is no command "${name}"`;
  try {
    const { positionals } = parseLine(command, words);
    return faultOfArguments(command, positionals, stages);
  } catch (error) {
    if (error instanceof Failure) return error.message;
    throw error;
  }
}

function faultOfArguments(
  command: AnyCommand,
  positionals: readonly string[],
  stages: readonly Stage[],
): string | undefined {
  const slots = command.usage.split(' ').filter(Boolean);
  let stage: Stage | undefined;
  for (const [index, value] of positionals.entries()) {
    const slot = slots[index] ?? slots.at(-1) ?? '';
    const isTarget =
      slot.includes('target') &&
      (!slot.includes('stage') || TARGETS.some((target) => target === value));
    if (isTarget && stage && !Object.hasOwn(stage.targets, value)) {
      return `${stage.id} has no target "${value}"`;
    }
    if (!isTarget && slot.includes('stage') && value !== 'all') stage = findStage(stages, value);
  }
  return undefined;
}

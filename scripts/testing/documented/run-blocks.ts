import { existsSync, readdirSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { Block } from '../../checks/documented-commands.ts';
import { kindOf } from './kinds.ts';
import { runOnce, runServer } from './run-command.ts';

const STAGE_FOLDER = /^stages\/([^/]+)/;
const STAGE_PAGE = /\/stages\/(\d\d-[^/.]+)/;

export interface CommandResult {
  readonly where: string;
  readonly command: string;
  readonly outcome: 'passed' | 'failed' | 'skipped';
  readonly why?: string;
  readonly seconds: number;
}

export interface Reader {
  /** The clone. */
  readonly course: string;
  /**
   * The copy of a stage that its README and its page speak of, made when it is first needed; it stands where nothing
   * is removed.
   */
  copyOf(stage: string): Promise<string>;
  say(line: string): void;
}

/**
 * Types each block's commands into the clone, one after the other, and those of a stage's README into a copy of the
 * stage; a block that was typed already is left out. What a block makes beside the clone is removed after it.
 *
 * @example await runBlocks(documentedCommands(tree), { course: '/tmp/x/course', copyOf, say: console.log })
 */
export async function runBlocks(
  blocks: readonly Block[],
  reader: Reader,
): Promise<CommandResult[]> {
  const results: CommandResult[] = [];
  const typed = new Set<string>();
  for (const block of blocks) {
    // A command alone that stood in a block before says nothing new; a block that does more is typed whole.
    const steps = block.commands.map((command) => `${block.folder}: ${command}`);
    const key = steps.join('\n');
    if (steps.every((step) => typed.has(step)) || typed.has(key)) continue;
    for (const step of [...steps, key]) typed.add(step);
    for (const result of await runBlock(block, reader)) {
      results.push(result);
      reader.say(lineOf(result));
    }
    removeBeside(reader.course);
  }
  return results;
}

async function runBlock(block: Block, reader: Reader): Promise<CommandResult[]> {
  const results: CommandResult[] = [];
  let folder: string | undefined;
  for (const command of block.commands) {
    const began = performance.now();
    const seconds = (): number => (performance.now() - began) / 1000;
    const at = { where: block.where, command };
    const kind = isMove(command) ? undefined : kindOf(command);
    if (kind?.kind === 'skipped') {
      results.push({ ...at, outcome: 'skipped', why: kind.why, seconds: 0 });
      continue;
    }
    let fault: string | undefined;
    try {
      folder ??= await startOf(block, reader);
      if (isMove(command)) {
        folder = await follow(command, folder, block, reader);
        continue;
      }
      if (!kind) fault = 'no rule of scripts/testing/documented/kinds.ts knows how to try this out';
      else fault = await (kind.kind === 'serves' ? runServer : runOnce)(command, folder);
    } catch (error) {
      fault = (error as Error).message;
    }
    results.push(
      fault === undefined
        ? { ...at, outcome: 'passed', seconds: seconds() }
        : { ...at, outcome: 'failed', why: fault, seconds: seconds() },
    );
    // What follows builds on it.
    if (fault !== undefined) break;
  }
  return results;
}

const isMove = (command: string): boolean => command.startsWith('cd ');

/** Where a reader stands who begins a block. */
async function startOf({ folder }: Block, { course, copyOf }: Reader): Promise<string> {
  const stage = STAGE_FOLDER.exec(folder)?.[1];
  return stage === undefined ? join(course, folder) : copyOf(stage);
}

async function follow(
  command: string,
  folder: string,
  { where, commands }: Block,
  { course, copyOf }: Reader,
): Promise<string> {
  // After `git clone` a reader enters the clone, where we are.
  if (commands.some((each) => each.startsWith('git clone'))) return course;
  const target = join(folder, command.split(/\s+/)[1] ?? '');
  if (existsSync(target)) return target;
  // A stage's page has had the reader make a copy of the stage, further up.
  const stage = STAGE_PAGE.exec(where)?.[1];
  if (stage === undefined)
    throw new Error(`${target} is not there, and the block does not make it`);
  return copyOf(stage);
}

function lineOf({ outcome, command, why, seconds }: CommandResult): string {
  const note = outcome === 'skipped' ? `(${why})` : `${seconds.toFixed(1)} s`;
  return `${outcome.padEnd(8)} ${command}  ${note}`;
}

function removeBeside(course: string): void {
  for (const name of readdirSync(dirname(course))) {
    if (name !== basename(course))
      rmSync(join(dirname(course), name), { recursive: true, force: true });
  }
}

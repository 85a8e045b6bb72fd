import { readdirSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { Block } from '../../checks/documented-commands.ts';
import { kindOf } from './kinds.ts';
import { runOnce, runServer } from './run-command.ts';

export interface CommandResult {
  readonly where: string;
  readonly command: string;
  readonly outcome: 'passed' | 'failed' | 'skipped';
  readonly why?: string;
}

/**
 * Types each block's commands into the clone `course`, one after the other; a block that was typed
 * already is left out. What a block makes beside the clone is removed after it.
 *
 * @example await runBlocks(documentedCommands(tree), { course: '/tmp/x/course', say: console.log })
 */
export async function runBlocks(
  blocks: readonly Block[],
  { course, say }: { readonly course: string; readonly say: (line: string) => void },
): Promise<CommandResult[]> {
  const results: CommandResult[] = [];
  const typed = new Set<string>();
  for (const block of blocks) {
    // A command alone that stood in a block before says nothing new; a block that does more is typed whole.
    const steps = block.commands.map((command) => `${block.folder}: ${command}`);
    const key = steps.join('\n');
    if (steps.every((step) => typed.has(step)) || typed.has(key)) continue;
    for (const step of [...steps, key]) typed.add(step);
    for (const result of await runBlock(block, course)) {
      results.push(result);
      say(
        `${result.outcome.padEnd(8)} ${result.command}${result.outcome === 'skipped' ? `  (${result.why})` : ''}`,
      );
    }
    removeBeside(course);
  }
  return results;
}

async function runBlock(block: Block, course: string): Promise<CommandResult[]> {
  let folder = join(course, block.folder);
  const results: CommandResult[] = [];
  for (const command of block.commands) {
    const [name, target = ''] = command.split(/\s+/);
    if (name === 'cd') {
      // After `git clone` a reader enters the clone, where we are.
      folder = block.commands.some((each) => each.startsWith('git clone'))
        ? course
        : join(folder, target);
      continue;
    }
    const kind = kindOf(command);
    const at = { where: block.where, command };
    if (!kind) {
      results.push({
        ...at,
        outcome: 'failed',
        why: 'no rule of scripts/testing/documented/kinds.ts knows how to try this out',
      });
    } else if (kind.kind === 'skipped') {
      results.push({ ...at, outcome: 'skipped', why: kind.why });
    } else {
      const fault = await (kind.kind === 'serves' ? runServer : runOnce)(command, folder);
      results.push(
        fault === undefined
          ? { ...at, outcome: 'passed' }
          : { ...at, outcome: 'failed', why: fault },
      );
      // What follows builds on it.
      if (fault !== undefined) break;
    }
  }
  return results;
}

function removeBeside(course: string): void {
  for (const name of readdirSync(dirname(course))) {
    if (name !== basename(course))
      rmSync(join(dirname(course), name), { recursive: true, force: true });
  }
}

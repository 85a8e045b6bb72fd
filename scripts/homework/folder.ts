import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { EXIT, Failure } from '../shared/failure.ts';
import type { Stage } from '../stages/catalogue.ts';

/**
 * Makes sure that a folder is a copy of the stage; a copy of another one would fail in ways that say nothing.
 *
 * @example expectCopy(third, '/home/me/homework-3')
 */
export function expectCopy(stage: Stage, folder: string): void {
  const expected = nameIn(stage.directory);
  const found = nameIn(folder);
  if (found === expected) return;
  throw new Failure(
    'E_HOMEWORK_FOLDER',
    `${folder}: expected a copy of stage ${stage.number} (${expected}), found ${found ?? 'no package.json'}. ` +
      `Take one: npm run stage checkout ${stage.number} ../homework-${stage.number}`,
    EXIT.usage,
  );
}

function nameIn(folder: string): string | undefined {
  try {
    return (JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { name?: string })
      .name;
  } catch {
    return undefined;
  }
}

import { join } from 'node:path';
import { runOnce } from './run-command.ts';

/**
 * Makes a copy of a stage the way the course tells a reader to, when it is first asked for.
 *
 * @example await createCopies('/tmp/x/course', '/tmp/x/copies')('02-file-db') // '/tmp/x/copies/02-file-db'
 */
export function createCopies(course: string, folder: string): (stage: string) => Promise<string> {
  const copies = new Map<string, Promise<string>>();
  const type = async (command: string, where: string): Promise<void> => {
    const fault = await runOnce(command, where);
    if (fault !== undefined) throw new Error(`${command}: ${fault}`);
  };
  const make = async (stage: string): Promise<string> => {
    const copy = join(folder, stage);
    await type(`npm run -s stage -- checkout ${stage} ${copy}`, course);
    await type('npm install', copy);
    return copy;
  };
  return (stage) => {
    const copy = copies.get(stage) ?? make(stage);
    copies.set(stage, copy);
    return copy;
  };
}

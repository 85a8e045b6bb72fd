import { rmSync } from 'node:fs';
import { makeTemporaryFolder } from '../stages/temporary.ts';

/**
 * Gives work a folder of its own, removed when the work or this process ends.
 *
 * @example await withTemporaryFolder('report', async (folder) => …)
 */
export async function withTemporaryFolder<Result>(
  what: string,
  work: (folder: string) => Promise<Result>,
): Promise<Result> {
  const folder = makeTemporaryFolder(what);
  const remove = () => rmSync(folder, { recursive: true, force: true });
  process.once('exit', remove);
  try {
    return await work(folder);
  } finally {
    process.off('exit', remove);
    remove();
  }
}

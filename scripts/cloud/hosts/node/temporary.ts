import { mkdtempSync, realpathSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** What every temporary folder of an instance is called; then comes the process that started the instance. */
export const TEMPORARY_PREFIX = 'serverless-evolution-instance-';

/**
 * Makes the folder that an instance sees as its TMPDIR; a real path, as the permission model compares real paths.
 *
 * @example const folder = makeTemporaryFolder(); // /tmp/serverless-evolution-instance-4711-k3JdY2
 */
export function makeTemporaryFolder(): string {
  return mkdtempSync(join(realpathSync(tmpdir()), `${TEMPORARY_PREFIX}${process.pid}-`));
}

/**
 * Removes it with all that the instance wrote there.
 *
 * @example await removeTemporaryFolder(folder);
 */
export async function removeTemporaryFolder(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true, maxRetries: 3 });
}

import { randomBytes } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { createTablestore } from '../../cloud/tablestore/index.ts';
import { makeTemporaryFolder } from '../../stages/temporary.ts';
import type { Service, ServiceOptions } from './service.ts';

const INSTANCE = 'todo';
const ACCESS_KEY_ID = 'local';

/**
 * Starts a local Tablestore for one stage, with a key that nobody else knows.
 *
 * @example const { environment, close } = await startTablestore({ directory, keepIn: undefined, emit, say });
 */
export async function startTablestore({ keepIn, say }: ServiceOptions): Promise<Service> {
  const folder = keepIn ?? makeTemporaryFolder('tablestore');
  mkdirSync(folder, { recursive: true });
  const secret = randomBytes(32).toString('base64url');
  const open = (port: number) =>
    createTablestore({
      // A file even where nothing is to be kept: an interruption is not to lose a row.
      file: join(folder, 'tables.log'),
      port,
      instance: INSTANCE,
      accessKeys: { [ACCESS_KEY_ID]: secret },
      say,
    });
  let running: Awaited<ReturnType<typeof open>> | undefined;
  const removeFolder = async (): Promise<void> => {
    if (keepIn === undefined) await rm(folder, { recursive: true, force: true });
  };
  try {
    running = await open(0);
  } catch (error) {
    await removeFolder();
    throw error;
  }
  const { url } = running;

  async function interrupt(): Promise<void> {
    const ending = running;
    running = undefined;
    await ending?.close();
  }

  return {
    environment: {
      TABLESTORE_ENDPOINT: url,
      TABLESTORE_INSTANCE: INSTANCE,
      TABLESTORE_ACCESS_KEY_ID: ACCESS_KEY_ID,
      TABLESTORE_ACCESS_KEY_SECRET: secret,
    },
    interrupt,
    async restore() {
      running ??= await open(Number(new URL(url).port));
    },
    async close() {
      await interrupt();
      await removeFolder();
    },
  };
}

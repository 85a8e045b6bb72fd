import { existsSync } from 'node:fs';
import path from 'node:path';
import { after, type TestContext } from 'node:test';
import { pathToFileURL } from 'node:url';
import { tableAddress, type TableAddress } from '../models/table.ts';

const STAGE = path.join(import.meta.dirname, '..');
const CLOUD = path.join(STAGE, 'local', 'cloud.mjs');

/** What local/cloud.mjs runs beside the stage. */
interface Cloud {
  readonly environment: Readonly<Record<string, string>>;
  interrupt(service: 'tablestore'): Promise<void>;
  restore(service: 'tablestore'): Promise<void>;
  close(): Promise<void>;
}

/** A Tablestore of one's own, empty and on this machine. */
export interface Table {
  readonly address: TableAddress;
  readonly environment: Readonly<Record<string, string>>;
  /** Nobody answers at its address any more; what it holds stays. */
  interrupt(): Promise<void>;
  restore(): Promise<void>;
}

/** Starts one for a test, or for all tests of a file; ended with them. */
export async function startTable(test?: TestContext): Promise<Table> {
  if (!existsSync(CLOUD))
    throw new Error(
      `${CLOUD} is missing: "npm run stage checkout 3" in the course makes a copy of this stage that has it`,
    );
  const { startCloud } = (await import(pathToFileURL(CLOUD).href)) as {
    startCloud(stage: string, options: { keep: boolean }): Promise<Cloud>;
  };
  const cloud = await startCloud(STAGE, { keep: false });
  const close = () => cloud.close();
  if (test) test.after(close);
  else after(close);
  return {
    address: tableAddress(cloud.environment),
    environment: cloud.environment,
    interrupt: () => cloud.interrupt('tablestore'),
    restore: () => cloud.restore('tablestore'),
  };
}

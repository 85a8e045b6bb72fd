import { rmSync } from 'node:fs';
import { createTablestore } from '../../cloud/tablestore/index.ts';
import { EXIT, Failure } from '../../shared/failure.ts';

const DEFAULT_LISTEN = '127.0.0.1:4005';

/**
 * Serves a table to others than the process that started it, with an address and a key that they know: a
 * container beside the stage's own.
 *
 * @example
 * const { url, close } = await serveTable({ TABLESTORE_LISTEN: '0.0.0.0:4005', TABLESTORE_FILE: '/data/tables.log', TABLESTORE_INSTANCE: 'todo',
 *   TABLESTORE_ACCESS_KEY_ID: 'local', TABLESTORE_ACCESS_KEY_SECRET: 'secret' });
 */
export async function serveTable(
  environment: Readonly<Record<string, string | undefined>>,
  say: (line: string) => void = console.error,
): Promise<{ readonly url: string; close(): Promise<void> }> {
  const read = (name: string): string => {
    const value = environment[name];
    if (value) return value;
    throw new Failure(
      'E_TABLE_VARIABLE',
      `${name} is not set. Set it in the environment.`,
      EXIT.usage,
    );
  };
  const listen = environment['TABLESTORE_LISTEN'] ?? DEFAULT_LISTEN;
  const [, host, port] = /^(.+):(\d+)$/.exec(listen) ?? [];
  if (host === undefined) {
    throw new Failure(
      'E_TABLE_VARIABLE',
      `TABLESTORE_LISTEN: expected an address and a port such as ${DEFAULT_LISTEN}, found "${listen}".`,
      EXIT.usage,
    );
  }
  const file = environment['TABLESTORE_FILE'];
  // The first process of a container finds the lock of the one before it, which had the same number.
  if (file !== undefined && process.pid === 1) rmSync(`${file}.lock`, { force: true });
  return createTablestore({
    ...(file !== undefined && { file }),
    ...{ host, port: Number(port) },
    instance: read('TABLESTORE_INSTANCE'),
    accessKeys: { [read('TABLESTORE_ACCESS_KEY_ID')]: read('TABLESTORE_ACCESS_KEY_SECRET') },
    say,
  });
}

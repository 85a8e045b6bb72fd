import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { beforeAll, expect, it } from 'vitest';
import { addLocalCloud, LOCAL_CLOUD } from './local-cloud.ts';
import { temporaryFolder } from './testing/fixture.ts';

const STAGE = { id: '03-fixture', services: { tablestore: {} }, secrets: ['JWT_SECRET'] };
let text: string;

beforeAll(async () => {
  const { localCloudText } = await import('./local-cloud.ts');
  text = await localCloudText();
});

async function copy(): Promise<string> {
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'stage.json'), JSON.stringify(STAGE));
  await addLocalCloud(STAGE, folder);
  return folder;
}

it('is one file without packages', () => {
  expect(text).not.toMatch(/^import .* from "(?!node:)/m);
  expect(text.length).toBeLessThan(400_000);
});

it('says what the stage has to know, and ends with whoever started it', async () => {
  const folder = await copy();
  const cloud = spawn(process.execPath, [join(folder, LOCAL_CLOUD)], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const [line] = (await once(createInterface(cloud.stdout), 'line')) as [string];
  const environment = JSON.parse(line) as Record<string, string>;
  expect(Object.keys(environment).toSorted()).toEqual([
    'JWT_SECRET',
    'TABLESTORE_ACCESS_KEY_ID',
    'TABLESTORE_ACCESS_KEY_SECRET',
    'TABLESTORE_ENDPOINT',
    'TABLESTORE_INSTANCE',
  ]);
  const endpoint = environment['TABLESTORE_ENDPOINT'] ?? '';
  expect((await fetch(endpoint, { method: 'POST' })).headers.get('x-ots-requestid')).toBeTruthy();
  // Ctrl-C reaches it too; the program may still need it.
  cloud.kill('SIGINT');
  expect((await fetch(endpoint, { method: 'POST' })).status).toBeGreaterThanOrEqual(400);
  cloud.stdin.end();
  expect(await once(cloud, 'exit')).toEqual([0, null]);
});

it('can be loaded by the tests of a copy, with nothing kept', async () => {
  const folder = await copy();
  const script = `
    const { startCloud } = await import(${JSON.stringify(join(folder, LOCAL_CLOUD))});
    const cloud = await startCloud(${JSON.stringify(folder)}, { keep: false });
    await cloud.interrupt('tablestore');
    await cloud.restore('tablestore');
    await cloud.close();
    console.log('closed');`;
  mkdirSync(join(folder, 'elsewhere'));
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['--input-type=module', '-e', script],
    { cwd: join(folder, 'elsewhere') },
  );
  expect(stdout).toBe('closed\n');
});

it('serves the table alone to whoever knows its address and key, and keeps what it is told', async () => {
  const folder = await copy();
  const start = async (environment: Record<string, string>) => {
    const child = spawn(process.execPath, [join(folder, LOCAL_CLOUD), 'tablestore'], {
      env: { ...process.env, TABLESTORE_LISTEN: '127.0.0.1:0', ...environment },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const said = once(createInterface(child.stdout), 'line') as Promise<[string]>;
    return { child, said };
  };
  const { child, said } = await start({
    TABLESTORE_FILE: join(folder, 'tables.log'),
    TABLESTORE_INSTANCE: 'todo',
    TABLESTORE_ACCESS_KEY_ID: 'local',
    TABLESTORE_ACCESS_KEY_SECRET: 'known',
  });
  const url = /http:\S+/.exec((await said)[0])?.[0] ?? '';
  expect((await fetch(url, { method: 'POST' })).headers.get('x-ots-requestid')).toBeTruthy();
  child.kill('SIGTERM');
  expect(await once(child, 'exit')).toEqual([0, null]);

  const without = await start({ TABLESTORE_INSTANCE: '' });
  without.said.catch(() => undefined);
  let error = '';
  without.child.stderr.setEncoding('utf8').on('data', (chunk: string) => (error += chunk));
  expect(await once(without.child, 'close')).toEqual([64, null]);
  expect(error).toBe(
    'E_TABLE_VARIABLE: TABLESTORE_INSTANCE is not set. Set it in the environment.\n',
  );
});

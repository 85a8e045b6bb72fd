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

// `npm run dev` of the stage with a compiler, in a copy of it: an edit changes the answer.
import { readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { expect, it, onTestFinished } from 'vitest';
import { findStage, readStages } from '../stages/catalogue.ts';
import { copyStage } from '../stages/copy.ts';
import { installStage } from '../stages/install.ts';
import { makeTemporaryFolder } from '../stages/temporary.ts';

/** Nobody listens there, and whether the program lives is answered without a table. */
const TABLE = {
  TABLESTORE_ENDPOINT: 'http://127.0.0.1:9',
  TABLESTORE_INSTANCE: 'todo',
  TABLESTORE_ACCESS_KEY_ID: 'local',
  TABLESTORE_ACCESS_KEY_SECRET: 'local',
  JWT_SECRET: 'only-for-this-test-and-long-enough-for-a-key',
};
const ADDRESS = /Todo service on (http:\/\/localhost:\d+)/g;
const PATIENCE = { timeout: 40_000, interval: 100 };

it('npm run dev compiles an edit and answers with it, and ends with all that it started', async () => {
  const stage = findStage(readStages(), '8');
  await installStage(stage.directory);
  const folder = makeTemporaryFolder('watch');
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  copyStage(stage, folder);
  symlinkSync(join(stage.directory, 'node_modules'), join(folder, 'node_modules'));
  await execa('node', ['build.mjs', 'app'], { cwd: folder });

  const dev = execa('node', ['local/start.mjs', '--watch'], {
    cwd: folder,
    env: { ...TABLE, PORT: '0' },
    all: true,
    reject: false,
    stdin: 'ignore',
    // A group of its own: SIGKILL to the first of four processes would leave the others behind.
    detached: true,
  });
  onTestFinished(() => {
    try {
      process.kill(-dev.pid!, 'SIGKILL');
    } catch {
      // All of them have ended.
    }
  });
  let said = '';
  dev.all.on('data', (chunk: Buffer) => (said += chunk.toString()));
  const address = (): string => [...said.matchAll(ADDRESS)].at(-1)?.[1] ?? '';
  const health = async (): Promise<string> =>
    fetch(`${address()}/healthz`).then(
      (response) => response.text(),
      () => '',
    );

  await expect.poll(health, PATIENCE).toContain('"status":"ok"');
  const file = join(folder, 'src/function/index.ts');
  writeFileSync(file, readFileSync(file, 'utf8').replace("status: 'ok'", "status: 'edited'"));
  await expect.poll(health, PATIENCE).toContain('"status":"edited"');
  expect(said.match(ADDRESS)).toHaveLength(2);

  const last = address();
  dev.kill('SIGTERM');
  await dev;
  await expect(fetch(`${last}/healthz`)).rejects.toThrow('fetch failed');
}, 120_000);

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFile, mkdir, mkdtemp, readdir, rm, symlink } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { test, type TestContext } from 'node:test';
import { serviceAt, signIn } from './service.ts';

const STAGE = path.join(import.meta.dirname, '..');

/** `npm start` without npm: resolves with the line that names the address. */
async function start(t: TestContext, environment: Record<string, string>): Promise<string> {
  const { JWT_SECRET: _, TABLESTORE_ENDPOINT: __, ...own } = process.env;
  const folder = await copyOfStage();
  const child = spawn(process.execPath, ['--import', 'tsx', 'local/start.mjs'], {
    cwd: folder,
    env: { ...own, ...environment },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  t.after(async () => {
    child.kill('SIGTERM');
    await once(child, 'exit');
    // What it has started beside itself ends a moment later.
    await rm(folder, { recursive: true, force: true, maxRetries: 10 });
  });
  let output = '';
  for await (const chunk of child.stdout) {
    output += String(chunk);
    const found = /http:\/\/localhost:\d+/.exec(output)?.[0];
    if (found && output.includes('Todo service')) return found;
  }
  throw new Error(`ended before it listened: ${output}`);
}

/** The stage with another local/, so that the todos of whoever runs the tests are left alone. */
async function copyOfStage(): Promise<string> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'start-'));
  for (const name of await readdir(STAGE)) {
    if (name !== 'local') await symlink(path.join(STAGE, name), path.join(folder, name));
  }
  await mkdir(path.join(folder, 'local'));
  for (const name of ['start.mjs', 'cloud.mjs'])
    await copyFile(path.join(STAGE, 'local', name), path.join(folder, 'local', name));
  return folder;
}

test('what npm start brings along is enough: the page, its files, a token, a todo', async (t) => {
  const url = await start(t, { PORT: '0' });
  const page = await (await fetch(url)).text();
  const files = [...page.matchAll(/(?:src|href)="(assets\/[^"]*)"/g)];
  assert.equal(files.length, 3);
  for (const [, file = ''] of files) assert.equal((await fetch(`${url}/${file}`)).status, 200);
  assert.match(await signIn(url), /^token=/);
  const service = serviceAt(url);
  const { key } = await service.add('from npm start');
  assert.equal((await service.call('DELETE', '/api/rule', { key })).status, 200);
});

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
  const { JWT_SECRET: _, CDN_ORIGIN: __, TABLESTORE_ENDPOINT: ___, ...own } = process.env;
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
    const said = environment['ONE_PORT'] ? 'Page and files' : 'Todo service';
    const found = new RegExp(`${said} on (http://localhost:\\d+)`).exec(output)?.[1];
    if (found) return found;
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
  for (const name of ['start.mjs', 'one-port.mjs', 'cloud.mjs'])
    await copyFile(path.join(STAGE, 'local', name), path.join(folder, 'local', name));
  return folder;
}

const FILES = /(?:src|href)="([^"]*)" integrity/g;

test('what npm start brings along is enough: files from the CDN, a token, a todo', async (t) => {
  const url = await start(t, { PORT: '0' });
  const page = await (await fetch(url)).text();
  for (const [, file = ''] of page.matchAll(FILES)) {
    const response = await fetch(file, { headers: { origin: url } });
    assert.deepEqual(
      [response.status, response.headers.get('access-control-allow-origin')],
      [200, '*'],
    );
    assert.match(response.headers.get('cache-control') ?? '', /immutable/);
  }
  assert.match(await signIn(url), /^token=/);
  const service = serviceAt(url);
  const { key } = await service.add('from npm start');
  assert.equal((await service.call('DELETE', '/api/rule', { key })).status, 200);
});

test('one port is enough where each port would be another address', async (t) => {
  const url = await start(t, { PORT: '0', ONE_PORT: '1' });
  const response = await fetch(url);
  assert.match(response.headers.get('content-security-policy') ?? '', /script-src 'self'/);
  const files = [...(await response.text()).matchAll(FILES)].map(([, file = '']) => file);
  assert.equal(files.length, 3);
  for (const file of files) {
    assert.match(file, /^\/cdn\//);
    assert.equal((await fetch(url + file)).status, 200);
  }
  assert.equal((await fetch(`${url}/cdn/%2e%2e%2fpackage.json`)).status, 404);
  const service = serviceAt(url);
  const { key } = await service.add('through one port');
  assert.equal((await service.call('DELETE', '/api/rule', { key })).status, 200);
});

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { promisify } from 'node:util';
import type { FcHandler } from '../fc-adapter.ts';
import { httpEvent } from './event.ts';

test('the folder that is uploaded holds all that the function needs', async (t) => {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'build-fc-'));
  t.after(() => rm(folder, { recursive: true }));
  const stage = path.join(import.meta.dirname, '..');
  await promisify(execFile)(process.execPath, ['build-fc.mjs', folder], { cwd: stage });

  const { handler } = createRequire(import.meta.url)(`${folder}/index-faas.js`) as {
    handler: FcHandler;
  };
  const list = await handler(httpEvent('GET', '/api/rule'), { requestId: 'r' });
  assert.equal(list.statusCode, 200);
  assert.match(list.body, /"success":true/);
  const page = await handler(httpEvent('GET', '/'), { requestId: 'r' });
  assert.deepEqual(
    [page.statusCode, page.body],
    [200, await readFile(`${stage}/public/index.html`, 'utf8')],
  );
  assert.deepEqual(
    (await readdir(`${folder}/public`)).toSorted(),
    (await readdir(`${stage}/public`)).toSorted(),
  );
});

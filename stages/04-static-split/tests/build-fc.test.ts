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
import { startTable } from './table.ts';

const SETTINGS = {
  JWT_SECRET: Buffer.alloc(32, 1).toString('base64url'),
  CDN_ORIGIN: 'https://cdn.example.com',
};

interface RuleFunction {
  readonly initializer: () => Promise<void>;
  readonly handler: FcHandler;
}

test('the folders that are uploaded hold all that each function needs, and the page no client of the table', async (t) => {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'build-fc-'));
  t.after(() => rm(folder, { recursive: true }));
  const stage = path.join(import.meta.dirname, '..');
  await promisify(execFile)(process.execPath, ['build-fc.mjs', folder], { cwd: stage });

  Object.assign(process.env, (await startTable(t)).environment, SETTINGS);
  const load = (file: string) =>
    createRequire(import.meta.url)(`${folder}/${file}.js`) as { handler: FcHandler };
  const page = await load('page/index-faas').handler(httpEvent('GET', '/'), { requestId: 'r' });
  assert.equal(page.statusCode, 200);
  assert.match(
    page.body,
    /src="https:\/\/cdn\.example\.com\/app-[A-Z\d]{8}\.js" integrity="sha384-/,
  );
  // The page and the names of its files; the files themselves are elsewhere.
  assert.deepEqual((await readdir(`${folder}/page`)).toSorted(), [
    ...['cdn', 'index-faas.js', 'package.json', 'page'],
  ]);
  assert.deepEqual(await readdir(`${folder}/page/cdn/dist`), ['assets.json']);

  const rule = load('rule/rule-faas') as RuleFunction;
  await rule.initializer();
  const list = await rule.handler(httpEvent('GET', '/api/rule'), { requestId: 'r' });
  assert.equal(list.statusCode, 200);
  assert.match(list.body, /"success":true/);

  // The SDK's name is in each request that it signs: whoever has loaded it has this text.
  const code = (file: string) => readFile(`${folder}/${file}.js`, 'utf8');
  assert.match(await code('rule/rule-faas'), /x-ots-/);
  assert.doesNotMatch(await code('page/index-faas'), /x-ots-/);
});

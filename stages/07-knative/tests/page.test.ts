import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import http from 'node:http';
import os from 'node:os';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { test } from 'node:test';
import { readAssets } from '../page/assets.ts';
import { renderPage } from '../page/page.ts';
import { startService } from './service.ts';

const FILES = /(?:src|href)="(assets\/[^"]*)"/g;

test('the page names its files by a version, and each is there, to be kept for good', async (t) => {
  const service = await startService(t);
  const page = await service.call('GET', '/');
  assert.match(page.headers.get('content-type') ?? '', /^text\/html/);
  const files = [...page.text.matchAll(FILES)].map(([, file = '']) => file);
  assert.deepEqual(
    files.map((file) => file.replace(/[\w-]{10}/, 'VERSION')),
    ['favicon.svg', 'styles.css', 'app.js'].map((file) => `assets/VERSION/${file}`),
  );
  // What app.js imports is beside it.
  for (const file of [...files, files[2]?.replace('app.js', 'api.js')]) {
    const { status, headers } = await service.call('GET', `/${file}`);
    assert.equal(status, 200, file);
    assert.equal(headers.get('cache-control'), 'public, max-age=31536000, immutable');
  }
});

test('a page from before a deployment finds files too, and they are not kept', async (t) => {
  const service = await startService(t);
  const { status, headers } = await service.call('GET', '/assets/yesterday/app.js');
  assert.deepEqual([status, headers.get('cache-control')], [200, 'no-cache']);
});

test('what is not there is not kept either', async (t) => {
  const service = await startService(t);
  const { version } = readAssets(path.join(import.meta.dirname, '..', 'public'));
  for (const file of ['typo.js', '', '%2e%2e%2fpackage.json', '..%2f..%2fpackage.json']) {
    const { status, headers } = await service.call('GET', `/assets/${version}/${file}`);
    assert.ok([403, 404].includes(status), `${file}: ${status}`);
    assert.equal(headers.get('cache-control'), null);
  }
});

test('the version changes with any byte of any file', async (t) => {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'todo-'));
  t.after(() => rm(folder, { recursive: true }));
  const versions = new Set<string>();
  for (const [name, content] of [
    ['a.js', 'a'],
    ['b.js', 'b'],
    ['a.js', 'b'],
    ['b.js', ''],
  ] as const) {
    await writeFile(path.join(folder, name), content);
    versions.add(readAssets(folder).version);
  }
  assert.equal(versions.size, 4);
});

test('a file that is not there stops the start', () => {
  const assets = { names: ['app.js'], version: 'v' };
  assert.equal(
    renderPage('<script src="assets:app.js">', assets),
    '<script src="assets/v/app.js">',
  );
  assert.throws(() => renderPage('<script src="assets:typo.js">', assets), /names typo\.js/);
});

test('the page runs its own files and talks to its own origin, nothing else', async (t) => {
  const service = await startService(t);
  for (const target of ['/', '/api/currentUser', '/api/typo', '/favicon.svg']) {
    const { headers } = await service.call('GET', target);
    assert.equal(
      headers.get('content-security-policy'),
      "default-src 'self'; base-uri 'none'; form-action 'self'; object-src 'none'",
    );
    assert.equal(headers.get('x-content-type-options'), 'nosniff');
    assert.equal(headers.get('x-powered-by'), null);
  }
});

test('the page is asked for each time and sent once', async (t) => {
  const service = await startService(t);
  const { headers } = await service.call('GET', '/');
  assert.equal(headers.get('cache-control'), 'no-cache');
  // `fetch` would ask in a way that wants no 304.
  const again = http.get(service.url, { headers: { 'if-none-match': headers.get('etag') ?? '' } });
  const [response] = (await once(again, 'response')) as [http.IncomingMessage];
  assert.deepEqual([response.statusCode, await text(response)], [304, '']);
});

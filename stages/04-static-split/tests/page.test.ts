import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import http from 'node:http';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { test } from 'node:test';
import { cdnAddress } from '../page/assets.ts';
import { renderPage } from '../page/page.ts';
import { startProgram } from './program.ts';
import { CDN, startService } from './service.ts';

const DIST = path.join(import.meta.dirname, '..', 'cdn', 'dist');

test('the page names files of the CDN, each with the hash of what is in it', async (t) => {
  const service = await startService(t);
  const page = await service.call('GET', '/');
  assert.equal(page.status, 200);
  assert.match(page.headers.get('content-type') ?? '', /^text\/html/);
  const tags = [
    ...page.text.matchAll(/(?:src|href)="(https:[^"]*)" integrity="([^"]*)" crossorigin/g),
  ];
  assert.deepEqual(
    tags.map(([, url = '']) => url.replace(/-[A-Z\d]{8}/, '-HASH')),
    ['favicon-HASH.svg', 'styles-HASH.css', 'app-HASH.js'].map((file) => `${CDN}/${file}`),
  );
  for (const [, url = '', integrity] of tags) {
    const content = await readFile(path.join(DIST, path.basename(url)));
    assert.equal(integrity, `sha384-${createHash('sha384').update(content).digest('base64')}`);
  }
  assert.doesNotMatch(page.text, /cdn:/);
});

test('the page runs what comes from the CDN and talks to its own origin, nothing else', async (t) => {
  const service = await startService(t);
  for (const target of ['/', '/api/currentUser', '/api/typo']) {
    const { headers } = await service.call('GET', target);
    const policy = headers.get('content-security-policy') ?? '';
    assert.equal(
      policy,
      `default-src 'none'; script-src ${CDN}; style-src ${CDN}; img-src ${CDN}; connect-src 'self'; base-uri 'none'; form-action 'self'`,
    );
    assert.equal(headers.get('x-content-type-options'), 'nosniff');
    assert.equal(headers.get('x-powered-by'), null);
  }
  const data = await service.call('GET', '/api/rule');
  assert.match(data.headers.get('content-security-policy') ?? '', /script-src 'none'/);
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

test('where the picture of the user was, it is found', async (t) => {
  const service = await startService(t);
  const response = await fetch(`${service.url}/favicon.svg`, { redirect: 'manual' });
  assert.equal(response.status, 302);
  assert.match(response.headers.get('location') ?? '', /^https:\/\/cdn\.example\.com\/favicon-/);
});

test('a file that the build does not make stops the start', () => {
  assert.throws(() => renderPage('<script src="cdn:typo.js">', {}, CDN), /names cdn:typo\.js/);
});

test('the CDN is an origin, or a path behind the same address', () => {
  const read = (CDN_ORIGIN?: string) => cdnAddress(CDN_ORIGIN === undefined ? {} : { CDN_ORIGIN });
  for (const address of ['https://cdn.example.com', 'http://127.0.0.1:3002', '/cdn', '/files/todo'])
    assert.equal(read(address), address);
  for (const address of [
    undefined,
    '',
    'cdn.example.com',
    'https://cdn.example.com/',
    '//elsewhere',
  ])
    assert.throws(() => read(address), /CDN_ORIGIN is ".*": expected where the files/);
  for (const address of ['https://a/"><script>', "/cdn'", 'ftp://a', 'https://a; script-src *'])
    assert.throws(() => read(address), /CDN_ORIGIN is/);
});

test('without a CDN the program does not start, and says what is missing', async (t) => {
  const program = startProgram(t, { PORT: '0', CDN_ORIGIN: '' });
  assert.equal((await program.exited).code, 1);
  assert.match(program.output(), /CDN_ORIGIN is "": expected where the files of cdn\/dist are/);
});

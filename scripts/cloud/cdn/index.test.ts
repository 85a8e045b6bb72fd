import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { request as send } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createTestClock } from '../shared/test-clock.ts';
import { type CdnServer, startCdn } from './index.ts';

const SCRIPT = 'export const words = {};\n'.repeat(100);

let root: string;
let cdn: CdnServer;
const clock = createTestClock(Date.UTC(2026, 10, 25));

beforeEach(async () => {
  root = mkdtempSync(join(tmpdir(), 'cdn-'));
  const folder = join(root, 'public');
  mkdirSync(join(folder, 'assets'), { recursive: true });
  writeFileSync(join(root, 'secret.js'), 'secret');
  writeFileSync(join(folder, 'index.html'), '<!doctype html>');
  writeFileSync(join(folder, '.env'), 'secret');
  writeFileSync(join(folder, 'assets', 'app-4F7KQ2ZX.js'), SCRIPT);
  symlinkSync(join(root, 'secret.js'), join(folder, 'link.js'));
  cdn = await startCdn({ folder, clock });
});

afterEach(async () => {
  await cdn.close();
  rmSync(root, { recursive: true, force: true });
});

/** Sends a path as it stands: `fetch` would tidy it. */
function get(path: string): Promise<{ status: number; body: string }> {
  return new Promise((resolve, reject) => {
    send({ host: '127.0.0.1', port: new URL(cdn.url).port, path }, (incoming) => {
      let body = '';
      incoming
        .setEncoding('utf8')
        .on('data', (part) => (body += part))
        .on('end', () => resolve({ status: incoming.statusCode ?? 0, body }));
    })
      .on('error', reject)
      .end();
  });
}

describe('a local CDN', () => {
  it('serves a folder with types, tags and how long each file may be kept', async () => {
    const first = await fetch(`${cdn.url}/assets/app-4F7KQ2ZX.js`);
    expect(await first.text()).toBe(SCRIPT);
    expect(Object.fromEntries(first.headers)).toMatchObject({
      'access-control-allow-origin': '*',
      'cache-control': 'public, max-age=31536000, immutable',
      'content-encoding': 'gzip',
      'content-type': 'text/javascript; charset=utf-8',
      etag: expect.stringMatching(/^W\/"[\dA-F]{32}"$/) as string,
      'x-cache': 'MISS TCP_MISS dirn:-2:-2',
      'x-content-type-options': 'nosniff',
    });
    await clock.skip(3_000);
    const second = await fetch(`${cdn.url}/assets/app-4F7KQ2ZX.js`);
    expect([second.headers.get('x-cache'), second.headers.get('age')]).toEqual([
      'HIT TCP_MEM_HIT dirn:-2:-2',
      '3',
    ]);
    expect(second.headers.get('via')).toMatch(/^edge1\.local\[\d+,200-0,H\]$/);
  });

  it('asks each time for a file without a hash in its name', async () => {
    await fetch(`${cdn.url}/index.html`);
    const again = await fetch(`${cdn.url}/index.html`);
    expect(again.headers.get('x-cache')).toBe('MISS TCP_MISS dirn:-2:-2');
  });

  it.each([
    '/../secret.js',
    '/%2e%2e/secret.js',
    '/%2e%2e%2fsecret.js',
    '/..%2fsecret.js',
    '/assets/%2e%2e%2f%2e%2e%2fsecret.js',
    '/%2e%2e%5csecret.js',
    '/..\\secret.js',
    '/....//secret.js',
    '/%252e%252e%252fsecret.js',
    '/link.js',
    '/.env',
    '/%2eenv',
    '/',
    '/assets',
    '/assets/',
    '/%00',
    '/%',
    `/${'a'.repeat(5_000)}`,
  ])('does not give away %s', async (path) => {
    const { status, body } = await get(path);
    expect(status).toBe(404);
    expect(body).toContain('<Code>NoSuchKey</Code>');
  });

  it('says when its port is taken', async () => {
    const port = Number(new URL(cdn.url).port);
    await expect(startCdn({ folder: root, port })).rejects.toMatchObject({ code: 'EADDRINUSE' });
  });
});

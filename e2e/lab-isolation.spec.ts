// What a program sees of the tab that it runs in.
import { expect, test } from './lab/lab-test.ts';

test('lab: the program sees a Node process, and nothing of the browser or the site', async ({
  page,
  program,
}) => {
  const requests: string[] = [];
  const probe = `
import http from 'node:http';
const names = ['indexedDB', 'caches', 'Worker', 'SharedWorker', 'importScripts', 'BroadcastChannel', 'WebSocket',
  'XMLHttpRequest', 'EventSource', 'postMessage', 'onmessage', 'addEventListener', 'self', 'location', 'cookieStore', 'close'];
const attempt = async (url) => { try { await fetch(url); return 'answered'; } catch (error) { return error.message + ': ' + error.cause?.message; } };
http.createServer(async (request, response) => {
  response.end(JSON.stringify({
    visible: names.filter((name) => globalThis[name] !== undefined || name in globalThis && globalThis[name] !== undefined),
    inherited: names.filter((name) => { let o = globalThis; while ((o = Object.getPrototypeOf(o)) && o !== EventTarget.prototype) if (Object.hasOwn(o, name)) return true; return false; }),
    site: await attempt('${program.url}/page.js'),
    other: await attempt('https://example.com/'),
    refused: await attempt('http://localhost:9/'),
    navigator: Object.keys(navigator),
    environment: process.env,
    argv: process.argv,
    cwd: process.cwd(),
  }));
}).listen(Number(process.env.PORT));
`;
  page.on('request', (request) => requests.push(new URL(request.url()).origin));
  const seen = await page.evaluate(async (text) => {
    const deployment = await globalThis.lab.create({
      stage: '01-all-in-one',
      target: 'process',
      edits: { 'index.ts': text },
    });
    const shown = (await (await deployment.fetch('/')).json()) as Record<string, unknown>;
    await deployment.close();
    return shown;
  }, probe);
  expect(seen['visible']).toEqual([]);
  expect(seen['inherited']).toEqual([]);
  expect(seen['site']).toMatch(/^fetch failed: connect ECONNREFUSED/);
  expect(seen['other']).toBe('fetch failed: the Lab knows no network: https://example.com/');
  expect(seen['refused']).toBe('fetch failed: connect ECONNREFUSED 127.0.0.1:9');
  expect(seen['navigator']).not.toContain('serviceWorker');
  expect(seen['environment']).toEqual({ HOME: '/tmp', TMPDIR: '/tmp', PORT: '3001' });
  expect(seen['argv']).toEqual(['/usr/local/bin/node', '/code/index.ts']);
  expect(seen['cwd']).toBe('/code');
  expect(requests.filter((origin) => origin !== program.url && origin !== 'null')).toEqual([]);
});

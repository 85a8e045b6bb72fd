import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, it } from 'vitest';
import { serveMesh } from './mesh.ts';

const closing: (() => Promise<unknown> | void)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

async function start() {
  const asked: string[] = [];
  const mesh = await serveMesh({
    isInside: (host) => host === 'rule.default.svc.cluster.local',
    async answer(request) {
      asked.push(`${request.method} ${request.url} ${await request.text()}`);
      return new Response('from rule', {
        headers: [
          ['set-cookie', 'a=1'],
          ['set-cookie', 'b=2'],
        ],
      });
    },
  });
  closing.push(mesh.close);
  /** Runs a program as a pod's would be, and answers with what it prints. */
  const run = (code: string, more: Record<string, string> = {}): Promise<string> =>
    new Promise((resolve, reject) => {
      const options = { env: { PATH: process.env['PATH'], ...mesh.environment, ...more } };
      execFile(process.execPath, ['--input-type=module', '-e', code], options, (error, stdout) =>
        error ? reject(error) : resolve(stdout.trim()),
      );
    });
  return { asked, run };
}

const RULE = 'http://rule.default.svc.cluster.local';

it('a program’s fetch finds a service by its name in the cluster, query, body and cookies as they are', async () => {
  const { asked, run } = await start();
  const printed = await run(`
    const response = await fetch('${RULE}/api/rule?a=1&a=2', { method: 'POST', body: 'todo' });
    console.log(await response.text(), response.headers.getSetCookie().join());
  `);
  expect(printed).toBe('from rule a=1,b=2');
  expect(asked).toEqual([`POST ${RULE}/api/rule?a=1&a=2 todo`]);
});

it('nobody answers at a name of the cluster that is gone, as where DNS has no such name', async () => {
  const { asked, run } = await start();
  const printed = await run(`
    import { get } from 'node:http';
    get('http://gone.default.svc.cluster.local', (response) => console.log(response.statusCode)).on(
      'error', (error) => console.log(error.code),
    );
  `);
  expect(printed).toBe('ECONNRESET');
  expect(asked).toEqual([]);
});

it('so does node:http', async () => {
  const { asked, run } = await start();
  const printed = await run(`
    import { get } from 'node:http';
    get('${RULE}', async (response) => console.log((await response.toArray()).join('')));
  `);
  expect(printed).toBe('from rule');
  expect(asked).toEqual([`GET ${RULE}/ `]);
});

/** A server of this machine that is none of the cluster, and a port at which nobody listens. */
async function neighbours(): Promise<{ port: number; nobody: number }> {
  const servers = [1, 2].map(() =>
    createServer((_, response) => response.end('beside')).listen(0, '127.0.0.1'),
  );
  await Promise.all(servers.map((server) => once(server, 'listening')));
  const [port = 0, nobody = 0] = servers.map((server) => (server.address() as AddressInfo).port);
  servers[1]?.close();
  closing.push(() => void servers[0]?.close());
  return { port, nobody };
}

it('a name on this machine needs no proxy', async () => {
  const { asked, run } = await start();
  const { port } = await neighbours();
  const printed = await run(`console.log(await (await fetch('http://127.0.0.1:${port}')).text())`);
  expect([printed, asked]).toEqual(['beside', []]);
});

it('a name that is none of the cluster goes out, and says when nobody answers there', async () => {
  const { run } = await start();
  const { port, nobody } = await neighbours();
  // As if 127.0.0.1 were far away.
  const printed = await run(
    `
    import { get } from 'node:http';
    const ask = (port) => new Promise((resolve) =>
      get('http://127.0.0.1:' + port, (response) => { response.resume(); resolve(response.statusCode); }));
    console.log(await ask(${port}), await ask(${nobody}));
    console.log(await (await fetch('http://127.0.0.1:${port}')).text());
    console.log(await fetch('http://127.0.0.1:${nobody}').then(() => 'answered', () => 'failed'));
  `,
    { NO_PROXY: '' },
  );
  expect(printed.split('\n')).toEqual(['200 502', 'beside', 'failed']);
});

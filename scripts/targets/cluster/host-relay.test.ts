import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { expect, it, onTestFinished } from 'vitest';
import { openHostRelay } from './host-relay.ts';

it('asks an ingress under the host that it knows, and passes all else on as it is', async () => {
  const seen: unknown[] = [];
  const ingress = createServer((request, response) => {
    const { method, url, headers } = request;
    void text(request).then((body) => {
      seen.push([method, url, headers.host, headers.cookie, body]);
      response.writeHead(201, { 'set-cookie': ['a=1', 'b=2'] }).end('from inside');
    });
  });
  await new Promise<void>((resolve) => ingress.listen(0, '127.0.0.1', resolve));
  const to = (ingress.address() as AddressInfo).port;
  const host = 'myapp.todo.svc.cluster.local';
  const relay = await openHostRelay({ port: 0, host, to });
  onTestFinished(async () => {
    await relay.close();
    ingress.close();
  });

  const response = await fetch(`http://127.0.0.1:${relay.port}/api/rule?a=1&a=%20`, {
    ...{ method: 'DELETE', body: '{"key":1}', headers: { cookie: 'token=x' } },
  });
  expect(seen).toEqual([['DELETE', '/api/rule?a=1&a=%20', host, 'token=x', '{"key":1}']]);
  expect([response.status, response.headers.getSetCookie(), await response.text()]).toEqual([
    201,
    ['a=1', 'b=2'],
    'from inside',
  ]);
});

it('says so when the ingress is away', async () => {
  const relay = await openHostRelay({ port: 0, host: 'a.b', to: 1 });
  onTestFinished(() => relay.close());
  expect((await fetch(`http://127.0.0.1:${relay.port}/`)).status).toBe(502);
});

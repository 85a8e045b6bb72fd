import assert from 'node:assert/strict';
import { once } from 'node:events';
import http from 'node:http';
import net, { type AddressInfo } from 'node:net';
import { test } from 'node:test';
import { startProgram, urlIn } from './program.ts';
import { signIn } from './service.ts';

test('a taken port is said in one line, with the way out', async (t) => {
  const other = net.createServer().listen(0);
  t.after(() => other.close());
  await once(other, 'listening');
  const { port } = other.address() as AddressInfo;
  const program = startProgram(t, { PORT: String(port) });
  assert.deepEqual(await program.exited, { code: 1, signal: null });
  assert.equal(
    program.output(),
    `Port ${port} is taken. Stop what uses it, or start on another one: PORT=${port + 1} npm start\n`,
  );
});

test('a port that is none is said in one line', async (t) => {
  for (const port of ['abc', '65536', '-1', '']) {
    const program = startProgram(t, { PORT: port });
    assert.deepEqual(await program.exited, { code: 1, signal: null });
    assert.match(
      program.output(),
      /^PORT is ".*": expected a number from 0 \(any free port\) to 65535\.\n$/,
    );
  }
});

test('SIGTERM: requests under way are answered, then the process ends', async (t) => {
  const program = startProgram(t, { PORT: '0' });
  const url = urlIn(await program.listening);
  const agent = new http.Agent({ keepAlive: true });
  t.after(() => agent.destroy());

  // Half a request: the service waits for the other half while it is told to stop.
  const request = http.request(`${url}/api/rule`, {
    ...{ method: 'POST', agent },
    headers: { 'content-type': 'application/json', cookie: await signIn(url) },
  });
  request.write('{"name": "Buy');
  await once(request, 'socket');
  await (await fetch(`${url}/healthz`)).arrayBuffer();
  program.signal('SIGTERM');
  await refused(url);

  const answered = once(request, 'response');
  const told = performance.now();
  request.end(' milk"}');
  const [response] = (await answered) as [http.IncomingMessage];
  response.resume();
  assert.equal(response.statusCode, 201);
  assert.deepEqual(await program.exited, { code: 0, signal: null });
  assert.ok(performance.now() - told < 2_000, 'an idle connection kept the process');
});

test('a second signal ends the process at once', async (t) => {
  const program = startProgram(t, { PORT: '0' });
  const url = urlIn(await program.listening);
  const request = http.request(`${url}/api/rule`, {
    method: 'POST',
    headers: { 'content-length': 9, 'content-type': 'application/json', cookie: await signIn(url) },
  });
  request.on('error', () => undefined).write('{');
  await once(request, 'socket');
  await (await fetch(`${url}/healthz`)).arrayBuffer();
  program.signal('SIGINT');
  await refused(url);
  program.signal('SIGINT');
  assert.deepEqual(await program.exited, { code: null, signal: 'SIGINT' });
});

/** Resolves once the port takes no connection any more. */
async function refused(url: string): Promise<void> {
  const { hostname, port } = new URL(url);
  for (;;) {
    const socket = net.connect(Number(port), hostname);
    const connected = await Promise.race([
      once(socket, 'connect').then(() => true),
      once(socket, 'error').then(() => false),
    ]).catch(() => false);
    socket.destroy();
    if (!connected) return;
  }
}

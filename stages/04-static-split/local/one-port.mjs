// Puts the program and the CDN behind one port, the CDN under /cdn, as a gateway would.
import { once } from 'node:events';
import http from 'node:http';
import net from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';

const CDN_PATH = '/cdn';
const ASK_EVERY_MILLISECONDS = 20;

/**
 * Tells the program to listen elsewhere. What it answers with listens where the program would have, as soon as
 * the program is there.
 */
export async function joinPorts(environment) {
  const port = Number(environment.PORT ?? 3001);
  const cdn = new URL(environment.CDN_ORIGIN);
  const program = await freePort();
  Object.assign(environment, { CDN_ORIGIN: CDN_PATH, PORT: String(program) });
  const gateway = http.createServer((request, response) => {
    const isFile = request.url.startsWith(`${CDN_PATH}/`);
    const path = isFile ? request.url.slice(CDN_PATH.length) : request.url;
    const onward = http.request({
      ...{ host: '127.0.0.1', port: isFile ? cdn.port : program, path },
      ...{ method: request.method, headers: request.headers },
    });
    onward.on('response', (answer) => {
      response.writeHead(answer.statusCode, answer.rawHeaders);
      answer.pipe(response);
    });
    onward.on('error', () =>
      response.headersSent ? response.destroy() : response.writeHead(502).end(),
    );
    request.pipe(onward);
  });
  return async () => {
    while (!(await isThere(program))) await pause(ASK_EVERY_MILLISECONDS);
    await once(gateway.listen(port), 'listening');
    // It ends with the program, and does not keep the process alive.
    gateway.unref();
    console.log(`Page and files on http://localhost:${gateway.address().port}`);
  };
}

async function isThere(port) {
  const socket = net.connect(port, '127.0.0.1');
  try {
    await once(socket, 'connect');
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}

/** A port that was free a moment ago. */
async function freePort() {
  const server = net.createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  await once(server, 'close');
  return port;
}

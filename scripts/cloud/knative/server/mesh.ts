import { createServer, type IncomingMessage } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { listenerFor } from '../../server/serve.ts';

export interface MeshOptions {
  /** Whether a name is one of the cluster's own. */
  isInside(host: string): boolean;
  /** Answers a request to such a name. */
  answer(request: Request): Promise<Response>;
}

/** The way from a program to the names of its cluster. */
export interface Mesh {
  /** What a program has to know of it: Node's own clients take it as their proxy. */
  readonly environment: Readonly<Record<string, string>>;
  close(): Promise<void>;
}

const LOOPBACK = '127.0.0.1';
/** The end of every name that only the cluster's own DNS knows. */
const CLUSTER = '.cluster.local';
/** Programs and what runs beside them find each other without a proxy. */
const NOT_THROUGH = 'localhost,127.0.0.1,::1';

/**
 * Resolves the cluster's names for programs that are processes of this machine, which has no DNS for them: it
 * is their HTTP proxy. Other names go out as they would from a pod.
 *
 * @example
 * const mesh = await serveMesh({ isInside: knative.hasHost, answer: (request) => knative.handle(request, 'inside') });
 * mesh.environment // { NODE_USE_ENV_PROXY: '1', HTTP_PROXY: 'http://127.0.0.1:38011', NO_PROXY: 'localhost,127.0.0.1,::1' }
 */
export async function serveMesh({ isInside, answer }: MeshOptions): Promise<Mesh> {
  const sockets = new Set<Socket>();
  const listener = listenerFor((request) =>
    isInside(new URL(request.url).hostname) ? answer(request) : outside(request),
  );
  const server = createServer((incoming, outgoing) => {
    // As in a cluster, where DNS has no such name: nobody answers, in whatever words.
    if (isMissing(hostOf(incoming.url), isInside)) return void outgoing.destroy();
    // `GET http://rule.default/api HTTP/1.1` is how a proxy is asked; the host stands in a header too.
    incoming.url = incoming.url?.replace(/^http:\/\/[^/]*/, '') || '/';
    listener(incoming, outgoing);
  });
  server.on('connect', ({ url = '' }: IncomingMessage, socket: Socket) => {
    const { hostname, port } = new URL(`http://${url}`);
    if (isInside(hostname)) {
      socket.write(ESTABLISHED);
      // What comes through the tunnel is spoken to this server.
      server.emit('connection', socket);
      return;
    }
    const beyond = connect(Number(port) || 80, hostname, () => {
      socket.write(ESTABLISHED);
      socket.pipe(beyond).pipe(socket);
    });
    for (const end of [socket, beyond]) {
      sockets.add(end);
      end.once('close', () => sockets.delete(end));
    }
    beyond.once('error', () => socket.end(REFUSED));
    socket.once('error', () => beyond.destroy());
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(0, LOOPBACK, resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    environment: {
      NODE_USE_ENV_PROXY: '1',
      HTTP_PROXY: `http://${LOOPBACK}:${port}`,
      NO_PROXY: NOT_THROUGH,
    },
    async close() {
      for (const socket of sockets) socket.destroy();
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
  };
}

/** Whether it could only be a name of the cluster, and is none. */
function isMissing(host: string, isInside: MeshOptions['isInside']): boolean {
  return host.endsWith(CLUSTER) && !isInside(host);
}

function hostOf(url = ''): string {
  return URL.canParse(url) ? new URL(url).hostname : '';
}

const ESTABLISHED = 'HTTP/1.1 200 Connection established\r\n\r\n';
const REFUSED = 'HTTP/1.1 502 Bad Gateway\r\nconnection: close\r\n\r\n';

async function outside(request: Request): Promise<Response> {
  try {
    const response = await fetch(request);
    // fetch has unpacked the body.
    const headers = new Headers(response.headers);
    headers.delete('content-encoding');
    headers.delete('content-length');
    const { status, statusText } = response;
    return new Response(response.body, { status, statusText, headers });
  } catch {
    return new Response('the name is none of the cluster, and nobody answers at it\n', {
      status: 502,
    });
  }
}

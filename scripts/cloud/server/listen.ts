import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Server {
  readonly port: number;
  /** Ends every connection: a request in flight stays unanswered. */
  close(): Promise<void>;
}

/**
 * Listens for HTTP on a port; 0 takes any free one. Rejects when the port is taken.
 *
 * @example const { port, close } = await listen(0, (incoming, outgoing) => outgoing.end('hello'), '127.0.0.1');
 */
export async function listen(
  port: number,
  answer: RequestListener,
  host?: string,
): Promise<Server> {
  const server = createServer(answer);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(port, host, resolve);
  });
  return {
    port: (server.address() as AddressInfo).port,
    async close() {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
  };
}

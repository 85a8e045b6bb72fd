import { exchange } from '../../cloud/hosts/node/exchange.ts';
import { serve } from '../../cloud/server/serve.ts';

/** A way to one of the hosts behind an ingress. */
export interface HostRelay {
  readonly port: number;
  /** Sends a request as if it were for that host. */
  fetch(request: Request): Promise<Response>;
  close(): Promise<void>;
}

/**
 * Listens on this machine and passes each request on to an ingress under another host: that is how an ingress
 * tells its services apart, and `localhost` is none of them.
 *
 * @example const relay = await openHostRelay({ port: 3001, host: 'myapp.default.svc.cluster.local', to: 31080 });
 */
export async function openHostRelay({
  port,
  host,
  to,
}: {
  /** 0: any free one. */
  readonly port: number;
  readonly host: string;
  /** The ingress's port on this machine. */
  readonly to: number;
}): Promise<HostRelay> {
  const fetch = (request: Request): Promise<Response> => {
    const { pathname, search, host: asked } = new URL(request.url);
    const headers = new Headers(request.headers);
    // A Request keeps the one that it came with.
    headers.delete('host');
    headers.set('x-forwarded-host', asked);
    const forwarded = new Request(`http://${host}${pathname}${search}`, {
      ...{ method: request.method, headers, body: request.body, signal: request.signal },
      duplex: 'half',
    } as RequestInit);
    return exchange(forwarded, { host: '127.0.0.1', port: to });
  };
  const server = await serve(
    port,
    (request) =>
      fetch(request).catch(() => new Response('the ingress does not answer\n', { status: 502 })),
    '127.0.0.1',
  );
  return { port: server.port, fetch, close: () => server.close() };
}

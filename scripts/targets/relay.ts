import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/** Takes connections at one address and passes each on to another, byte for byte. */
export interface Relay {
  readonly port: number;
  close(): Promise<void>;
}

export interface RelayOptions {
  readonly host: string;
  /** 0 is any free port. */
  readonly port: number;
  readonly to: { readonly host: string; readonly port: number };
}

/**
 * Opens a relay. Each connection gets one of its own behind it, so whoever balances connections there goes on doing so.
 *
 * @example const relay = await openRelay({ host: '172.17.0.1', port: 0, to: { host: '127.0.0.1', port: 4005 } });
 */
export async function openRelay({ host, port, to }: RelayOptions): Promise<Relay> {
  const open = new Set<Socket>();
  const keep = (socket: Socket): void => {
    open.add(socket);
    socket.once('close', () => open.delete(socket));
  };
  const server = createServer({ allowHalfOpen: true }, (near) => {
    const far = connect({ ...to, allowHalfOpen: true });
    keep(near);
    keep(far);
    near.setNoDelay(true).pipe(far);
    far.setNoDelay(true).pipe(near);
    // One end that breaks is told to the other as a broken connection too.
    near.on('error', () => far.destroy()).once('close', () => far.destroy());
    far.on('error', () => near.resetAndDestroy());
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(port, host, resolve);
  });
  return {
    port: (server.address() as AddressInfo).port,
    async close() {
      const closed = new Promise((resolve) => server.close(resolve));
      for (const socket of open) socket.destroy();
      await closed;
    },
  };
}

import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { openRelay } from '../relay.ts';
import type { Kubectl } from './kubectl.ts';

/** What of a Service says how it is reached; a part of `kubectl get service --output json`. */
export interface Service {
  readonly spec: {
    readonly selector?: Readonly<Record<string, string>>;
    readonly ports: readonly { readonly port: number; readonly nodePort?: number }[];
  };
}

/** A port of this machine behind which a Service of the cluster answers. */
export interface Address {
  readonly port: number;
  /** `node port` or `port forward`. */
  readonly by: string;
  close(): Promise<void>;
}

/** A node that does not take a connection in this time is not reached from here. */
const CONNECT_MS = 1_000;
/** How long a node's port is tried: it may be opened a moment after the pods are ready. */
const OPENED_MS = 3_000;
/** How long until a port that was closed, or a forward that ended, is tried again. */
const AGAIN_MS = 300;
const FORWARDING = /Forwarding from 127\.0\.0\.1:(\d+)/;

export interface AddressOptions {
  readonly kubectl: Kubectl;
  readonly name: string;
  readonly service: Service;
  /** Where this machine listens; 0: any free port. */
  readonly port: number;
}

/**
 * Opens a way to a Service: by the node's own port where one is reached from here, since there each connection goes
 * to a pod of its own; else by kubectl's port forward, which goes to one pod and is opened again when that ends.
 *
 * @example const { port } = await openAddress({ kubectl, name: 'todo', service, port: 3001 });
 */
export async function openAddress(options: AddressOptions): Promise<Address> {
  const nodePort = options.service.spec.ports[0]?.nodePort;
  if (nodePort !== undefined) {
    const host = await findNode(await nodeAddresses(options.kubectl), nodePort);
    if (host !== undefined) {
      const relay = await openRelay({
        ...{ host: '127.0.0.1', port: options.port },
        to: { host, port: nodePort },
      });
      return { ...relay, by: 'node port' };
    }
  }
  return forward(options);
}

/** The first address at which a node takes connections to its port; undefined where none is reached from here. */
async function findNode(addresses: readonly string[], port: number): Promise<string | undefined> {
  const end = performance.now() + OPENED_MS;
  do {
    for (const host of ['127.0.0.1', ...addresses]) {
      if (await takesConnections(host, port)) return host;
    }
    await pause(AGAIN_MS);
  } while (performance.now() < end);
  return undefined;
}

async function nodeAddresses(kubectl: Kubectl): Promise<string[]> {
  const type = 'InternalIP';
  const path = `jsonpath={.items[*].status.addresses[?(@.type=="${type}")].address}`;
  return (await kubectl.run(['get', 'nodes', '--output', path])).split(' ').filter(Boolean);
}

async function takesConnections(host: string, port: number): Promise<boolean> {
  const socket = connect({ host, port, timeout: CONNECT_MS });
  socket.once('timeout', () => socket.destroy(new Error('timeout')));
  try {
    await once(socket, 'connect');
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}

interface Forward {
  readonly child: ChildProcess;
  readonly port: number;
  readonly ended: Promise<unknown>;
}

async function forward({ kubectl, name, service, port }: AddressOptions): Promise<Address> {
  const target = [`service/${name}`, service.spec.ports[0]?.port ?? 0] as const;
  let current = await openForward(kubectl, target, port);
  const kept = current.port;
  let closed = false;
  void (async () => {
    for (;;) {
      await current.ended;
      if (closed) return;
      // While no pod is ready there is nothing to forward to.
      const next = await openForward(kubectl, target, kept).catch(() => pause(AGAIN_MS));
      if (next) current = next;
    }
  })();
  return {
    port: kept,
    by: 'port forward',
    async close() {
      closed = true;
      current.child.kill();
      await current.ended;
    },
  };
}

async function openForward(
  kubectl: Kubectl,
  [target, port]: readonly [string, number],
  local: number,
): Promise<Forward> {
  const child = kubectl.start([
    ...['port-forward', '--address', '127.0.0.1', target],
    `${local || ''}:${port}`,
  ]);
  const ended = once(child, 'close');
  ended.catch(() => undefined);
  let said = '';
  const listening = new Promise<number>((resolve, reject) => {
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding('utf8').on('data', (chunk: string) => {
        said += chunk;
        const match = FORWARDING.exec(said);
        if (match) resolve(Number(match[1]));
      });
    }
    const fail = (): void => reject(new Error(`kubectl port-forward ended: ${said.trim()}`));
    ended.then(fail, fail);
  });
  return { child, ended, port: await listening };
}

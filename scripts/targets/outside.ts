import type { Docker } from '../cloud/hosts/docker/index.ts';
import { openRelay, type Relay } from './relay.ts';

/** How a container calls the machine that it runs on. */
const MACHINE = 'host.docker.internal';
/** Addresses of services beside the stage end so; a page's own (`CDN_ORIGIN`) are for the browser, which is no container. */
const ADDRESS = /_ENDPOINT$/;

/** The environment of a container that finds this machine's services, and what keeps them in its reach. */
export interface Outside {
  readonly environment: Readonly<Record<string, string>>;
  close(): Promise<void>;
}

/**
 * Makes services that listen on this machine's loopback reachable from containers, and nowhere else. Docker
 * Desktop does so by itself; elsewhere a relay listens on Docker's own bridge.
 *
 * @example await openToContainers(docker, { TABLESTORE_ENDPOINT: 'http://127.0.0.1:4005' })
 */
export async function openToContainers(
  docker: Docker,
  environment: Readonly<Record<string, string>>,
): Promise<Outside> {
  const services = localServices(environment);
  const gateway = services.length === 0 ? undefined : await bridgeOf(docker);
  const relays: Relay[] = [];
  const changed: Record<string, string> = { ...environment };
  for (const { variable, url } of services) {
    const relay = gateway === undefined ? undefined : await relayOn(gateway, url);
    if (relay) relays.push(relay);
    changed[variable] = withHost(url, `${MACHINE}:${relay?.port ?? url.port}`);
  }
  return {
    environment: changed,
    close: async () => void (await Promise.all(relays.map((relay) => relay.close()))),
  };
}

/**
 * The services of an environment that listen on this machine's loopback.
 *
 * @example localServices({ TABLESTORE_ENDPOINT: 'http://127.0.0.1:4005' })[0]?.variable // 'TABLESTORE_ENDPOINT'
 */
export function localServices(
  environment: Readonly<Record<string, string>>,
): { variable: string; url: URL }[] {
  return Object.entries(environment).flatMap(([variable, value]) => {
    if (!ADDRESS.test(variable) || !URL.canParse(value)) return [];
    const url = new URL(value);
    return url.port && /^(localhost|127\..*|\[::1\])$/.test(url.hostname)
      ? [{ variable, url }]
      : [];
  });
}

/** The part of `docker network inspect` that is read. */
interface Network {
  readonly IPAM: { readonly Config: readonly { Subnet?: string; Gateway?: string }[] | null };
}

/**
 * The machine's own address on a bridge network: its gateway, which some versions leave out where it is the first.
 *
 * @example gatewayOf({ IPAM: { Config: [{ Subnet: '172.17.0.0/16' }] } }) // '172.17.0.1'
 */
export function gatewayOf({ IPAM }: Network): string | undefined {
  for (const { Gateway, Subnet } of IPAM.Config ?? []) {
    if (Gateway) return Gateway;
    const network = /^(\d+\.\d+\.\d+)\.0\//.exec(Subnet ?? '')?.[1];
    if (network) return `${network}.1`;
  }
  return undefined;
}

async function bridgeOf(docker: Docker): Promise<string | undefined> {
  const [network] = JSON.parse(await docker.run(['network', 'inspect', 'bridge'])) as Network[];
  return network && gatewayOf(network);
}

/** A relay on Docker's bridge, where this machine is on it: Docker Desktop has it in a machine of its own. */
async function relayOn(gateway: string, url: URL): Promise<Relay | undefined> {
  try {
    const to = { host: bare(url.hostname), port: Number(url.port) };
    return await openRelay({ host: gateway, port: 0, to });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EADDRNOTAVAIL') return undefined;
    throw error;
  }
}

function bare(host: string): string {
  return host.replaceAll(/[[\]]/g, '');
}

function withHost(url: URL, host: string): string {
  const changed = new URL(url);
  changed.host = host;
  // A service's SDK may take the last slash for a part of its path.
  return changed.href.replace(/\/$/, url.pathname === '/' ? '' : '/');
}

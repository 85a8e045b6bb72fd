import { type Network, nobodyThere } from '../cloud/hosts/worker/index.ts';
import type { Clock } from '../cloud/shared/clock.ts';
import type { Emit } from '../cloud/shared/events.ts';
import type { Surroundings } from '../cloud/shared/platform.ts';
import { createRequest } from '../cloud/shared/web-messages.ts';
import { Failure } from '../shared/failure.ts';
import { type BuiltFiles, SERVICE_ORIGINS, type ServicesPayload } from './payload.ts';

/** As many bytes as HS256 needs: RFC 7518, 3.2. */
const SECRET_BYTES = 32;

/** A service beside a stage, in the tab. */
export interface LabService {
  /** What the stage has to know of it. */
  readonly environment: Readonly<Record<string, string>>;
  /** Where browsers find it below the stage's own address: `/cdn`. */
  readonly path?: string;
  fetch(request: Request): Promise<Response>;
  /** As it was at first: what it stores is gone. */
  reset(): void;
}

export interface LabServiceOptions {
  readonly origin: string;
  readonly secret: string;
  readonly clock: Clock;
  readonly emit: Emit;
  /** The stage's page is shown in a frame, which has no other origin than its own. */
  readonly isFramed: boolean;
  readonly built: BuiltFiles | undefined;
  /** Told of faults of ours. */
  readonly report: (error: unknown) => void;
}

/** How each service is started; loaded when a stage asks for it. */
const KINDS: Readonly<Record<string, () => Promise<(options: LabServiceOptions) => LabService>>> = {
  tablestore: async () => (await import('./services/tablestore.ts')).createLabTablestore,
  cdn: async () => (await import('./services/cdn.ts')).createLabCdn,
};

/** All that runs beside one stage in the tab. */
export interface LabServices extends Surroundings {
  readonly environment: Readonly<Record<string, string>>;
  readonly network: Network;
  /** Asks one of them as a browser would; undefined for what the stage itself is to answer. */
  fetch(address: string, init?: RequestInit): Promise<Response> | undefined;
  reset(): void;
}

export interface LabServicesOptions {
  readonly clock: Clock;
  readonly emit?: Emit;
  /** The stage's page is shown in a frame. */
  readonly isFramed?: boolean;
}

/**
 * Starts what stands beside a stage, without a server: its programs reach it through the network of their host.
 *
 * @example
 * const services = await startLabServices(files.payload, { clock: systemClock });
 * services.environment['TABLESTORE_ENDPOINT']; // 'http://tablestore.lab'
 */
export async function startLabServices(
  { services = [], secrets = [], built }: ServicesPayload,
  { clock, emit = () => undefined, isFramed = false }: LabServicesOptions,
): Promise<LabServices> {
  const environment: Record<string, string> = {};
  const running = new Map<string, LabService>();
  const away = new Set<string>();
  for (const name of secrets) environment[name] = makeSecret();
  for (const name of services) {
    const load = Object.hasOwn(KINDS, name) ? KINDS[name] : undefined;
    if (!load) throw unknown(name, Object.keys(KINDS));
    const create = await load();
    const service = create({
      origin: originOf(name),
      secret: makeSecret(),
      clock,
      emit,
      isFramed,
      built,
      report: (error) => console.error(error),
    });
    running.set(name, service);
    Object.assign(environment, service.environment);
  }

  const find = (name: string): void => {
    if (!running.has(name)) throw unknown(name, [...running.keys()]);
  };
  async function ask(request: Request): Promise<Response> {
    const { origin } = new URL(request.url);
    const [name, service] = [...running].find(([each]) => originOf(each) === origin) ?? [];
    if (!service || name === undefined || away.has(name)) throw nobodyThere(origin);
    return service.fetch(request);
  }

  return {
    environment,
    network: { origins: [...running.keys()].map(originOf), fetch: ask },
    fetch(address, init) {
      if (!address.startsWith('/')) return ask(createRequest(new URL(address), init));
      for (const [name, { path }] of running)
        if (path !== undefined && address.startsWith(`${path}/`))
          return ask(createRequest(new URL(address.slice(path.length), originOf(name)), init));
      return undefined;
    },
    async interrupt(name) {
      find(name);
      away.add(name);
    },
    async restore(name) {
      find(name);
      away.delete(name);
    },
    reset() {
      away.clear();
      for (const service of running.values()) service.reset();
    },
  };
}

function originOf(name: string): string {
  return SERVICE_ORIGINS[name] ?? '';
}

function makeSecret(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(SECRET_BYTES));
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');
}

function unknown(name: string, known: readonly string[]): Failure {
  const there = known.length === 0 ? 'There is nothing' : `There is ${known.join(', ')}`;
  return new Failure(
    'E_LAB_SERVICE',
    `nothing called "${name}" runs beside this stage in the Lab. ${there}.`,
  );
}

import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import type { Emit } from '../cloud/shared/events.ts';
import type { Surroundings } from '../cloud/shared/platform.ts';
import { EXIT, Failure } from '../shared/failure.ts';
import type { ServiceName, StageDescription } from '../stages/schema.ts';
import type { Service, ServiceOptions } from './services/service.ts';

/** As many bytes as HS256 needs: RFC 7518, 3.2. */
const SECRET_BYTES = 32;

interface Kind {
  /** What a reader's environment has to hold so that theirs is used and none is started. */
  readonly variables: readonly [string, ...string[]];
  start(options: ServiceOptions, stage: Pick<StageDescription, 'services'>): Promise<Service>;
}

/** How each service is started on this machine; loaded when a stage asks for it. */
const KINDS: Partial<Record<ServiceName, Kind>> = {
  tablestore: {
    variables: [
      'TABLESTORE_ENDPOINT',
      'TABLESTORE_INSTANCE',
      'TABLESTORE_ACCESS_KEY_ID',
      'TABLESTORE_ACCESS_KEY_SECRET',
    ],
    start: async (options) => (await import('./services/tablestore.ts')).startTablestore(options),
  },
  cdn: {
    variables: ['CDN_ORIGIN'],
    async start(options, { services }) {
      if (!services?.cdn) throw new Error('the stage has no cdn');
      return (await import('./services/cdn.ts')).startCdnService(options, services.cdn);
    },
  },
};

export interface ServicesOptions {
  /** What stands beside the stage, as its stage.json says. */
  readonly stage: Pick<StageDescription, 'id' | 'services' | 'secrets'>;
  readonly directory: string;
  /** True: what they store is kept in the stage's folder, and a service that `own` names is used instead. */
  readonly keep: boolean;
  /** The reader's environment. */
  readonly own?: Readonly<Record<string, string | undefined>>;
  /** Runs a script of the stage that makes a folder; without it what is there is taken as it is. */
  readonly build?: (script: string, folder: string) => Promise<void>;
  readonly emit?: Emit;
  readonly say?: (line: string) => void;
}

/** All that runs beside one stage. */
export interface RunningServices extends Surroundings {
  /** What the stage has to know of them. */
  readonly environment: Readonly<Record<string, string>>;
  /** Asks one of them at its address, as a browser would. */
  fetch(address: string, init?: RequestInit): Promise<Response>;
  close(): Promise<void>;
}

/**
 * Starts what stands beside a stage and makes up its secrets; on failure nothing is left running.
 *
 * @example
 * const services = await startServices({ stage, directory: stage.directory, keep: false });
 * services.environment['TABLESTORE_ENDPOINT']; // 'http://127.0.0.1:38087'
 * await services.close();
 */
export async function startServices(options: ServicesOptions): Promise<RunningServices> {
  const { stage, directory, keep, build, emit = ignore, say = ignore } = options;
  const own = keep ? (options.own ?? {}) : {};
  const environment: Record<string, string> = {};
  const running = new Map<string, Service>();
  const closeAll = async (): Promise<void> => {
    await Promise.all([...running.values()].map((service) => service.close()));
  };

  for (const name of stage.secrets ?? [])
    environment[name] = own[name] ?? randomBytes(SECRET_BYTES).toString('base64url');
  try {
    for (const name of Object.keys(stage.services ?? {}) as ServiceName[]) {
      const kind = Object.hasOwn(KINDS, name) ? KINDS[name] : undefined;
      if (!kind) throw unknownService(stage.id, name);
      const theirs = ownService(kind.variables, own);
      if (theirs) {
        say(
          `Using the ${name} at ${theirs[kind.variables[0]] ?? ''}, which the environment names.`,
        );
        Object.assign(environment, theirs);
        continue;
      }
      const keepIn = keep ? join(directory, 'local') : undefined;
      const service = await kind.start({ directory, keepIn, build, emit, say }, stage);
      running.set(name, service);
      Object.assign(environment, service.environment);
    }
  } catch (error) {
    await closeAll();
    throw error;
  }

  const find = (name: string): Service => {
    const service = running.get(name);
    if (service) return service;
    throw new Failure(
      'E_SERVICE_UNKNOWN',
      `nothing called "${name}" runs beside ${stage.id}. There ${list([...running.keys()])}.`,
      EXIT.usage,
    );
  };
  return {
    environment,
    async fetch(address, init) {
      const { origin } = new URL(address);
      const asked = [...running.values()].find(({ environment: variables }) =>
        Object.values(variables).includes(origin),
      );
      // What is not ours, such as a CDN that the reader brings, is asked over the network.
      return asked?.fetch ? asked.fetch(new Request(address, init)) : fetch(address, init);
    },
    interrupt: async (name) => find(name).interrupt(),
    restore: async (name) => find(name).restore(),
    close: closeAll,
  };
}

/** The variables of a service that the reader brings, all of them or none. */
function ownService(
  variables: readonly [string, ...string[]],
  own: Readonly<Record<string, string | undefined>>,
): Record<string, string> | undefined {
  if (!own[variables[0]]) return undefined;
  const missing = variables.filter((name) => !own[name]);
  if (missing.length > 0) {
    throw new Failure(
      'E_SERVICE_VARIABLES',
      `the environment sets ${variables[0]} but not ${missing.join(', ')}. Set all of ${variables.join(', ')}, or none: then a local one is started.`,
      EXIT.usage,
    );
  }
  return Object.fromEntries(variables.map((name) => [name, own[name] ?? '']));
}

function unknownService(stage: string, name: string): Failure {
  return new Failure(
    'E_SERVICE_UNKNOWN',
    `${stage} wants "${name}" beside it, which nothing here can start yet. Known: ${Object.keys(KINDS).join(', ')}.`,
    EXIT.bug,
  );
}

function list(names: readonly string[]): string {
  return names.length === 0 ? 'is nothing' : `is ${names.join(', ')}`;
}

function ignore(): void {
  // Nobody listens.
}

import type { Emit, StopReason } from '../../shared/events.ts';
import type { Host, Instance, Program } from '../../shared/instance.ts';
import type { InstanceView, Platform, ProductOptions } from '../../shared/platform.ts';
import type { SkippableClock } from '../../shared/skippable-clock.ts';
import { unknownInstance } from '../../shared/platform-errors.ts';
import { type Tell, traced } from '../../shared/traced-request.ts';
import { createRequest } from '../../shared/web-messages.ts';

/** How long a program may take to drain after SIGTERM, where nobody says otherwise: a reader waits for it after Ctrl-C. */
const STOP_GRACE_MS = 5_000;

export interface MachineOptions extends ProductOptions {
  readonly program: Program;
  /** What the process is called in events: `web`, and its instances `web-1`, `web-2`. */
  readonly service: string;
  /** Where the program listens; 0 is any free port, kept over restarts. */
  readonly port: number;
  readonly environment: Readonly<Record<string, string>>;
  readonly host: Host;
  readonly clock: SkippableClock;
  /** How long the program may take to drain after SIGTERM, in milliseconds; 5,000 unless told. */
  readonly grace?: number;
}

/** One machine with one process on it. */
export interface Machine extends Platform {
  /** Where the program listens, so that a browser reaches it without a detour. */
  readonly port: number;
  close(): Promise<void>;
}

interface Running {
  readonly instance: Instance;
  served: number;
  busy: number;
  state: 'starting' | 'running' | 'stopped';
  /** Why it is being ended; without one, an end is a crash. */
  ending?: StopReason;
}

/**
 * Runs a program as one process, as on a rented machine: the platform starts it once and never
 * again. Whoever kills it has to restart it.
 *
 * @example
 * const machine = await createMachine({ program, service: 'web', port: 3001, environment: {}, host, clock, emit });
 * await machine.fetch('/api/rule');
 * await machine.close();
 */
export async function createMachine(options: MachineOptions): Promise<Machine> {
  const { program, service, host, clock, grace = STOP_GRACE_MS } = options;
  const tell = stamp(options.emit, clock);
  let { port, environment } = options;
  let starts = 0;
  let requests = 0;
  let current: Running | undefined;

  async function start(): Promise<void> {
    const id = `${service}-${++starts}`;
    const begun = clock.now();
    tell({ type: 'instance-starting', instance: id, service });
    const instance = host.start(program, {
      id,
      environment: { ...environment, PORT: String(port) },
      disk: 'writable',
      onLog: (line) => tell({ type: 'log', instance: id, ...line }),
    });
    const running: Running = { instance, served: 0, busy: 0, state: 'starting' };
    current = running;
    void instance.exited.then(({ code }) => {
      running.state = 'stopped';
      const reason = running.ending ?? 'crashed';
      tell({ type: 'instance-stopped', instance: id, service, reason, code });
    });
    port = await instance.listening;
    running.state = 'running';
    tell({ type: 'instance-ready', instance: id, service, milliseconds: clock.now() - begun });
  }

  async function stop(reason: StopReason): Promise<void> {
    if (!current || current.state === 'stopped') return;
    current.ending = reason;
    await current.instance.stop(grace);
  }

  await start();

  return {
    get port() {
      return port;
    },
    async fetch(path, init) {
      const running = current;
      const request = createRequest(new URL(path, `http://localhost:${port}`), init);
      const id = `r${++requests}`;
      return traced(request, { id, to: service, clock, tell }, async () => {
        if (!running || running.state === 'stopped') throw refused(port);
        tell({ type: 'hop', request: id, from: service, to: running.instance.id });
        running.busy += 1;
        try {
          return await running.instance.fetch(request);
        } finally {
          running.busy -= 1;
          running.served += 1;
        }
      });
    },
    async restart() {
      await stop('shut-down');
      await start();
    },
    async kill(id) {
      if (id !== undefined && id !== current?.instance.id) throw unknownInstance(id);
      if (!current || current.state === 'stopped') return;
      current.ending = 'killed';
      await current.instance.kill();
    },
    wait: (milliseconds) => clock.skip(milliseconds),
    instances: () => (current ? [view(current, service)] : []),
    async redeploy(changed) {
      environment = { ...options.environment, ...changed };
      await stop('redeployed');
      await start();
    },
    close: () => stop('shut-down'),
  };
}

function view({ instance, state, busy, served }: Running, service: string): InstanceView {
  const shown = state === 'running' ? (busy > 0 ? 'busy' : 'idle') : state;
  return { id: instance.id, service, state: shown, served };
}

function stamp(emit: Emit, clock: SkippableClock): Tell {
  return (change) => emit({ at: clock.now(), ...change });
}

/** What `fetch` says of a port where nobody listens. */
function refused(port: number): TypeError {
  return new TypeError('fetch failed', {
    cause: new Error(`connect ECONNREFUSED 127.0.0.1:${port}`),
  });
}

import type { PlatformChange } from '../../cloud/shared/events.ts';
import type { InstanceView, Platform, Surroundings } from '../../cloud/shared/platform.ts';
import type { Journal } from '../journal.ts';

export interface FakeOptions {
  /** Makes the platform's own ids differ from run to run. */
  readonly prefix?: string;
  /** Milliseconds until each request is answered, in the order of arrival; 0 beyond the list. */
  readonly delays?: readonly number[];
  /** A warm instance is never used again. */
  readonly alwaysCold?: boolean;
  /** Todos outlive a restart. */
  readonly keeps?: boolean;
}

interface FakeInstance {
  readonly id: string;
  todos: string[];
  busy: boolean;
  served: number;
}

/**
 * A small function platform: a request at a time per instance, a list per instance. `POST` adds its
 * body, `GET` answers the list; `GET /fail` is never answered.
 *
 * @example createFakePlatform(journal, { delays: [5, 0] })
 */
export function createFakePlatform(
  journal: Journal,
  options: FakeOptions = {},
): Platform & Surroundings {
  const { prefix = 'x', delays = [], alwaysCold = false, keeps = false } = options;
  let instances: FakeInstance[] = [];
  let requests = 0;
  let started = 0;
  const kept: string[] = [];
  const tell = (change: PlatformChange): void => journal.emit({ at: Date.now(), ...change });

  function start(request: string): FakeInstance {
    const id = `${prefix}-instance-${(started += 1)}`;
    tell({ type: 'instance-starting', instance: id, service: 'todo', request });
    tell({ type: 'log', instance: id, stream: 'stdout', text: `ready at /home/${prefix}/todo` });
    tell({ type: 'instance-ready', instance: id, service: 'todo', milliseconds: 5 });
    const instance = { id, todos: keeps ? kept : [], busy: false, served: 0 };
    instances.push(instance);
    return instance;
  }

  function stop(stopped: readonly FakeInstance[], reason: 'shut-down' | 'killed' | 'idle'): void {
    instances = instances.filter((instance) => !stopped.includes(instance));
    for (const { id } of stopped) {
      tell({ type: 'instance-stopped', instance: id, service: 'todo', reason, code: 0 });
    }
  }

  return {
    async fetch(path, init) {
      const method = init?.method ?? 'GET';
      const number = requests++;
      const request = `${prefix}-request-${number}`;
      tell({ type: 'request', request, to: 'gateway', method, path });
      if (path === '/fail') throw new TypeError('fetch failed');
      const warm = alwaysCold ? undefined : instances.find(({ busy }) => !busy);
      const instance = warm ?? start(request);
      instance.busy = true;
      tell({ type: 'hop', request, from: 'gateway', to: instance.id });
      await new Promise((resolve) => setTimeout(resolve, delays[number] ?? 0));
      if (typeof init?.body === 'string') instance.todos.push(init.body);
      instance.busy = false;
      instance.served += 1;
      const status = method === 'POST' ? 201 : 200;
      tell({ type: 'response', request, from: 'gateway', status, milliseconds: 1 });
      return Response.json(instance.todos, { status });
    },
    async restart() {
      stop(instances, 'shut-down');
    },
    async kill(id) {
      stop(
        instances.filter((instance) => id === undefined || instance.id === id),
        'killed',
      );
    },
    async wait() {
      stop(instances, 'idle');
    },
    instances: (): InstanceView[] =>
      instances.map(({ id, busy, served }) => ({
        id,
        service: 'todo',
        state: busy ? 'busy' : 'idle',
        served,
      })),
    async interrupt(service) {
      kept.push(`${service} is away`);
    },
    async restore(service) {
      kept.push(`${service} is back`);
    },
    async redeploy() {
      stop(instances, 'shut-down');
    },
  };
}

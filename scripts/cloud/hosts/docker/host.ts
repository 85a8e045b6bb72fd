import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import type { Exit, Host, Instance, Program, StartOptions } from '../../shared/instance.ts';
import { exchange } from '../node/exchange.ts';
import { whenParentIsGone } from '../node/guard.ts';
import { createLines } from '../node/lines.ts';
import { containerPort, createCall, hasHealthcheck, type ImageConfig } from './create-arguments.ts';
import type { Docker } from './docker.ts';
import { ownedLabels, thisOwner } from './labels.ts';
import { type ContainerView, exitOf, readinessOf } from './state.ts';

/** How every container of ours is called; then come the instance and something unique. */
const NAME_PREFIX = 'serverless-evolution-';
/** How long a program may take until its health check passes. */
const READY_WITHIN_MS = 60_000;
const LOOK_EVERY_MS = 200;
/** How many last lines explain why a program ended before it was ready. */
const LAST_LINES = 20;
/** A removal that comes between two steps of a creation is repeated. */
const REMOVE = 'for _ in 1 2 3 4 5; do docker rm --force "$1"; sleep 1; done';

export interface DockerHostOptions {
  readonly docker: Docker;
  /** Labels the containers: `05-docker`. */
  readonly stage: string;
}

/** A host that tells which container an instance is. */
export interface DockerHost extends Host {
  containerOf(instance: string): string | undefined;
}

/**
 * Starts instances as Docker containers. A program's `entry` is an image that is there already; what it
 * runs, on which port and how its health is asked for stands in the image.
 *
 * @example
 * const host = createDockerHost({ docker: createDocker(), stage: '05-docker' });
 * const instance = host.start({ directory, entry: 'todo:1' }, { id: 'web-1', environment: { PORT: '0' }, disk: 'read-only', onLog });
 */
export function createDockerHost(options: DockerHostOptions): DockerHost {
  const names = new Map<string, string>();
  return {
    start(program, start) {
      const name = `${NAME_PREFIX}${start.id}-${randomBytes(4).toString('hex')}`;
      names.set(start.id, name);
      return startContainer(options, name, program, start);
    },
    containerOf: (id) => names.get(id),
  };
}

function startContainer(
  { docker, stage }: DockerHostOptions,
  name: string,
  program: Program,
  options: StartOptions,
): Instance {
  const release = whenParentIsGone(REMOVE, [name]);
  const recent: string[] = [];

  const inspect = async (): Promise<ContainerView> => {
    const [view] = JSON.parse(await docker.run(['inspect', '--type', 'container', name])) as [
      ContainerView,
    ];
    return view;
  };

  /** Resolves when the container is running, or at least told to. */
  const launched = launch();
  async function launch() {
    const [image] = JSON.parse(await docker.run(['image', 'inspect', program.entry])) as [
      { Config: ImageConfig },
    ];
    const labels = ownedLabels(stage, thisOwner());
    const create = createCall({
      ...{ name, image: program.entry, config: image.Config, labels },
      environment: options.environment,
    });
    await docker.run(create.words, { environment: create.environment });
    // Attached before it runs, so that no line of its log is missed.
    const attached = docker.start(['start', '--attach', name]);
    for (const stream of ['stdout', 'stderr'] as const) {
      const lines = createLines((text) => {
        recent.push(text);
        if (recent.length > LAST_LINES) recent.shift();
        options.onLog({ stream, text });
      });
      attached[stream]?.setEncoding('utf8').on('data', lines.write).once('end', lines.end);
    }
    return { config: image.Config, closed: once(attached, 'close') };
  }

  const exited = whenEnded();
  async function whenEnded(): Promise<Exit> {
    let exit: Exit = { code: null, signal: null };
    try {
      await (
        await launched
      ).closed;
      exit = exitOf(await inspect());
    } catch {
      // Never created, or taken away by somebody else: there is nothing to tell of its end.
    }
    // What cannot be removed must not hide how the instance ended; the next command sweeps it.
    await docker.run(['rm', '--force', name]).catch(() => undefined);
    release();
    return exit;
  }

  const listening = whenReady();
  // Whoever never asks for the address is not to be ended by its failure.
  listening.catch(() => undefined);
  async function whenReady(): Promise<number> {
    const { config } = await launched;
    const inside = containerPort(config);
    const deadline = performance.now() + READY_WITHIN_MS;
    let how = `no healthy answer within ${READY_WITHIN_MS / 1000} s`;
    while (performance.now() < deadline) {
      // Its removal follows its end: whatever is asked after that has no answer.
      const readiness = await inspect().then(
        (view) => readinessOf(view, inside),
        async () => ({ is: 'over', how: endOf(await exited) }) as const,
      );
      if (readiness.is === 'over') {
        how = readiness.how;
        break;
      }
      if (readiness.is === 'ready') {
        if (hasHealthcheck(config) || (await answers(readiness.port))) return readiness.port;
      }
      await pause(LOOK_EVERY_MS);
    }
    // What it said last may still be on its way.
    await end(() => docker.run(['kill', name]));
    throw new Error([`${options.id} ended with ${how} before it was ready`, ...recent].join('\n'));
  }

  const answers = async (port: number): Promise<boolean> =>
    exchange(new Request('http://localhost/'), { host: '127.0.0.1', port }).then(
      async (response) => {
        await response.body?.cancel();
        return true;
      },
      () => false,
    );

  async function end(ask: () => Promise<unknown>): Promise<Exit> {
    await launched.catch(() => undefined);
    let exit = await Promise.race([exited, Promise.resolve(undefined)]);
    while (!exit) {
      // It may have ended by itself a moment ago. What it is told in the moment before it runs does not reach it,
      // so it is told again.
      await ask().catch(() => undefined);
      exit = await Promise.race([exited, pause(LOOK_EVERY_MS, undefined)]);
    }
    return exit;
  }

  return {
    id: options.id,
    listening,
    exited,
    async fetch(request) {
      return exchange(request, { host: '127.0.0.1', port: await listening });
    },
    stop: (grace) => end(() => docker.run(['stop', '-t', String(Math.ceil(grace / 1000)), name])),
    kill: () => end(() => docker.run(['kill', name])),
  };
}

function endOf({ code, signal }: Exit): string {
  return signal ?? `code ${code}`;
}

import { createServer, type AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { Failure } from '../../shared/failure.ts';
import type { Running, Shell } from './shell.ts';

const STARTS_WITHIN_MILLISECONDS = 30_000;
const ASK_EVERY_MILLISECONDS = 50;

/** A service that was started with `npm start`. */
export interface Service {
  readonly url: string;
  /** Stops it and starts it again at the same address. */
  restart(): Promise<void>;
  stop(): Promise<void>;
}

/**
 * Starts a project as its README says, on a free port, and resolves when it answers.
 *
 * @example const service = await npmStart(shell, '/tmp/copy'); await service.stop();
 */
export async function npmStart(
  shell: Shell,
  directory: string,
  environment: Readonly<Record<string, string>> = {},
): Promise<Service> {
  const port = await freePort();
  const url = `http://localhost:${port}`;
  let running: Running;
  const start = async (): Promise<void> => {
    running = shell.start('npm', ['start'], directory, { ...environment, PORT: String(port) });
    const over = new AbortController();
    try {
      await Promise.race([answers(url, over.signal), running.ended]);
    } catch (error) {
      await running.stop();
      throw error;
    } finally {
      over.abort();
    }
  };
  await start();
  return {
    url,
    async restart() {
      await running.stop();
      await start();
    },
    stop: () => running.stop(),
  };
}

async function answers(url: string, over: AbortSignal): Promise<void> {
  const signal = AbortSignal.any([over, AbortSignal.timeout(STARTS_WITHIN_MILLISECONDS)]);
  while (!signal.aborted) {
    const response = await fetch(`${url}/healthz`, { signal }).catch(() => undefined);
    await response?.body?.cancel();
    if (response?.ok) return;
    await pause(ASK_EVERY_MILLISECONDS);
  }
  throw new Failure(
    'E_CHECK_START',
    `npm start: ${url}/healthz did not answer 200 within ${STARTS_WITHIN_MILLISECONDS / 1000} s. Honour PORT and serve /healthz.`,
  );
}

/** A port that was free a moment ago. */
async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(0, resolve);
  });
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

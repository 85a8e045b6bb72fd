// `npm start`: the course, built when its sources have changed, at a printed address. `npm run dev`:
// the same with every edit shown at once.
import { parseArgs } from 'node:util';
import { execa } from 'execa';
import { DIST, buildSite, isBuilt } from './pages/build.ts';
import { servePages } from './pages/server.ts';
import type { PageServer } from './pages/server.ts';
import { EXIT, Failure } from './shared/failure.ts';
import { siteBase } from './pages/site.ts';
import { onShutdown } from './shared/lifetime.ts';
import { repositoryRoot } from './stages/root.ts';

const FIRST_PORT = 4321;
const PORTS_TRIED = 20;

try {
  const { dev, port } = readOptions();
  if (dev) await develop(port);
  else await serve(port);
} catch (error) {
  if (!(error instanceof Failure)) throw error;
  console.error(`${error.code}: ${error.message}`);
  process.exitCode = error.exitCode;
}

function readOptions(): { dev: boolean; port: number | undefined } {
  try {
    const { values } = parseArgs({
      options: { port: { type: 'string' }, dev: { type: 'boolean', default: false } },
    });
    const port = values.port === undefined ? undefined : Number(values.port);
    if (port !== undefined && !(Number.isInteger(port) && port >= 0 && port < 65_536)) {
      throw new Error(`--port takes a number from 0 to 65535, found "${values.port}"`);
    }
    return { dev: values.dev, port };
  } catch (error) {
    throw new Failure(
      'E_USAGE',
      `${(error as Error).message}. Example: npm start -- --port 4000`,
      EXIT.usage,
    );
  }
}

async function serve(port: number | undefined): Promise<void> {
  if (!isBuilt()) {
    console.error('building the course …');
    const started = performance.now();
    await buildSite();
    console.error(`built in ${((performance.now() - started) / 1000).toFixed(1)} s`);
  }
  const server = port === undefined ? await serveOnFreePort() : await servePages(DIST, port);
  onShutdown(() => server.close());
  console.log(`The course is at ${server.url}${siteBase()} (Ctrl-C stops it)`);
}

async function serveOnFreePort(): Promise<PageServer> {
  for (let port = FIRST_PORT; ; port += 1) {
    try {
      return await servePages(DIST, port);
    } catch (error) {
      const isTaken = error instanceof Failure && error.code === 'E_PORT_TAKEN';
      if (!isTaken || port === FIRST_PORT + PORTS_TRIED) throw error;
      console.error(`port ${port} is taken, trying ${port + 1}`);
    }
  }
}

async function develop(port: number | undefined): Promise<void> {
  const child = execa('astro', ['dev', ...(port === undefined ? [] : ['--port', String(port)])], {
    cwd: repositoryRoot(),
    env: { ASTRO_TELEMETRY_DISABLED: '1' },
    preferLocal: true,
    reject: false,
    stdio: 'inherit',
  });
  const stopListening = onShutdown(async () => {
    child.kill('SIGTERM');
    await child;
  });
  const { exitCode } = await child;
  stopListening();
  process.exitCode = exitCode ?? 0;
}

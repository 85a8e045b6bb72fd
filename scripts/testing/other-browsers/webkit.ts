import { createServer, type AddressInfo } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { execa } from 'execa';
import { findProgram } from './find-program.ts';
import type { OtherBrowser, Remote } from './remote.ts';

const DRIVER_START_MS = 15_000;
/** Longer than any step waits for. */
const SCRIPT_MS = 180_000;

/** WebKitGTK's little browser, over WebDriver. */
export const webkit: OtherBrowser = {
  name: 'WebKit',
  missing() {
    if (findProgram(['WebKitWebDriver']) === undefined)
      return 'there is no WebKitWebDriver on this system (Debian: apt-get install webkit2gtk-driver)';
    if (process.env['DISPLAY'] === undefined && findProgram(['Xvfb']) === undefined)
      return 'it needs a display, and there is neither one nor Xvfb (Debian: apt-get install xvfb)';
    return undefined;
  },
  async open() {
    const display = process.env['DISPLAY'] === undefined ? startDisplay() : undefined;
    const port = await freePort();
    const driver = execa('WebKitWebDriver', [`--port=${port}`], {
      env: {
        DISPLAY: (await display?.name) ?? process.env['DISPLAY'],
        // There is no graphics card behind a display in memory.
        ...{ WEBKIT_DISABLE_COMPOSITING_MODE: '1', LIBGL_ALWAYS_SOFTWARE: '1' },
      },
      ...{ reject: false, stdio: 'ignore' },
    });
    const end = async (): Promise<void> => {
      driver.kill();
      await driver;
      await display?.close();
    };
    try {
      const driven = `http://127.0.0.1:${port}`;
      await ready(driven);
      return await openSession(driven, end);
    } catch (error) {
      await end();
      throw error;
    }
  },
};

/** A display in memory, on a number that is free. */
function startDisplay(): { name: Promise<string>; close(): Promise<void> } {
  const server = execa(
    'Xvfb',
    ['-displayfd', '1', '-screen', '0', '1280x1024x24', '-nolisten', 'tcp'],
    { reject: false, stdio: ['ignore', 'pipe', 'ignore'] },
  );
  const name = new Promise<string>((resolve, reject) => {
    server.stdout.once('data', (data: Buffer) => resolve(`:${data.toString().trim()}`));
    void server.then(() => reject(new Error('Xvfb ended before it had a display')));
  });
  return {
    name,
    async close() {
      server.kill();
      await server;
    },
  };
}

/** The driver takes no port 0 and tells of none. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

async function ready(driver: string): Promise<void> {
  for (const began = performance.now(); ; await wait(50)) {
    try {
      return void (await fetch(`${driver}/status`));
    } catch (error) {
      if (performance.now() - began > DRIVER_START_MS) throw error;
    }
  }
}

/** The part of WebDriver (W3C) that is needed here. */
async function openSession(driver: string, end: () => Promise<void>): Promise<Remote> {
  const ask = async (method: string, path: string, body?: unknown): Promise<unknown> => {
    const response = await fetch(driver + path, {
      method,
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const { value } = (await response.json()) as { value: { message?: string } };
    if (!response.ok) throw new Error(`${path}: ${value.message ?? response.status}`);
    return value;
  };
  const { sessionId } = (await ask('POST', '/session', {
    capabilities: { alwaysMatch: { timeouts: { script: SCRIPT_MS } } },
  })) as { sessionId: string };
  const session = `/session/${sessionId}`;
  return {
    go: async (url) => void (await ask('POST', `${session}/url`, { url })),
    async evaluate(expression) {
      const script = `const done = arguments[0];
        (async () => ${expression})().then((value) => done({ value }), (error) => done({ error: String(error) }));`;
      const { value, error } = (await ask('POST', `${session}/execute/async`, {
        script,
        args: [],
      })) as { value?: unknown; error?: string };
      if (error !== undefined) throw new Error(error);
      return value;
    },
    async close() {
      await ask('DELETE', session).catch(() => undefined);
      await end();
    },
  };
}

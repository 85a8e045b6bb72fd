import { createServer } from 'node:net';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, it, onTestFinished } from 'vitest';
import { EXIT } from '../shared/failure.ts';
import { markInstalled } from '../stages/install.ts';
import { isAlive } from '../stages/lock.ts';
import { writeStages } from '../stages/testing/fixture.ts';
import { runStage, startStage } from './testing/command-line.ts';

const PACKAGE = { name: 'one', version: '1.0.0', type: 'module' };
const PROGRAM = `
import { createServer } from 'node:http';
const server = createServer((request, response) => {
  if (request.url === '/crash') process.exit(3);
  response.end(String(process.pid));
});
server.listen(process.env.PORT, () => console.log('listening', Date.now()));
process.once('SIGTERM', () => server.close());
`;

function course(program = PROGRAM): string {
  const stages = writeStages([
    '01-one',
    {
      'package.json': JSON.stringify(PACKAGE),
      'package-lock.json': JSON.stringify({ ...PACKAGE, packages: { '': PACKAGE } }),
      'index.ts': program,
    },
    { targets: { process: { entry: 'index.ts' } } },
  ]);
  // There are no packages, and npm takes a second to find that out.
  markInstalled(join(stages, '01-one'));
  return stages;
}

async function running(stages: string, ...flags: string[]) {
  const run = startStage(['run', '1', '--port', '0', ...flags], { stages });
  const [, url = ''] = await run.says(/on process: (http:\/\/localhost:\d+)/);
  const program = Number(await (await fetch(url)).text());
  return { ...run, url, program };
}

async function ends(pid: number, milliseconds: number): Promise<boolean> {
  for (let waited = 0; waited < milliseconds; waited += 20) {
    if (!isAlive(pid)) return true;
    await pause(20);
  }
  return false;
}

describe('run', { timeout: 20_000 }, () => {
  it.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)(
    'ends with its program on %s',
    async (signal) => {
      const { child, ended, url, program } = await running(course());
      child.kill(signal);
      expect((await ended).code).toBe(EXIT.fine);
      expect(isAlive(program)).toBe(false);
      await expect(fetch(url)).rejects.toThrow('fetch failed');
    },
  );

  it('leaves no program when it is killed', async () => {
    const { child, program } = await running(course());
    child.kill('SIGKILL');
    expect(await ends(program, 2000)).toBe(true);
  });

  it('ends when nobody reads what it says any more', async () => {
    const { child, ended, url, program } = await running(course());
    child.stdout.destroy();
    await fetch(`${url}/crash`).catch(() => undefined);
    expect((await ended).code).not.toBe(EXIT.bug);
    expect(isAlive(program)).toBe(false);
  });

  it('prints the URL within 100 ms of the program listening', { retry: 2 }, async () => {
    const run = startStage(['run', '1', '--port', '0'], { stages: course() });
    const [, at] = await run.says(/listening (\d+)/);
    await run.says(/on process: http/);
    expect(Date.now() - Number(at)).toBeLessThan(100);
  });

  it('says that a program ended by itself, with an exit code', async () => {
    const { ended, url } = await running(course());
    await fetch(`${url}/crash`).catch(() => undefined);
    const { code, out, error } = await ended;
    expect(code).toBe(EXIT.checkFailed);
    expect(out).toContain('web-1    * ended by itself, exit code 3');
    expect(error).toContain('The program ended by itself. Start it again: npm run stage run 1');
  });

  it('says in one line that a port is taken, and starts nothing', async () => {
    const stages = course();
    const server = createServer().listen(0);
    onTestFinished(() => void server.close());
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const { code, out, error } = await runStage(['run', '1', '--port', String(port)], { stages });
    expect(code).toBe(EXIT.checkFailed);
    expect(out).toBe('');
    expect(error.trim().split('\n').at(-1)).toMatch(
      new RegExp(
        `^E_PORT_TAKEN: port ${port} is taken .*npm run -s stage -- run 1 --port ${port + 1}`,
      ),
    );
  });

  it('tells programs the URL and every event as JSON', async () => {
    const run = startStage(['run', '1', '--port', '0', '--json'], { stages: course() });
    const [line] = await run.says(/.*"type":"started".*/);
    const { url, ...rest } = JSON.parse(line) as { url: string };
    expect(rest).toEqual({ type: 'started', stage: '01-one', target: 'process' });
    expect((await fetch(url)).status).toBe(200);
    run.child.kill('SIGTERM');
    const { out } = await run.ended;
    const types = out
      .trim()
      .split('\n')
      .map((each) => (JSON.parse(each) as { type: string }).type);
    expect(types).toEqual([
      'instance-starting',
      'log',
      'instance-ready',
      'started',
      'instance-stopped',
    ]);
  });

  it('says why a program could not start', async () => {
    const stages = course('throw new Error("no luck today");');
    const { code, out, error } = await runStage(['run', '1', '--port', '0'], { stages });
    expect(code).toBe(EXIT.checkFailed);
    expect(out).toContain('web-1    | Error: no luck today');
    expect(error).toContain('E_PROGRAM_ENDED: the program of 01-one ended before it listened.');
  });
});

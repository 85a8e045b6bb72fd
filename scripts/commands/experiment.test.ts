import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import type { Recording, Replay } from '../experiments/index.ts';
import { temporaryFolder, writeStages } from '../stages/testing/fixture.ts';
import { startStage } from './testing/command-line.ts';

const SLOW_MILLISECONDS = 60_000;

/** An experiment that counts requests over a restart and expects this much afterwards. */
function counts(expected: number, first = ''): string {
  return `
const both = (text) => ({ en: text, 'zh-CN': text });
const count = async (bench) => Number(await (await bench.fetch('/')).text());
export default {
  title: both('Restart, and the count begins anew'), target: 'process', hypothesis: both('Memory ends.'),
  prediction: { question: both('?'), answers: [{ text: both('a'), holds: true }, { text: both('b'), holds: false }] },
  conclusion: both('It did.'),
  async run(bench) {
    bench.step(both('Count'));
    ${first}
    bench.observe(both('before'), await count(bench), 1);
    await bench.restart();
    bench.observe(both('after'), await count(bench), ${expected});
  },
};`;
}

function project(experiments: Record<string, string>): string {
  const files = {
    'package.json': JSON.stringify({ name: 'x', type: 'module' }),
    'package-lock.json': JSON.stringify({
      name: 'x',
      lockfileVersion: 3,
      requires: true,
      packages: { '': { name: 'x' } },
    }),
    'server.ts': `import { createServer } from 'node:http';
import { writeFileSync } from 'node:fs';
let count = 0;
const server = createServer((_, response) => response.end(String(count += 1)));
server.listen(process.env.PORT);
process.on('SIGTERM', () => process.exit());
writeFileSync('left-behind', 'x');`,
    ...Object.fromEntries(
      Object.entries(experiments).map(([name, text]) => [`experiments/${name}.ts`, text]),
    ),
  };
  return writeStages(['01-x', files, { targets: { process: { entry: 'server.ts' } } }]);
}

/** npm keeps a cache of its own there. */
function ours(temporary: string): string[] {
  return readdirSync(temporary).filter((name) => name.startsWith('serverless-evolution-'));
}

async function record(stages: string, ...flags: string[]): Promise<[number | null, Replay[]]> {
  const { ended } = startStage(['record', '1', '--json', ...flags], { stages });
  const { code, out, error } = await ended;
  expect(out, error).not.toBe('');
  return [code, JSON.parse(out) as Replay[]];
}

describe('stage experiment', { timeout: SLOW_MILLISECONDS }, () => {
  it('tells what happens, what was seen and the verdict, and leaves the stage as it was', async () => {
    const stages = project({ restart: counts(1) });
    const { code, out } = await startStage(['experiment', '1', 'restart'], { stages }).ended;
    expect(code).toBe(0);
    expect(out).toMatch(/Hypothesis: Memory ends\./);
    expect(out).toMatch(
      /\nCount\n {2}r1 > GET \/\n {2}r1 < 200 1 .* ms\n {2}as expected {2}before: 1\n/,
    );
    expect(out).toMatch(/confirmed\. It did\.\n$/);
    expect(existsSync(join(stages, '01-x', 'left-behind'))).toBe(false);
  });

  it('ends with 1 when it is refuted', async () => {
    const { code, out } = await startStage(['experiment', '1', 'restart'], {
      stages: project({ restart: counts(2) }),
    }).ended;
    expect(code).toBe(1);
    expect(out).toContain('unexpected   after: 1, expected 2');
    expect(out).toContain('refuted.');
  });

  it('prints the recording for programs', async () => {
    const { code, out } = await startStage(['experiment', '1', 'restart', '--json'], {
      stages: project({ restart: counts(1) }),
    }).ended;
    expect(code).toBe(0);
    expect(JSON.parse(out) as Recording).toMatchObject({ stage: '01-x', verdict: 'confirmed' });
  });

  it('lists without a name, and knows a wrong one', async () => {
    const stages = project({ restart: counts(1) });
    const list = await startStage(['experiment', '1'], { stages }).ended;
    expect(list.out).toMatch(/^restart {2}on process, not recorded yet\n/);
    const wrong = await startStage(['experiment', '1', 'flight'], { stages }).ended;
    expect(wrong.code).toBe(64);
    expect(wrong.error).toContain('has no experiment "flight". Its experiments: restart.');
    const nowhere = await startStage(['experiment', '1', 'restart', 'moon'], { stages }).ended;
    expect(nowhere.code).toBe(64);
    expect(nowhere.error).toContain('Stage 1 does not run on "moon". Its targets: process');
  });

  it('leaves nothing when it is broken off', async () => {
    const temporary = temporaryFolder();
    const { child, ended } = startStage(['experiment', '1', 'stuck'], {
      stages: project({ stuck: counts(1, "console.error('at it'); await new Promise(() => {});") }),
      environment: { TMPDIR: temporary },
    });
    let said = '';
    child.stderr.on('data', (text: string) => (said += text));
    while (!said.includes('at it')) await pause(20);
    expect(ours(temporary).length).toBeGreaterThan(0);
    child.kill('SIGINT');
    await ended;
    expect(ours(temporary)).toEqual([]);
  });
});

describe('stage record', { timeout: SLOW_MILLISECONDS }, () => {
  it('writes what was never recorded, then leaves it alone, then tells what changed', async () => {
    const stages = project({ restart: counts(1) });
    const file = join(stages, '01-x', 'experiments', 'restart.run.json');
    expect(await record(stages, '--check')).toMatchObject([1, [{ outcome: 'missing' }]]);
    expect(existsSync(file)).toBe(false);
    expect(await record(stages)).toMatchObject([0, [{ outcome: 'written', differences: [] }]]);

    const written = readFileSync(file, 'utf8');
    expect(await record(stages)).toMatchObject([0, [{ outcome: 'same' }]]);
    expect(readFileSync(file, 'utf8')).toBe(written);

    writeFileSync(file, written.replace('"status": 200', '"status": 500'));
    const differences = ['- GET /: web > web instance, 500', '+ GET /: web > web instance, 200'];
    expect(await record(stages, '--check')).toMatchObject([
      1,
      [{ outcome: 'changed', differences }],
    ]);
    expect(await record(stages)).toMatchObject([0, [{ outcome: 'written', differences }]]);
  });

  it('does not write what is refuted or broke off, and goes on with the next', async () => {
    const stages = project({
      broken: counts(1, `throw new Error('ouch');`),
      refuted: counts(2),
      right: counts(1),
    });
    const [code, rows] = await record(stages);
    expect(code).toBe(1);
    expect(rows.map(({ outcome }) => outcome)).toEqual(['broken', 'refuted', 'written']);
    expect(rows[0]?.differences[0]).toContain('broke off at "Count": ouch');
    expect(rows[1]?.differences).toEqual(['after: 1, expected 2']);
    expect(existsSync(join(stages, '01-x', 'experiments', 'refuted.run.json'))).toBe(false);
  });
});

import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { kindOf } from './kinds.ts';
import { runBlocks } from './run-blocks.ts';
import { runOnce, runServer } from './run-command.ts';

const SERVER = `node -e "const s=require('http').createServer((q,a)=>a.end('hello')).listen(0,()=>console.log('http://localhost:'+s.address().port));process.on('SIGINT',()=>process.exit())"`;
const DEAF = SERVER.replace('()=>process.exit()', '()=>{}');

let folder: string;
let course: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'documented-'));
  course = join(folder, 'reader', 'course');
  mkdirSync(course, { recursive: true });
  const scripts = {
    fine: 'echo fine',
    broken: 'echo oh no && exit 3',
    copy: 'mkdir ../my-copy',
    look: 'ls ../my-copy',
    start: SERVER,
  };
  writeFileSync(join(course, 'package.json'), JSON.stringify({ scripts }));
});
afterEach(() => rmSync(folder, { recursive: true }));
const block = (...commands: string[]) => ({ where: 'README.md:1', folder: '.', commands });
const run = (...blocks: ReturnType<typeof block>[]) =>
  runBlocks(blocks, { course, copyOf, say: () => {} });
/** Stands for what `stage checkout` makes. */
async function copyOf(stage: string): Promise<string> {
  const copy = join(folder, 'copies', stage);
  mkdirSync(copy, { recursive: true });
  writeFileSync(join(copy, 'package.json'), JSON.stringify({ scripts: { where: `pwd` } }));
  return copy;
}

test.each([
  ['npm run stage run 1', 'serves'],
  ['npm run -s stage -- run 1 --port 4000', 'serves'],
  ['PORT=4000 npm start', 'serves'],
  ['npm run stage diff 1 2', 'once'],
  ['npm run -s stage -- check all', 'skipped'],
  ['npm test -- unit', 'skipped'],
  ['s deploy', 'skipped'],
  ['scf deploy', 'skipped'],
  ['export JWT_SECRET=$(node -p 1)', 'skipped'],
  ['for file in k8s/*.yaml; do envsubst <"$file" | kubectl apply -f -; done', 'skipped'],
  ['kn service list', 'skipped'],
  ['npx serverless deploy', 'skipped'],
  ['npm run stage kubectl get pods', 'skipped'],
  ['npm run -s stage -- run --help', 'once'],
])('%s is one that %s', (command, kind) => expect(kindOf(command)?.kind).toBe(kind));

test('a command that fails is shown with what it said, and what follows is not typed', async () => {
  expect(await run(block('npm run broken', 'npm run fine'))).toEqual([
    expect.objectContaining({
      command: 'npm run broken',
      outcome: 'failed',
      why: expect.stringMatching(/ended with code 3:[^]*oh no/),
    }),
  ]);
});

test('a command that no rule knows is a fault', async () => {
  expect((await run(block('rm -rf /')))[0]).toMatchObject({
    outcome: 'failed',
    why: expect.stringContaining('no rule'),
  });
});

test('commands of a block build on each other and leave nothing beside the clone', async () => {
  expect(
    (await run(block('npm run copy', 'cd .', 'npm run look'))).map(({ outcome }) => outcome),
  ).toEqual(['passed', 'passed']);
  expect(readdirSync(join(folder, 'reader'))).toEqual(['course']);
});

test('the same block is typed once', async () => {
  expect(await run(block('npm run fine'), block('npm run fine'))).toHaveLength(1);
});

test('a stage’s README is typed into a copy of the stage, and its page finds that copy', async () => {
  const commands = ['cd ../my-copy', 'npm run where'];
  const results = await run(
    { where: 'stages/01-x/README.md:1', folder: 'stages/01-x', commands: ['npm run where'] },
    { where: 'site/content/docs/stages/01-x.mdx:9', folder: '.', commands },
  );
  expect(results.map(({ outcome }) => outcome)).toEqual(['passed', 'passed']);
  const elsewhere = { where: 'README.md:1', folder: '.', commands };
  expect((await run(elsewhere))[0]).toMatchObject({
    outcome: 'failed',
    why: expect.stringContaining('my-copy is not there'),
  });
});

test('a server is asked and ended', async () => {
  expect(await run(block('npm start'))).toEqual([expect.objectContaining({ outcome: 'passed' })]);
});

test('a server that prints no URL, or does not end, is a fault', { timeout: 20_000 }, async () => {
  expect(await runServer('echo nothing here', course)).toMatch(/^printed no URL:\nnothing here/);
  expect(await runServer(DEAF, course, 1_000)).toMatch(/did not end 1 s after Ctrl-C/);
  expect(await runOnce('true', course)).toBeUndefined();
});

test('an address in a log line is not the one that the command tells its reader', async () => {
  const pod = `echo 'user-v1-x9 | Todo service on http://localhost:1'`;
  expect(await runServer(`${pod}; exec ${SERVER}`, course)).toBeUndefined();
});

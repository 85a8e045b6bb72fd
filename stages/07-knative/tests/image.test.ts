// What the Dockerfile says, read as text: no Docker is needed. That it is so in the image itself is an experiment.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { startProgram, urlIn } from './program.ts';
import { runHealthcheck } from './healthcheck.ts';

const STAGE = path.join(import.meta.dirname, '..');
const read = (name: string): string => readFileSync(path.join(STAGE, name), 'utf8');

for (const name of ['Dockerfile', 'local/Dockerfile']) {
  const lines = read(name).split('\n');
  const last = lines.slice(lines.findLastIndex((line) => line.startsWith('FROM ')));
  const said = (instruction: string): string | undefined =>
    last.find((line) => line.startsWith(`${instruction} `))?.slice(instruction.length + 1);

  test(`${name}: a base that is pinned, current, and can be named from outside`, () => {
    const base = /^ARG NODE_IMAGE=node:(\d+)\.\d+\.\d+-\S+$/m.exec(read(name))?.[1];
    assert.ok(Number(base) >= 24, 'a version in full, of a Node that runs TypeScript');
    for (const line of lines.filter((each) => each.startsWith('FROM ')))
      assert.match(line, /^FROM \$\{NODE_IMAGE\}/);
  });

  test(`${name}: nobody is root, and Kubernetes can tell`, () => {
    const [user = '', group] = said('USER')?.split(':') ?? [];
    assert.ok(Number(user) > 0 && Number(group) > 0, `USER ${user}:${group}`);
  });

  test(`${name}: Node is process 1, and its health is asked for`, () => {
    assert.match(said('CMD') ?? '', /^\["node", /);
    assert.equal(said('ENTRYPOINT'), undefined);
    assert.match(said('HEALTHCHECK') ?? '', /CMD \["node", /);
  });
}

test('only packages that are needed to run are installed, as the lockfile says', () => {
  assert.match(read('Dockerfile'), /npm ci --omit=dev/);
  const { dependencies } = JSON.parse(read('package.json')) as { dependencies: object };
  assert.deepEqual(Object.keys(dependencies), ['express', 'jose', 'tablestore']);
});

test('nothing gets into an image that is not named', () => {
  for (const name of ['.dockerignore', 'local/.dockerignore']) {
    const [first, ...rest] = read(name)
      .split('\n')
      .filter((line) => line && !line.startsWith('#'));
    assert.equal(first, '*');
    assert.ok(rest.every((line) => line.startsWith('!')));
  }
  assert.doesNotMatch(read('.dockerignore'), /!(\.|local|tests|experiments|\*$)/m);
});

test('neither git nor an image takes the file with the secrets', () => {
  assert.match(read('.gitignore'), /^\.env$/m);
  assert.match(read('knative/settings/secret.template.yaml'), /JWT_SECRET: '\$\{JWT_SECRET\}'/);
});

test('the health check is 0 for a service that answers, and 1 for none', async (t) => {
  const program = startProgram(t, { PORT: '0' });
  const { port } = new URL(urlIn(await program.listening));
  assert.deepEqual(await runHealthcheck(port), { code: 0, said: '' });
  program.signal('SIGKILL');
  await program.exited;
  const { code, said } = await runHealthcheck(port);
  assert.equal(code, 1);
  assert.match(said, /^http:\/\/127\.0\.0\.1:\d+\/healthz: /);
});

import { cpSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { TEMPORARY_PREFIX } from '../cloud/hosts/node/temporary.ts';
import type { Deployment } from '../cloud/shared/platform.ts';
import type { Stage } from '../stages/catalogue.ts';
import { buildStage } from './build.ts';
import { availabilityOf, deploy } from './index.ts';
import { deployProcess } from './process.ts';

let stage: Stage;
const deployments: Pick<Deployment, 'close'>[] = [];

beforeAll(async () => {
  const directory = mkdtempSync(join(tmpdir(), 'targets-test-'));
  cpSync(join(import.meta.dirname, 'fixtures', 'stage'), directory, { recursive: true });
  const targets: Stage['targets'] = {
    process: { entry: 'index.ts' },
    fc: { build: 'build:fc', manifest: 's.yaml' },
    scf: { build: 'build:fc', manifest: 'serverless.yml' },
  };
  // What deploy reads of a stage; the rest is for the site.
  stage = { id: '01-fixture', number: 1, directory, targets } as Stage;
  await buildStage(stage, 'build:fc', ['dist'], () => undefined);
});

afterAll(() => rmSync(stage.directory, { recursive: true, force: true }));

afterEach(async () => {
  await Promise.all(deployments.splice(0).map((deployment) => deployment.close()));
});

async function run(
  target: 'process' | 'fc' | 'scf',
  options: Parameters<typeof deploy>[2] = {},
): Promise<Deployment> {
  const deployment = await deploy(stage, target, { port: 0, prepare: false, ...options });
  deployments.push(deployment);
  return deployment;
}

const refused = async (url: string): Promise<boolean> =>
  fetch(url).then(
    () => false,
    () => true,
  );

describe.each(['process', 'fc', 'scf'] as const)('target %s', (target) => {
  it('answers at its URL and by its platform, from the same memory', async () => {
    const deployment = await run(target, { environment: { GREETING: 'hello' } });
    expect(deployment.url).toMatch(/^http:\/\/localhost:\d+$/);
    const answer = await (await fetch(`${deployment.url}/a`)).json();
    expect(answer).toEqual({ count: 1, url: '/a', greeting: 'hello' });
    expect(await (await deployment.fetch('/b')).json()).toMatchObject({ count: 2, url: '/b' });
  });

  it('is at the same URL after a restart, with an empty memory', async () => {
    const deployment = await run(target);
    await deployment.fetch('/');
    await deployment.restart();
    expect(await (await fetch(deployment.url)).json()).toMatchObject({ count: 1 });
  });

  it('leaves no port and no folder when it is closed', async () => {
    const deployment = await run(target);
    await deployment.fetch('/');
    await deployment.close();
    expect(await refused(deployment.url)).toBe(true);
    const left = readdirSync(tmpdir()).filter((name) =>
      name.startsWith(`${TEMPORARY_PREFIX}${process.pid}-`),
    );
    expect(left).toEqual([]);
  });

  it('says which port is taken and how to give another one, and starts nothing', async () => {
    const server = createServer().listen(0);
    const { port } = server.address() as AddressInfo;
    const events: string[] = [];
    const attempt = run(target, { port, emit: ({ type }) => events.push(type) });
    await expect(attempt).rejects.toMatchObject({
      code: 'E_PORT_TAKEN',
      exitCode: 1,
      message: `port ${port} is taken by another program. Give another one: "npm run -s stage -- run 1 --port ${port + 1}".`,
    });
    expect(events).toEqual([]);
    server.close();
  });
});

describe('target process', () => {
  it('is not brought back when it was killed, and the URL is free', async () => {
    const deployment = await run('process');
    await deployment.kill();
    expect(await refused(deployment.url)).toBe(true);
    expect(deployment.instances()).toMatchObject([{ id: 'web-1', state: 'stopped' }]);
  });
});

it('a program that Node cannot run as it is is compiled before it starts', async () => {
  const compiled = { build: 'build:fc', folder: 'dist', source: 'index-faas.cjs' };
  rmSync(join(stage.directory, 'dist'), { recursive: true });
  const said: string[] = [];
  const starting = deployProcess({
    stage: { ...stage, targets: { process: { entry: 'index.ts', compiled } } },
    port: 0,
    emit: () => undefined,
    environment: {},
    services: {},
    idle: undefined,
    speed: 1,
    say: (line) => said.push(line),
    prepare: true,
  });
  deployments.push(await starting);
  expect(said).toEqual(['Building stage 1 (npm run build:fc) ...']);
});

it('a target that the stage does not have is told with those it has', async () => {
  await expect(deploy(stage, 'docker')).rejects.toMatchObject({
    exitCode: 64,
    message: 'stage 1 does not run on "docker". Its targets: process, fc, scf.',
  });
});

it('what this machine has depends on its Node, and says how to get the rest', async () => {
  expect(await availabilityOf('process', '24.21.0')).toMatchObject({ available: true });
  expect(await availabilityOf('fc', '24.21.0')).toMatchObject({ available: true });
  expect(await availabilityOf('scf', '24.21.0')).toMatchObject({ available: true });
  expect(await availabilityOf('process', '20.20.2')).toMatchObject({
    available: false,
    reason: 'needs Node 24, this is 20.20.2',
  });
});

import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { createDocker, sweepImages } from '../cloud/hosts/docker/index.ts';
import { NODE_IMAGE, withoutDocker } from '../cloud/hosts/docker/testing/real-docker.ts';
import type { Deployment } from '../cloud/shared/platform.ts';
import type { Stage } from '../stages/catalogue.ts';
import { buildImage } from './image.ts';
import { deploy } from './index.ts';

const SLOW_MILLISECONDS = 120_000;

describe.skipIf(withoutDocker())('target docker', { timeout: SLOW_MILLISECONDS }, () => {
  const docker = createDocker();
  let stage: Stage;

  beforeAll(() => {
    process.env['NODE_IMAGE'] = NODE_IMAGE;
    const directory = mkdtempSync(join(tmpdir(), 'targets-test-'));
    cpSync(join(import.meta.dirname, 'fixtures', 'image'), directory, { recursive: true });
    // What deploy reads of a stage; the rest is for the site.
    stage = {
      ...{ id: '91-fixture', number: 91, directory },
      targets: { docker: { dockerfile: 'Dockerfile' } },
    } as Stage;
  });
  afterAll(async () => {
    rmSync(stage.directory, { recursive: true, force: true });
    await sweepImages(docker, stage.id);
  });

  async function run(options: Parameters<typeof deploy>[2] = {}): Promise<Deployment> {
    const deployment = await deploy(stage, 'docker', { port: 0, prepare: false, ...options });
    onTestFinished(() => deployment.close());
    return deployment;
  }

  it('builds the image, runs it, and answers at its URL and by its platform', async () => {
    const said: string[] = [];
    const events: string[] = [];
    const deployment = await run({
      environment: { GREETING: 'hello' },
      say: (line) => said.push(line),
      emit: (event) => events.push(event.type === 'log' ? event.text : event.type),
    });
    expect(said).toEqual(['Building the image of stage 91 (docker build) ...']);
    expect(await (await fetch(`${deployment.url}/a`)).json()).toMatchObject({
      count: 1,
      greeting: 'hello',
    });
    expect(await (await deployment.fetch('/b')).json()).toMatchObject({ count: 2, url: '/b' });
    await deployment.close();
    expect(events).toEqual([
      ...['instance-starting', 'ready', 'instance-ready'],
      ...['request', 'hop', 'response', 'draining', 'instance-stopped'],
    ]);
    await expect(fetch(deployment.url)).rejects.toThrow();
  });

  it('tells what docker says of its own image and container', async () => {
    const deployment = await run();
    expect(await deployment.docker?.('inspect --format {{.Config.Image}} CONTAINER')).toBe('IMAGE');
    const gone = deployment.docker?.('image inspect no-such-image');
    await expect(gone).rejects.toThrow(/no such image/i);
  });

  it('is at the same URL after a restart, and not brought back when it was killed', async () => {
    const deployment = await run();
    await deployment.fetch('/');
    await deployment.restart();
    expect(await (await fetch(deployment.url)).json()).toMatchObject({ count: 1 });
    await deployment.kill();
    await expect(fetch(deployment.url)).rejects.toThrow();
    expect(deployment.instances()).toMatchObject([{ id: 'web-2', state: 'stopped' }]);
  });

  it('reaches a service that listens on the loopback of this machine', async () => {
    const service = createServer((_, response) => response.end('from the machine'));
    await new Promise<void>((resolve) => service.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void service.close());
    const { port } = service.address() as AddressInfo;
    const deployment = await run({
      environment: { TABLESTORE_ENDPOINT: `http://127.0.0.1:${port}` },
    });
    expect(await (await deployment.fetch('/service')).json()).toMatchObject({
      said: 'from the machine',
    });
  });

  it('builds again when a file changed, and not when none did', async () => {
    const said: string[] = [];
    const options = {
      ...{ docker, stage, dockerfile: 'Dockerfile' },
      say: (line: string) => said.push(line),
    };
    const image = await buildImage(options);
    expect(await buildImage({ ...options, name: 'serverless-evolution/91-fixture:named' })).toBe(
      'serverless-evolution/91-fixture:named',
    );
    writeFileSync(join(stage.directory, 'README.md'), 'changed');
    expect(await buildImage(options)).toBe(image);
    expect(said.length).toBeLessThanOrEqual(1);
    const source = join(stage.directory, 'index.ts');
    cpSync(source, `${source}.before`);
    writeFileSync(source, '');
    onTestFinished(() => cpSync(`${source}.before`, source));
    expect(await buildImage(options)).not.toBe(image);
  });

  it('says where to get a base image that cannot be fetched', async () => {
    const before = process.env['NODE_IMAGE'];
    process.env['NODE_IMAGE'] = 'registry.invalid/node:24';
    onTestFinished(() => void (process.env['NODE_IMAGE'] = before));
    await expect(run()).rejects.toMatchObject({
      code: 'E_IMAGE_BASE',
      message: expect.stringContaining('images --mirror HOST'),
    });
  });
});

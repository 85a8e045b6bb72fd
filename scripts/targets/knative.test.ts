import { readFileSync } from 'node:fs';
import { get } from 'node:http';
import { join } from 'node:path';
import { text as textOf } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findClusters, sendLine } from '../cloud/kubernetes/control.ts';
import type { PlatformEvent } from '../cloud/shared/events.ts';
import type { Deployment } from '../cloud/shared/platform.ts';
import type { Stage } from '../stages/catalogue.ts';
import { deploy } from './index.ts';

const directory = join(import.meta.dirname, '../cloud/knative/fixtures/stage');
/** What deploy reads of a stage; the rest is for the site. */
const STAGE = {
  id: '07-fixture',
  number: 7,
  directory,
  targets: {
    knative: {
      manifests: ['knative'],
      images: { 'course/app:1': 'Dockerfile' },
      service: 'app',
    },
  },
} as unknown as Stage;
/** Processes start slowly on a machine that is busy. */
const PATIENCE_MS = 60_000;

let deployment: Deployment;
const events: PlatformEvent[] = [];

beforeAll(async () => {
  deployment = await deploy(STAGE, 'knative', {
    port: 0,
    prepare: false,
    environment: { TOKEN: 'secret' },
    emit: (event) => events.push(event),
  });
}, PATIENCE_MS);

afterAll(() => deployment.close(), PATIENCE_MS);

/** Asks as a browser does that was given another host. */
function ask(host: string, path = '/'): Promise<{ status: number; body: string }> {
  const { port } = new URL(deployment.url);
  return new Promise((resolve, reject) => {
    get({ host: '127.0.0.1', port, path, headers: { host } }, (response) => {
      const { statusCode: status = 0 } = response;
      textOf(response).then((body) => resolve({ status, body }), reject);
    }).once('error', reject);
  });
}

describe('target knative', { timeout: PATIENCE_MS }, () => {
  it('answers at its URL with the service that a browser reaches, and by its host', async () => {
    const answer = await (await fetch(`${deployment.url}/a?b=1&b=2`)).json();
    expect(answer).toMatchObject({ revision: 'app-00001', path: '/a?b=1&b=2' });
    expect(await (await deployment.fetch('/')).json()).toMatchObject({ revision: 'app-00001' });
    expect(JSON.parse((await ask('app.default.localhost')).body)).toMatchObject({
      revision: 'app-00001',
    });
  });

  it('lets a program find another service of the cluster, which nobody finds from outside', async () => {
    const answer = await (await deployment.fetch('/api/rule?current=1')).json();
    expect(answer).toMatchObject({
      revision: 'rule-v1',
      path: '/api/rule?current=1',
      greeting: 'hello',
      token: 'secret',
    });
    const { status } = await ask('rule.default.svc.cluster.local');
    expect(status).toBe(404);
  });

  it('names instances by their revisions', () => {
    const services = deployment.instances().map(({ service }) => service);
    expect(services.toSorted()).toEqual(['app-00001', 'rule-v1']);
    const ready = events.flatMap((event) =>
      event.type === 'instance-ready' ? [event.service] : [],
    );
    expect(ready.toSorted()).toEqual(['app-00001', 'rule-v1']);
  });

  it('speaks kn and kubectl', async () => {
    expect(await deployment.kn?.('revision list')).toMatch(/^rule-v1 +rule +100% +1 +\d+s/m);
    expect(await deployment.kubectl?.('get deployments')).toMatch(/^rule-v1-deployment +1\/1/m);
  });

  it('lets another process speak kn to it, with a file and with an exit code', async () => {
    const cluster = findClusters().find(
      ({ stage, pid }) => stage === STAGE.id && pid === process.pid,
    );
    if (!cluster) throw new Error('the cluster is not to be found');
    expect(cluster.tools).toEqual(['kubectl', 'kn']);
    const speak = async (words: string[], files: Record<string, string> = {}) => {
      let said = '';
      const hear = (text: string): void => void (said += text);
      const code = await sendLine(cluster, { tool: 'kn', words, files }, { out: hear, err: hear });
      return { code, said };
    };
    expect(await speak(['route', 'list'])).toMatchObject({
      code: 0,
      said: expect.stringContaining('http://app.default.localhost'),
    });
    const file = readFileSync(join(directory, 'knative/app.yaml'), 'utf8');
    expect(await speak(['service', 'apply', '-f', 'app.yaml'], { 'app.yaml': file })).toMatchObject(
      {
        code: 0,
        said: expect.stringContaining("latest revision 'rule-v1' (unchanged)"),
      },
    );
    expect(await speak(['service', 'describe', 'x'])).toEqual({
      code: 1,
      said: 'Error: services.serving.knative.dev "x" not found\n',
    });
  });

  it('goes to zero when a minute is skipped, and comes back for a request that waits', async () => {
    await deployment.wait(70_000);
    expect(deployment.instances()).toEqual([]);
    const answer = await deployment.fetch('/api/rule');
    // Both were away: the gateway's pod came first and then the one that it asks.
    expect(await answer.json()).toMatchObject({ revision: 'rule-v1' });
    expect(deployment.instances()).toHaveLength(2);
  });

  it('keeps a pod that has a request, and lets it end in order', async () => {
    const slow = deployment.fetch('/slow?ms=3000');
    await deployment.wait(500);
    await deployment.wait(70_000);
    expect(await (await slow).text()).toBe('slow');
  });

  it('puts another pod in the place of one that was killed', async () => {
    await deployment.fetch('/');
    const before = deployment.instances().find(({ service }) => service === 'app-00001');
    await deployment.kill(before?.id);
    await expect
      .poll(async () => (await deployment.fetch('/')).status, { timeout: 30_000 })
      .toBe(200);
  });

  it('splits traffic between revisions, by kn', async () => {
    await deployment.kn?.('service update app --env GREETING=bye');
    expect(await (await deployment.fetch('/')).json()).toMatchObject({
      revision: 'app-00002',
      greeting: 'bye',
    });
    await deployment.kn?.('service update app --traffic app-00001=100 --tag app-00002=next');
    expect(await (await deployment.fetch('/')).json()).toMatchObject({ revision: 'app-00001' });
    expect(JSON.parse((await ask('next-app.default.localhost')).body)).toMatchObject({
      revision: 'app-00002',
    });
  });

  it('gives a broken revision no traffic, and says why it is broken', async () => {
    const update = deployment.kn?.(
      'service update app --env BROKEN=no-database --traffic @latest=100',
    );
    await expect(update).rejects.toThrow('Container failed with: broken: no-database');
    const answer = await (await deployment.fetch('/')).json();
    expect(answer).toMatchObject({ revision: expect.stringMatching(/app-0000[12]/) });
    expect(await deployment.kn?.('service list')).toContain('RevisionFailed');
  });
});

import { execFile } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { createDocker, sweepImages } from '../../cloud/hosts/docker/index.ts';
import { NODE_IMAGE } from '../../cloud/hosts/docker/testing/real-docker.ts';
import type { Deployment } from '../../cloud/shared/platform.ts';
import type { Stage } from '../../stages/catalogue.ts';
import { deploy } from '../index.ts';
import { findCluster } from './here.ts';
import { createKubectl, type Kubectl } from './kubectl.ts';
import { makeNamespace, sweepNamespaces } from './namespace.ts';
import { withoutCluster } from './testing.ts';

const SLOW_MILLISECONDS = 240_000;
const SETTLED_MILLISECONDS = 60_000;
const LABEL = 'serverless-evolution.stage=91-fixture';

describe.skipIf(await withoutCluster())('target cluster', { timeout: SLOW_MILLISECONDS }, () => {
  let stage: Stage;
  let context: string;
  let kubectl: Kubectl;

  beforeAll(async () => {
    process.env['NODE_IMAGE'] = NODE_IMAGE;
    context = (await findCluster()).context?.name ?? '';
    kubectl = createKubectl({ context });
    const directory = mkdtempSync(join(tmpdir(), 'targets-test-'));
    cpSync(join(import.meta.dirname, '..', 'fixtures', 'image'), directory, { recursive: true });
    const images = { 'serverless-evolution/91-fixture:k8s': 'Dockerfile' };
    // What deploy reads of a stage; the rest is for the site.
    stage = {
      ...{ id: '91-fixture', number: 91, directory },
      targets: { cluster: { manifests: ['k8s'], images, service: 'todo' } },
    } as unknown as Stage;
  });
  afterAll(async () => {
    rmSync(stage.directory, { recursive: true, force: true });
    await sweepImages(createDocker(), stage.id);
  });

  const namespaces = async (): Promise<string> =>
    kubectl.run(['get', 'namespaces', '--selector', LABEL, '--output', 'name']);

  async function run(options: Parameters<typeof deploy>[2] = {}): Promise<Deployment> {
    const deployment = await deploy(stage, 'cluster', {
      ...{ port: 0, prepare: false, environment: { SECRET: 'made up' } },
      ...options,
    });
    onTestFinished(() => deployment.close(), SLOW_MILLISECONDS);
    return deployment;
  }

  /** `npm run stage kubectl`, as in another terminal. */
  async function ask(...words: string[]): Promise<string> {
    const entry = join(import.meta.dirname, '..', '..', 'stage.ts');
    const { stdout } = await promisify(execFile)(process.execPath, [entry, 'kubectl', ...words]);
    return stdout;
  }

  it('applies the manifests in a namespace of its own, and is gone when it is closed', async () => {
    const told: string[] = [];
    const deployment = await run({
      emit: (event) => told.push(event.type === 'log' ? event.text : event.type),
    });
    const answer = (await (await fetch(`${deployment.url}/a`)).json()) as { host: string };
    expect(answer).toMatchObject({ url: '/a', greeting: 'hello', secret: 'made up' });
    const pods = deployment.instances();
    expect(pods).toHaveLength(2);
    expect(pods.map(({ id }) => id)).toContain(answer.host);
    expect(pods).toMatchObject([
      { service: 'todo', state: 'idle' },
      { service: 'todo', state: 'idle' },
    ]);
    expect(told).toEqual(expect.arrayContaining(['instance-starting', 'instance-ready', 'ready']));
    const asked = await ask('get', 'pods', '-l', 'app=todo', '--output', 'name');
    expect(asked.trim().split('\n').toSorted()).toEqual(
      pods.map(({ id }) => `pod/${id}`).toSorted(),
    );
    await expect(ask('get', 'pod', 'nobody')).rejects.toThrow('pods "nobody" not found');
    await deployment.close();
    expect(await namespaces()).toBe('');
    await expect(fetch(deployment.url)).rejects.toThrow();
  });

  it('starts a killed program again in its pod', async () => {
    const told: unknown[] = [];
    const deployment = await run({
      emit: ({ type, ...event }) => type === 'instance-stopped' && told.push(event),
    });
    const [first] = deployment.instances();
    await deployment.kill(first?.id);
    const row = `get pod ${first?.id} --no-headers`;
    const restarted = async (): Promise<string | undefined> => deployment.kubectl?.(row);
    await expect.poll(restarted, { timeout: SETTLED_MILLISECONDS }).toMatch(/1\/1 +Running +1 /);
    expect(told).toMatchObject([{ instance: first?.id, reason: 'crashed', code: 139 }]);
    expect(deployment.instances().map(({ id }) => id)).toContain(first?.id);
  });

  it('balances connections and takes another environment', async () => {
    const deployment = await run();
    const [first] = deployment.instances();
    await deployment.redeploy({ GREETING: 'good day' });
    // A node takes a moment to learn who has gone: until then old pods are asked too, and hang up or say nothing.
    const deadline = performance.now() + SETTLED_MILLISECONDS;
    let seen = new Set<string>();
    for (let fresh = 0; fresh < 40; fresh++) {
      const answer = await deployment.fetch('/', { signal: AbortSignal.timeout(5_000) }).then(
        (response) => response.json() as Promise<Record<string, string>>,
        (): Record<string, string> => ({}),
      );
      if (answer['greeting'] === 'good day') seen.add(answer['host'] ?? '');
      else [fresh, seen] = [0, new Set()];
      expect(performance.now()).toBeLessThan(deadline);
    }
    expect(seen.size).toBe(2);
    expect(seen).not.toContain(first?.id);
  });

  it('says why pods do not become ready, and leaves nothing', async () => {
    const broken = join(stage.directory, 'k8s', 'todo.yaml');
    cpSync(broken, `${broken}.before`);
    onTestFinished(() => cpSync(`${broken}.before`, broken));
    writeFileSync(
      broken,
      `apiVersion: apps/v1
kind: Deployment
metadata: { name: todo }
spec:
  progressDeadlineSeconds: 5
  selector: { matchLabels: { app: todo } }
  template:
    metadata: { labels: { app: todo } }
    spec:
      containers: [{ name: todo, image: "serverless-evolution/none:0", imagePullPolicy: Never }]
`,
    );
    await expect(run()).rejects.toMatchObject({
      code: 'E_CLUSTER_ROLLOUT',
      message: expect.stringMatching(/deployment\/todo did not become ready.*ErrImageNeverPull/s),
    });
    expect(await namespaces()).toBe('');
  });

  it('a namespace is swept when its process is gone, and left alone until then', async () => {
    const { name, remove } = await makeNamespace(context, stage.id);
    onTestFinished(remove, SLOW_MILLISECONDS);
    expect(await sweepNamespaces(context, () => true)).toEqual([]);
    expect(await sweepNamespaces(context, (pid) => pid !== process.pid)).toEqual([name]);
  });
});

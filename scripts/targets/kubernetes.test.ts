import { cpSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { TEMPORARY_PREFIX } from '../cloud/hosts/node/temporary.ts';
import {
  CONTROL_PREFIX,
  findClusters,
  type RunningCluster,
  sendLine,
} from '../cloud/kubernetes/control.ts';
import type { PlatformEvent } from '../cloud/shared/events.ts';
import type { Deployment } from '../cloud/shared/platform.ts';
import type { Stage } from '../stages/catalogue.ts';
import { makeTemporaryFolder } from '../stages/temporary.ts';
import { deploy } from './index.ts';

const FIXTURE = join(import.meta.dirname, '..', 'cloud', 'kubernetes', 'fixtures', 'stage');
/** Real processes on a machine that does other things too. */
const SLOW = { timeout: 60_000 };

let directory: string;
let deployment: Deployment;
const events: PlatformEvent[] = [];

beforeAll(async () => {
  directory = makeTemporaryFolder('kubernetes-test');
  cpSync(FIXTURE, directory, { recursive: true });
  // What deploy reads of a stage; the rest is for the site.
  const stage = {
    id: '06-fixture',
    number: 6,
    directory,
    targets: {
      kubernetes: { manifests: ['k8s'], images: { 'todo:1': 'Dockerfile' }, service: 'todo' },
    },
  } as unknown as Stage;
  deployment = await deploy(stage, 'kubernetes', {
    port: 0,
    prepare: false,
    emit: (event) => events.push(event),
  });
}, SLOW.timeout);

afterAll(async () => {
  await deployment?.close();
  rmSync(directory, { recursive: true, force: true });
}, SLOW.timeout);

const cluster = (): RunningCluster => {
  const found = findClusters().find(
    ({ pid, stage }) => pid === process.pid && stage === '06-fixture',
  );
  if (!found) throw new Error('no cluster of this process');
  return found;
};

async function kubectl(line: string, files: Record<string, string> = {}) {
  let out = '';
  let err = '';
  const code = await sendLine(
    cluster(),
    { tool: 'kubectl', words: line.split(' '), files },
    { out: (text) => (out += text), err: (text) => (err += text) },
  );
  return { code, out, err };
}

it('answers at its URL from three processes', SLOW, async () => {
  const pods = new Set<string>();
  for (let index = 0; index < 6; index += 1) {
    const answer = (await (await fetch(deployment.url)).json()) as Record<string, string>;
    expect(answer).toMatchObject({ greeting: 'hello', secret: 's3cret' });
    pods.add(answer['pod'] ?? '');
  }
  expect([...pods].toSorted()).toEqual(deployment.instances().map(({ id }) => id));
});

it('carries bytes and cookies of a real program', SLOW, async () => {
  const bytes = await fetch(`${deployment.url}/bytes`);
  expect(new Uint8Array(await bytes.arrayBuffer())).toEqual(new Uint8Array([0, 255, 128, 1]));
  const cookies = await fetch(`${deployment.url}/cookies`);
  expect(cookies.headers.getSetCookie()).toEqual(['a=1', 'b=2']);
});

it(
  'lets another process speak kubectl to it, also with files and with an exit code',
  SLOW,
  async () => {
    expect(await kubectl('get pods -o name')).toMatchObject({
      code: 0,
      out: deployment
        .instances()
        .map(({ id }) => `pod/${id}\n`)
        .join(''),
    });
    expect(await kubectl('get pod nope')).toEqual({
      code: 1,
      out: '',
      err: 'Error from server (NotFound): pods "nope" not found\n',
    });
    const text = 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: more\ndata:\n  A: "1"\n';
    expect(await kubectl('apply -f more.yaml', { 'more.yaml': text })).toMatchObject({
      out: 'configmap/more created\n',
    });
    expect((await kubectl('describe pods -l app=todo')).out).toContain('QoS Class:');
    // The first figures come when a pod has run for a second.
    await expect
      .poll(async () => (await kubectl('top pods')).out, { timeout: 10_000 })
      .toMatch(/todo-\S+ +\d+m +\d+Mi\n/);
  },
);

it('brings a killed process back', SLOW, async () => {
  const [victim] = deployment.instances();
  const readies = (): number =>
    events.filter((event) => event.type === 'instance-ready' && event.instance === victim?.id)
      .length;
  await deployment.kill(victim?.id);
  await vi.waitUntil(() => readies() === 2, SLOW.timeout);
  expect(deployment.instances().find(({ id }) => id === victim?.id)?.state).toBe('idle');
});

it('leaves no process, port, socket or folder when it is closed', SLOW, async () => {
  const { url } = deployment;
  await deployment.close();
  await expect(fetch(url)).rejects.toThrow('fetch failed');
  const own = [`${TEMPORARY_PREFIX}${process.pid}-`, `${CONTROL_PREFIX}${process.pid}-`];
  const left = readdirSync(tmpdir()).filter((name) =>
    own.some((prefix) => name.startsWith(prefix)),
  );
  expect(left).toEqual([]);
});

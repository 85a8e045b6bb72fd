// What k8s/ says must fit what the program does: a cluster finds out only when it is too late.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { parseAllDocuments } from 'yaml';
import type { TodoStore } from '../models/todo-store.ts';
import { startService } from './service.ts';

const STAGE = path.join(import.meta.dirname, '..');
const read = (name: string): string => readFileSync(path.join(STAGE, name), 'utf8');

interface HttpGet {
  readonly path: string;
  readonly port: string;
}

interface Probe {
  readonly httpGet: HttpGet;
  readonly periodSeconds: number;
  readonly failureThreshold: number;
}

interface Deployment {
  readonly spec: {
    readonly replicas: number;
    readonly selector: { readonly matchLabels: Record<string, string> };
    readonly strategy: { readonly rollingUpdate: { maxSurge: number; maxUnavailable: number } };
    readonly template: {
      readonly metadata: { readonly labels: Record<string, string> };
      readonly spec: {
        readonly terminationGracePeriodSeconds: number;
        readonly enableServiceLinks: boolean;
        readonly securityContext: { runAsNonRoot: boolean; runAsUser: number };
        readonly containers: readonly [
          {
            readonly image: string;
            readonly ports: readonly { name: string; containerPort: number }[];
            readonly resources: { requests: Record<string, string>; limits: object };
            readonly startupProbe: Probe;
            readonly readinessProbe: Probe;
            readonly livenessProbe: Probe;
            readonly lifecycle: { preStop: { exec: { command: string[] } } };
            readonly securityContext: {
              readOnlyRootFilesystem: boolean;
              allowPrivilegeEscalation: boolean;
              capabilities: { drop: string[] };
            };
          },
        ];
      };
    };
  };
}

const objects = <Kind>(file: string): Kind[] =>
  parseAllDocuments(read(file)).map((document) => document.toJS() as Kind);

const [deployment] = objects<Deployment>('k8s/deployment.yaml');
assert.ok(deployment);
const { spec } = deployment;
const pod = spec.template.spec;
const [container] = pod.containers;

test('a Service and an autoscaler that find the pods', () => {
  const [service] = objects<{
    spec: { selector: Record<string, string>; ports: { targetPort: string }[] };
  }>('k8s/service.yaml');
  assert.deepEqual(service?.spec.selector, spec.template.metadata.labels);
  assert.deepEqual(spec.selector.matchLabels, spec.template.metadata.labels);
  assert.equal(service?.spec.ports[0]?.targetPort, container.ports[0]?.name);

  const [autoscaler] = objects<{
    spec: { scaleTargetRef: { kind: string; name: string }; minReplicas: number };
  }>('k8s/autoscaler.yaml');
  assert.deepEqual(autoscaler?.spec.scaleTargetRef, {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    name: 'todo',
  });
  assert.equal(autoscaler?.spec.minReplicas, spec.replicas);
  assert.ok(container.resources.requests['cpu'], 'a percentage of nothing cannot be reached');
});

test('probes ask for what the program answers, where the image listens', async (context) => {
  const { startupProbe, readinessProbe, livenessProbe } = container;
  // Whether it answers is no question to its table.
  const service = await startService(context, {} as TodoStore);
  for (const { httpGet } of [startupProbe, readinessProbe, livenessProbe]) {
    assert.equal((await service.call('GET', httpGet.path)).status, 200);
    const port = container.ports.find(({ name }) => name === httpGet.port)?.containerPort;
    assert.match(read('Dockerfile'), new RegExp(`^EXPOSE ${port}$`, 'm'));
    assert.match(read('Dockerfile'), new RegExp(`PORT=${port}\\b`));
  }
});

test('a pod that ends has the time to sleep and to drain', () => {
  const [command, seconds] = container.lifecycle.preStop.exec.command;
  assert.equal(command, 'sleep');
  const [, drain = ''] = /MAX_DRAIN_MILLISECONDS = ([\d_]+)/.exec(read('serve.ts')) ?? [];
  const needed = Number(seconds) + Number(drain.replaceAll('_', '')) / 1000;
  assert.ok(pod.terminationGracePeriodSeconds > needed, `${needed} s are needed`);
});

test('a rollout never has fewer pods than were asked for', () => {
  assert.deepEqual(spec.strategy.rollingUpdate, { maxSurge: 1, maxUnavailable: 0 });
});

test('a slow start is no reason to kill, a hang is', () => {
  const { startupProbe, livenessProbe } = container;
  assert.ok(startupProbe.periodSeconds * startupProbe.failureThreshold >= 30);
  assert.ok(livenessProbe.periodSeconds * livenessProbe.failureThreshold <= 60);
});

test('nobody is root, as the image says, and nothing can be written or gained', () => {
  const [, user] = /^USER (\d+):/m.exec(read('Dockerfile')) ?? [];
  assert.equal(pod.securityContext.runAsNonRoot, true);
  assert.equal(pod.securityContext.runAsUser, Number(user));
  assert.equal(container.securityContext.readOnlyRootFilesystem, true);
  assert.equal(container.securityContext.allowPrivilegeEscalation, false);
  assert.deepEqual(container.securityContext.capabilities.drop, ['ALL']);
});

test('all that the program has to know is in the ConfigMap or the Secret, and no value of a secret is', () => {
  const named = ['k8s/config.template.yaml', 'k8s/secret.template.yaml'].flatMap((file) =>
    objects<{ data?: object; stringData?: object }>(file).flatMap(({ data, stringData }) =>
      Object.entries({ ...data, ...stringData }),
    ),
  );
  assert.deepEqual(named.map(([name]) => name).toSorted(), [
    'JWT_SECRET',
    'TABLESTORE_ACCESS_KEY_ID',
    'TABLESTORE_ACCESS_KEY_SECRET',
    'TABLESTORE_ENDPOINT',
    'TABLESTORE_INSTANCE',
  ]);
  for (const [name, value] of named) assert.equal(value, `\${${name}}`);
});

test('no variable of the cluster’s own hides one of the program’s', () => {
  assert.equal(pod.enableServiceLinks, false);
});

test('every image has a version', () => {
  for (const folder of ['k8s', 'k8s/local']) {
    for (const name of readdirSync(path.join(STAGE, folder)).filter((each) =>
      each.endsWith('.yaml'),
    ))
      for (const [, image = ''] of read(`${folder}/${name}`).matchAll(/image: (\S+)/g))
        assert.match(image, /:(?!latest)\w+$/);
  }
});

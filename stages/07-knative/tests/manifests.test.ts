// What knative/ says must fit what the programs do: a cluster finds out only when it is too late.
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { parseAllDocuments } from 'yaml';
import { readServices } from '../gateway/services.ts';
import { MAX_ANSWER_MILLISECONDS } from '../gateway/forward.ts';
import type { TodoStore } from '../models/todo-store.ts';
import { startService } from './service.ts';

const STAGE = path.join(import.meta.dirname, '..');
const read = (name: string): string => readFileSync(path.join(STAGE, name), 'utf8');

interface Container {
  readonly image: string;
  readonly command: readonly [string, string];
  readonly ports?: unknown;
  readonly env?: readonly { readonly name: string; readonly value: string }[];
  readonly envFrom?: readonly Record<string, { readonly name: string }>[];
  readonly readinessProbe: { readonly httpGet: { readonly path: string } };
  readonly securityContext: {
    readonly runAsNonRoot: boolean;
    readonly runAsUser: number;
    readonly readOnlyRootFilesystem: boolean;
    readonly allowPrivilegeEscalation: boolean;
    readonly capabilities: { readonly drop: readonly string[] };
  };
}

interface Service {
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly labels?: Record<string, string>;
    readonly annotations?: Record<string, string>;
  };
  readonly spec: {
    readonly template: {
      readonly metadata?: {
        readonly name?: string;
        readonly annotations?: Record<string, string>;
      };
      readonly spec: {
        readonly containerConcurrency?: number;
        readonly timeoutSeconds?: number;
        readonly containers: readonly [Container];
      };
    };
    readonly traffic?: readonly {
      readonly revisionName: string;
      readonly percent: number;
      readonly tag: string;
    }[];
  };
}

const objects = <Kind>(file: string): Kind[] =>
  parseAllDocuments(read(file)).map((document) => document.toJS() as Kind);
const one = (file: string): Service => {
  const [service] = objects<Service>(file);
  assert.ok(service);
  return service;
};

const myapp = one('knative/myapp.template.yaml');
const rule = one('knative/rule.yaml');
const v1 = one('knative/user-v1.yaml');
const v2 = one('knative/user-v2.yaml');
const all = [myapp, rule, v1, v2];
const containerOf = ({ spec }: Service): Container => spec.template.spec.containers[0];

test('each Service starts a program that is in the image, under the image’s user', () => {
  for (const service of all) {
    const { command, ports, image, securityContext } = containerOf(service);
    assert.equal(command[0], 'node');
    assert.ok(existsSync(path.join(STAGE, command[1])), command[1]);
    // Knative says in PORT where to listen, and each program reads it.
    assert.equal(ports, undefined);
    assert.match(read(command[1]), /process\.env\['PORT'\]/);
    assert.match(image, /^dev\.local\/.*:(?!latest)\w+$/);
    const [, user] = /^USER (\d+):/m.exec(read('Dockerfile')) ?? [];
    assert.equal(securityContext.runAsUser, Number(user));
    assert.equal(securityContext.runAsNonRoot, true);
    assert.equal(securityContext.readOnlyRootFilesystem, true);
    assert.equal(securityContext.allowPrivilegeEscalation, false);
    assert.deepEqual(securityContext.capabilities.drop, ['ALL']);
  }
});

test('every folder that a program imports from is in the image', () => {
  const named = read('.dockerignore').split('\n');
  const tracked = readdirSync(STAGE, { withFileTypes: true }).filter((entry) =>
    entry.isDirectory(),
  );
  for (const { name } of tracked) {
    const isImported = [
      'index.ts',
      'rule.ts',
      'user.ts',
      'apps/gateway.ts',
      'apps/rule.ts',
      'apps/user.ts',
    ]
      .map(read)
      .some((text) => new RegExp(`from '\\.{1,2}/${name}/`).test(text));
    if (isImported) assert.ok(named.includes(`!${name}`), `.dockerignore leaves ${name} out`);
  }
});

test('a readiness probe asks for what the program answers', async (context) => {
  // Whether it answers is no question to its table.
  const service = await startService(context, {} as TodoStore);
  for (const { readinessProbe } of all.map(containerOf))
    assert.equal((await service.call('GET', readinessProbe.httpGet.path)).status, 200);
});

test('the gateway alone is public, and finds the others by their names in the cluster', () => {
  const visibility = 'networking.knative.dev/visibility';
  assert.equal(myapp.metadata.labels?.[visibility], undefined);
  for (const { metadata } of [rule, v1, v2])
    assert.equal(metadata.labels?.[visibility], 'cluster-local');
  const environment = Object.fromEntries(
    (containerOf(myapp).env ?? []).map(({ name, value }) => [
      name,
      value.replace('${NAMESPACE}', 'default'),
    ]),
  );
  const found = readServices(environment);
  assert.equal(found.rule.url.host, `${rule.metadata.name}.default.svc.cluster.local`);
  assert.equal(found.user.url.host, `${v1.metadata.name}.default.svc.cluster.local`);
});

test('two revisions of one Service, each with a name of its own, share its requests', () => {
  assert.equal(v1.metadata.name, v2.metadata.name);
  const names = [v1, v2].map(({ spec }) => spec.template.metadata?.name);
  assert.deepEqual(names, ['user-v1', 'user-v2']);
  const traffic = v2.spec.traffic ?? [];
  assert.deepEqual(
    traffic.map(({ revisionName }) => revisionName),
    names,
  );
  assert.deepEqual(
    traffic.map(({ percent }) => percent),
    [50, 50],
  );
  assert.deepEqual(
    traffic.map(({ tag }) => tag),
    ['v1', 'v2'],
  );
});

test('what the autoscaler reads is where it looks: on the template, not on the Service', () => {
  for (const { metadata, spec } of all) {
    assert.equal(metadata.annotations, undefined);
    for (const name of Object.keys(spec.template.metadata?.annotations ?? {}))
      assert.match(name, /^autoscaling\.knative\.dev\//);
  }
});

test('the gateway gives up before the platform does: its answer says who was slow', () => {
  const { timeoutSeconds = 300 } = rule.spec.template.spec;
  assert.ok(MAX_ANSWER_MILLISECONDS < timeoutSeconds * 1000);
});

test('all that the programs have to know is in the ConfigMap or the Secret, and no value of a secret is', () => {
  const named = ['config', 'secret'].flatMap((name) =>
    objects<{ metadata: { name: string }; data?: object; stringData?: object }>(
      `knative/settings/${name}.template.yaml`,
    ).flatMap(({ data, stringData }) => Object.entries({ ...data, ...stringData })),
  );
  assert.deepEqual(named.map(([name]) => name).toSorted(), [
    'JWT_SECRET',
    'TABLESTORE_ACCESS_KEY_ID',
    'TABLESTORE_ACCESS_KEY_SECRET',
    'TABLESTORE_ENDPOINT',
    'TABLESTORE_INSTANCE',
  ]);
  for (const [name, value] of named) assert.equal(value, `\${${name}}`);
  for (const service of [rule, v1, v2])
    assert.deepEqual(containerOf(service).envFrom, [
      { configMapRef: { name: 'todo' } },
      { secretRef: { name: 'todo' } },
    ]);
  // The gateway signs nobody in and opens no table: it has no key to lose.
  assert.equal(containerOf(myapp).envFrom, undefined);
});

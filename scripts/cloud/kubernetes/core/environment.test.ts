import { describe, expect, it } from 'vitest';
import { type EnvironmentContext, resolveEnvironment } from './environment.ts';
import type { Container, Service } from './objects.ts';

const RULE: Service = {
  metadata: { name: 'rule-api' },
  spec: { clusterIP: '10.96.0.12', ports: [{ name: 'http', port: 80, protocol: 'TCP' }] },
};

const CONTEXT: EnvironmentContext = {
  pod: {
    metadata: { name: 'todo-1', namespace: 'default', uid: 'u1', labels: { app: 'todo' } },
    spec: { containers: [], nodeName: 'node-1' },
  },
  podIP: '10.0.0.7',
  hostIP: '192.168.1.1',
  services: [],
  configMap: (name) => (name === 'settings' ? { data: { A: 'map', B: '2' } } : undefined),
  // "grün"
  secret: (name) => (name === 'keys' ? { data: { A: 'Z3LDvG4=' } } : undefined),
};

const resolve = (container: Partial<Container>, context: Partial<EnvironmentContext> = {}) =>
  resolveEnvironment({ name: 'todo', ...container }, { ...CONTEXT, ...context });
const variables = (...given: Parameters<typeof resolve>): Readonly<Record<string, string>> => {
  const resolved = resolve(...given);
  if ('error' in resolved) throw new Error(resolved.error);
  return resolved.variables;
};

describe('a container’s variables', () => {
  it('come from envFrom first, in order, and then from env', () => {
    const given = {
      envFrom: [{ configMapRef: { name: 'settings' } }, { secretRef: { name: 'keys' } }],
      env: [{ name: 'B', value: 'own' }],
    };
    expect(variables(given)).toEqual({ A: 'grün', B: 'own' });
  });

  it('may have a prefix', () => {
    const envFrom = [{ prefix: 'APP_', configMapRef: { name: 'settings' } }];
    expect(variables({ envFrom })).toEqual({ APP_A: 'map', APP_B: '2' });
  });

  it('see earlier ones by $(NAME), unknown and escaped names stay as they are', () => {
    const env = [
      { name: 'HOST', value: 'rule' },
      { name: 'URL', value: 'http://$(HOST):$(PORT)/$$(HOST)' },
      { name: 'PORT', value: '80' },
    ];
    expect(variables({ env })['URL']).toBe('http://rule:$(PORT)/$(HOST)');
  });

  it('take single keys and fields of the pod', () => {
    const env = [
      { name: 'ONE', valueFrom: { configMapKeyRef: { name: 'settings', key: 'A' } } },
      { name: 'TWO', valueFrom: { secretKeyRef: { name: 'keys', key: 'A' } } },
      { name: 'POD', valueFrom: { fieldRef: { fieldPath: 'metadata.name' } } },
      { name: 'IP', valueFrom: { fieldRef: { fieldPath: 'status.podIP' } } },
      { name: 'APP', valueFrom: { fieldRef: { fieldPath: "metadata.labels['app']" } } },
    ];
    expect(variables({ env })).toEqual({
      ONE: 'map',
      TWO: 'grün',
      POD: 'todo-1',
      IP: '10.0.0.7',
      APP: 'todo',
    });
  });

  it('leave out what is optional and not there', () => {
    const given = {
      envFrom: [{ secretRef: { name: 'none', optional: true } }],
      env: [
        {
          name: 'X',
          valueFrom: { configMapKeyRef: { name: 'settings', key: 'none', optional: true } },
        },
      ],
    };
    expect(variables(given)).toEqual({});
  });

  it.each([
    [{ envFrom: [{ configMapRef: { name: 'none' } }] }, 'configmap "none" not found'],
    [{ envFrom: [{ secretRef: { name: 'none' } }] }, 'secret "none" not found'],
    [
      { env: [{ name: 'X', valueFrom: { secretKeyRef: { name: 'keys', key: 'Z' } } }] },
      "couldn't find key Z in Secret default/keys",
    ],
    [
      { env: [{ name: 'X', valueFrom: { fieldRef: { fieldPath: 'spec.none' } } }] },
      'unsupported fieldPath: spec.none',
    ],
  ])('are an error for what is missing: %j', (given, error) => {
    expect(resolve(given)).toEqual({ error });
  });
});

describe('service links', () => {
  it('tell where services are, which a program’s own variables may hide', () => {
    const env = [{ name: 'RULE_API_PORT', value: '3001' }];
    expect(variables({ env }, { services: [RULE] })).toMatchObject({
      RULE_API_SERVICE_HOST: '10.96.0.12',
      RULE_API_SERVICE_PORT: '80',
      RULE_API_SERVICE_PORT_HTTP: '80',
      RULE_API_PORT: '3001',
      RULE_API_PORT_80_TCP: 'tcp://10.96.0.12:80',
      RULE_API_PORT_80_TCP_ADDR: '10.96.0.12',
    });
  });

  it('overwrite nothing, but are there: RULE_API_PORT is no port', () => {
    expect(variables({}, { services: [RULE] })['RULE_API_PORT']).toBe('tcp://10.96.0.12:80');
  });

  it('are left out where the pod does not want them, and for headless services', () => {
    const pod = { ...CONTEXT.pod, spec: { containers: [], enableServiceLinks: false } };
    expect(variables({}, { services: [RULE], pod })).toEqual({});
    const headless = { ...RULE, spec: { ...RULE.spec, clusterIP: 'None' } };
    expect(variables({}, { services: [headless] })).toEqual({});
  });
});

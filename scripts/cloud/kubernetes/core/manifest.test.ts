import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse, stringify } from 'yaml';
import { parseManifest } from './manifest.ts';
import type { Secret, Service } from './objects.ts';

const FIXTURE = readFileSync(
  join(import.meta.dirname, '..', 'fixtures', 'stage', 'k8s', 'todo.yaml'),
  'utf8',
);
const DEPLOYMENT = FIXTURE.split('---\n')[2] ?? '';

/** The Deployment with a field set, by its path. */
function withField(path: string, value: unknown): string {
  const object = parse(DEPLOYMENT) as Record<string, unknown>;
  const keys = path.split('.');
  const last = keys.pop() ?? '';
  let at: Record<string, unknown> = object;
  for (const key of keys) at = (at[key] ??= {}) as Record<string, unknown>;
  at[last] = value;
  return stringify(object);
}

const fault = (text: string): string => {
  try {
    parseManifest(text, 'k8s/todo.yaml');
  } catch (error) {
    return (error as Error).message;
  }
  return 'accepted';
};

describe('a manifest', () => {
  it('may hold several objects, with the defaults of the API server', () => {
    const { objects } = parseManifest(FIXTURE, 'todo.yaml');
    expect(objects.map(({ kind }) => kind)).toEqual([
      'ConfigMap',
      'Secret',
      'Deployment',
      'Service',
      'HorizontalPodAutoscaler',
    ]);
    expect((objects[1] as Secret).data).toEqual({ SECRET: 'czNjcmV0' });
    expect((objects[3] as Service).spec?.ports?.[0]).toMatchObject({ protocol: 'TCP' });
  });

  it('may be a List, and documents may be empty', () => {
    const list = stringify({ apiVersion: 'v1', kind: 'List', items: [parse(DEPLOYMENT)] });
    expect(parseManifest(`---\n${list}---\n`, 'list.yaml').objects).toHaveLength(1);
  });

  it('notes what is accepted and does nothing here, by field', () => {
    const text = withField('spec.template.spec.securityContext', { runAsNonRoot: true });
    expect(parseManifest(text, 'todo.yaml').notes).toEqual([
      {
        object: 'Deployment/todo',
        field: 'spec.template.spec.containers.0.resources.requests',
        means: 'reserves nothing; the autoscaler measures against cpu',
      },
      {
        object: 'Deployment/todo',
        field: 'spec.template.spec.securityContext.runAsNonRoot',
        means: 'the process has your own user',
      },
    ]);
  });

  it.each([
    [
      'spec.template.spec.initContainers',
      [{ name: 'a', image: 'b' }],
      'Deployment/todo: spec.template.spec.initContainers: nothing would run before the container',
    ],
    [
      'spec.template.spec.volumes',
      [{ name: 'a', configMap: { name: 'b' } }],
      'spec.template.spec.volumes.0.configMap: no file would appear in the container',
    ],
    ['spec.template.spec.nodeSelector', { disk: 'ssd' }, 'there is one node'],
    ['spec.template.spec.serviceAccountName', 'robot', 'there is no API token for pods'],
    ['spec.replicaz', 3, 'Deployment/todo: spec.replicaz: no such field is known here'],
    ['spec.replicas', -1, 'spec.replicas: Too small'],
    [
      'metadata.namespace',
      'prod',
      'metadata.namespace: only the namespace "default" is there, found "prod"',
    ],
  ])('is refused for %s, with what that means', (path, value, message) => {
    expect(fault(withField(path, value))).toContain(message);
  });

  it.each([
    ['Ingress', 'there is no Ingress here: nothing routes by host or path'],
    ['StatefulSet', 'there is no StatefulSet here: there are no disks'],
    ['Potato', 'expected one of Deployment, Service, ConfigMap'],
  ])('of kind %s is refused', (kind, message) => {
    expect(fault(`kind: ${kind}\nmetadata:\n  name: x\n`)).toContain(message);
  });

  it('is refused for a load balancer, and for numbers where texts are wanted', () => {
    const service = FIXTURE.split('---\n')[3] ?? '';
    expect(fault(service.replace('NodePort', 'LoadBalancer'))).toContain(
      'spec.type: there is no cloud that would give a load balancer',
    );
    expect(
      fault('apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\ndata:\n  PORT: 1\n'),
    ).toContain('ConfigMap/a: data.PORT: a text: quote numbers and true/false');
  });

  it('that is no YAML is told by its reader', () => {
    expect(fault('a: [1')).toContain('k8s/todo.yaml');
  });
});

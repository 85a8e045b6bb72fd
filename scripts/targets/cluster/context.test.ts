import { describe, expect, it } from 'vitest';
import { chooseContext, type Kubeconfig } from './context.ts';
import { loadingFor } from './images.ts';

const config = (current: string, servers: Record<string, string>): Kubeconfig => ({
  'current-context': current,
  contexts: Object.keys(servers).map((name) => ({ name, context: { cluster: `${name}-cluster` } })),
  clusters: Object.entries(servers).map(([name, server]) => ({
    name: `${name}-cluster`,
    cluster: { server },
  })),
});
const HERE = 'https://127.0.0.1:6443';

describe('the cluster that a stage may be applied to', () => {
  it.each([
    ['kind-todo', 'kind'],
    ['minikube', 'minikube'],
    ['k3d-todo', 'k3d'],
    ['docker-desktop', 'docker-desktop'],
    ['colima', 'colima'],
    ['colima-work', 'colima'],
  ])('is %s when that is current', (name, kind) => {
    expect(chooseContext(config(name, { other: HERE, [name]: HERE }), undefined)).toEqual({
      name,
      kind,
    });
  });

  it('is never one that only happens to be current', () => {
    expect(chooseContext(config('prod', { prod: 'https://api.example.com' }), undefined)).toEqual({
      refused: `kubectl's context "prod" is not known to be a cluster on this machine`,
      remedy: expect.stringContaining('CLUSTER_CONTEXT=prod'),
    });
    expect(chooseContext(config('local', { local: HERE }), undefined)).toHaveProperty('refused');
  });

  it('is never one on another machine, whatever it is called', () => {
    const far = config('kind-prod', { 'kind-prod': 'https://api.example.com:6443' });
    expect(chooseContext(far, undefined)).toHaveProperty('refused');
  });

  it('is a local one beside a current one that is not', () => {
    const both = config('prod', { prod: 'https://api.example.com', 'kind-todo': HERE });
    expect(chooseContext(both, undefined)).toMatchObject({ name: 'kind-todo' });
  });

  it('is the one that is named on purpose, if there is such a one', () => {
    const both = config('kind-todo', { staging: 'https://10.0.0.1', 'kind-todo': HERE });
    expect(chooseContext(both, 'staging')).toEqual({ name: 'staging', kind: 'other' });
    expect(chooseContext(both, 'stagin')).toEqual({
      refused: 'no context is called "stagin"',
      remedy: `Name one of kubectl's: staging, kind-todo.`,
    });
  });

  it('is none where kubectl knows none, and it is said how to get one', () => {
    expect(chooseContext({ contexts: null }, undefined)).toEqual({
      refused: 'no Kubernetes cluster here',
      remedy: expect.stringContaining('kind create cluster'),
    });
  });
});

describe('an image gets into a cluster the way that it wants', () => {
  it.each([
    ['kind-todo', 'kind', 'kind load docker-image a:1 --name todo'],
    ['k3d-todo', 'k3d', 'k3d image import a:1 --cluster todo'],
    ['minikube', 'minikube', 'minikube image load a:1 --profile minikube'],
  ] as const)('%s', (name, kind, line) => {
    const loading = loadingFor({ name, kind }, 'containerd://2.1.4', ['a:1']);
    expect(loading.by === 'command' && [loading.program, ...loading.words].join(' ')).toBe(line);
  });

  it('not at all where the nodes have what Docker has', () => {
    const by = (kind: 'docker-desktop' | 'colima' | 'other', runtime: string) =>
      loadingFor({ name: 'x', kind }, runtime, ['a:1']).by;
    expect(by('docker-desktop', 'docker://29.0.1')).toBe('nothing');
    expect(by('colima', 'docker://29.0.1')).toBe('nothing');
    expect(by('other', 'docker://20.10.24')).toBe('nothing');
    expect(by('other', 'containerd://2.1.4')).toBe('unknown');
  });
});

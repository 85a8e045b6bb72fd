// What this kubectl prints of the objects of a real cluster, beside what the real kubectl printed of them.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { EndpointSlice, KubernetesObject } from '../../core/objects.ts';
import type { Kubernetes } from '../kubernetes.ts';
import { kubectl } from './kubectl.ts';

type Lists = Record<string, KubernetesObject[]>;

interface Recorded {
  readonly lists: Lists;
  readonly outputs: Record<string, { line: string; now: number; text: string }>;
}

/** The clock may have gone on by so many milliseconds while the output was made. */
const SLACK_MS = 3_000;

const recorded = (state: string): Recorded =>
  JSON.parse(
    readFileSync(
      join(import.meta.dirname, '..', '..', 'fixtures', 'real', `${state}.json`),
      'utf8',
    ),
  ) as Recorded;

/** A cluster that has these objects and does nothing. */
function still(lists: Lists, now: number): Kubernetes {
  const kinds: Record<string, string> = {
    ConfigMap: 'configmaps',
    Secret: 'secrets',
    HorizontalPodAutoscaler: 'autoscalers',
  };
  const all: Lists = { ...lists, endpointslices: (lists['endpoints'] ?? []).map(sliceOf) };
  const list = (kind: string): KubernetesObject[] => all[kinds[kind] ?? kind] ?? [];
  const get = (kind: string, name: string): KubernetesObject | undefined =>
    list(kind).find(({ metadata }) => metadata?.name === name);
  const engine = {
    state: { list, get },
    store: { list, get },
    realClock: { now: () => now },
  };
  return { engine, actions: {} } as unknown as Kubernetes;
}

/** Endpoints as the slices of today. */
function sliceOf(endpoints: KubernetesObject): EndpointSlice {
  const { subsets = [] } = endpoints as {
    subsets?: { addresses?: { ip: string }[]; ports?: { port: number }[] }[];
  };
  return {
    metadata: { labels: { 'kubernetes.io/service-name': endpoints.metadata?.name ?? '' } },
    endpoints: subsets.flatMap(({ addresses = [] }) =>
      addresses.map(({ ip }) => ({ addresses: [ip] })),
    ),
    ports: subsets[0]?.ports ?? [],
  };
}

async function printed(lists: Lists, line: string, now: number): Promise<string> {
  let text = '';
  const write = (part: string): void => void (text += part);
  await kubectl(still(lists, now), line.split(' '), { out: write, err: write });
  return text;
}

/** Our output at the moment within the slack at which it fits, or else as it is at the recorded one. */
async function fitting(
  { lists, outputs }: Recorded,
  name: string,
  normal: (text: string) => string,
): Promise<{ ours: string; real: string }> {
  const { line, now, text } = outputs[name]!;
  const real = normal(text);
  for (let back = 0; back <= SLACK_MS; back += 50) {
    const ours = normal(await printed(lists, line, now - back));
    if (ours === real) return { ours, real };
  }
  return { ours: normal(await printed(lists, line, now)), real };
}

const exact = (text: string): string =>
  text.replaceAll('kube-golden namespace', 'default namespace');

/** Rows without the width of their columns and without what newer releases have beside it. */
const rows = (text: string): string =>
  text
    .split('\n')
    .map((line) =>
      line
        .trim()
        .replaceAll(/\s+/g, ' ')
        // Since 1.22 the last restart is told, since 1.30 the name of the metric.
        .replace(/(\d) \(\S+ ago\)/, '$1')
        .replace('cpu: ', ''),
    )
    .join('\n');

describe('of a calm cluster', () => {
  const calm = recorded('calm');

  it.each([
    'pods',
    'pods-wide',
    'pods-labels',
    'deployments',
    'deployments-wide',
    'rs',
    'rs-wide',
    'svc',
    'svc-wide',
    'ep',
    'all',
    'history',
    'notfound',
    'unknown',
    'selector',
    'describe-secret',
    'yaml',
  ])('%s is printed to the letter', async (name) => {
    const { ours, real } = await fitting(calm, name, exact);
    expect(ours).toBe(real);
  });

  it('hpa differs in the name of the metric alone', async () => {
    // It was measured anew between the objects and the output.
    const masked = (text: string): string => rows(text).replace(/\d%\//, 'n%/');
    const { ours, real } = await fitting(calm, 'hpa', masked);
    expect(ours).toBe(real);
  });

  it('events have the same rows, in the order of time', async () => {
    const sorted = (text: string): string => rows(text).split('\n').toSorted().join('\n');
    const { ours, real } = await fitting(calm, 'events', sorted);
    expect(ours).toBe(real);
  });
});

describe('of pods that crashed and of an image that is not there', () => {
  it.each([
    ['crashed', 'pods'],
    ['broken', 'pods'],
    ['broken', 'deployments'],
    ['broken', 'rs'],
  ])('%s: %s has the same rows', async (state, name) => {
    const { ours, real } = await fitting(recorded(state), name, rows);
    expect(ours).toBe(real);
  });
});

describe('descriptions', () => {
  /** Lines that only newer releases have, or that speak of what is not here. */
  const NEWER =
    /^(Service Account|IP Family Policy|IP Families|Internal Traffic Policy|Priority|Volumes|Mounts|Node-Selectors|Tolerations|OldReplicaSets):?|^(default-token|\/var\/run|Type: Secret|SecretName|Optional:)|PodReadyToStartContainers/;
  const lines = (text: string): string =>
    rows(text)
      .split('\n')
      .filter((line) => !NEWER.test(line))
      // Since 1.23 the average is no longer shown beside the share.
      .map((line) => line.replace(/\d+%( \(\d+m\))? \//, 'n% /'))
      .join('\n');

  it.each([
    ['calm', 'describe-pod'],
    ['calm', 'describe-deployment'],
    ['calm', 'describe-svc'],
    ['calm', 'describe-hpa'],
  ])('%s: %s has the same lines', async (state, name) => {
    const { ours, real } = await fitting(recorded(state), name, lines);
    expect(ours).toBe(real);
  });
});

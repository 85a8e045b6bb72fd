import { describe, expect, it } from 'vitest';
import { clusterHostsOf, hostOf } from './hosts.ts';
import type { RevisionTemplate } from './resources.ts';
import { checkImmutable, latestName, nextConfiguration, revisionName } from './revisions.ts';
import { assign, type AssignedTarget, isRouted, pick } from './traffic.ts';

function template(image: string, name?: string): RevisionTemplate {
  return {
    metadata: { ...(name !== undefined && { name }), labels: {}, annotations: {} },
    spec: {
      containerConcurrency: 0,
      timeoutSeconds: 300,
      enableServiceLinks: false,
      containers: [
        {
          name: 'user-container',
          image,
          ports: [{ name: '', containerPort: 8080, protocol: 'TCP' }],
          env: [],
        },
      ],
    },
  };
}

describe('a revision', () => {
  it('is called after its Configuration and a number of five digits', () => {
    expect([revisionName('rule', 1), revisionName('rule', 123_456)]).toEqual([
      'rule-00001',
      'rule-123456',
    ]);
  });

  it('is made by another template, and by no other change', () => {
    const first = { name: 'rule', generation: 1, template: template('todo:1') };
    expect(nextConfiguration(first, template('todo:1'))).toBe(first);
    const second = nextConfiguration(first, template('todo:2'));
    expect(second).toMatchObject({ generation: 2 });
    if ('errors' in second) throw new Error('refused');
    expect(latestName(second)).toBe('rule-00002');
  });

  it('may bring its own name, for one template only', () => {
    const first = { name: 'rule', generation: 1, template: template('todo:1', 'rule-v1') };
    expect(latestName(first)).toBe('rule-v1');
    expect(nextConfiguration(first, template('todo:2', 'rule-v1'))).toEqual({
      errors: [
        {
          message: 'Saw the following changes without a name change (-old +new)',
          paths: ['spec.template.metadata.name'],
          details: '{spec.containers[0].image}:\n\t-: "todo:1"\n\t+: "todo:2"',
        },
      ],
    });
    expect(nextConfiguration(first, template('todo:2', 'rule-v2'))).toMatchObject({
      generation: 2,
    });
  });

  it('that has something it had not is another one', () => {
    const { spec } = template('todo:1');
    const [container] = spec.containers;
    const probed = { ...spec, containers: [{ ...container, livenessProbe: { exec: {} } }] };
    expect(checkImmutable(spec, probed)[0]?.details).toBe(
      '{containers[0].livenessProbe}:\n\t-: <none>\n\t+: {"exec":{}}',
    );
    expect(checkImmutable({ a: null }, { a: {} })[0]?.details).toBe('{a}:\n\t-: null\n\t+: {}');
  });

  it('cannot be changed', () => {
    const { spec } = template('todo:1');
    expect(checkImmutable(spec, { ...spec })).toEqual([]);
    expect(checkImmutable(spec, { ...spec, timeoutSeconds: 5 })).toEqual([
      {
        message: 'Immutable fields changed (-old +new)',
        paths: ['spec'],
        details: '{timeoutSeconds}:\n\t-: 300\n\t+: 5',
      },
    ]);
  });
});

describe('a Route', () => {
  const found = {
    configuration: 'rule',
    latestReady: 'rule-00001',
    hasFailed: false,
    revisions: [
      { name: 'rule-00001', ready: 'True' },
      { name: 'rule-00002', ready: 'False' },
      { name: 'rule-00003', ready: 'Unknown' },
    ],
  } as const;

  it('follows the latest revision that is ready: a broken new one gets nothing', () => {
    expect(assign([{ latestRevision: true, percent: 100 }], found)).toEqual([
      { revisionName: 'rule-00001', latestRevision: true, percent: 100 },
    ]);
  });

  it.each([
    ['rule-00002', 'False', 'Revision "rule-00002" failed to become ready.'],
    ['rule-00003', 'Unknown', 'Revision "rule-00003" is not yet ready.'],
    ['rule-00009', 'False', 'Revision "rule-00009" referenced in traffic not found.'],
  ])('leaves its traffic as it is when a target is %s', (name, status, message) => {
    const traffic = [
      { latestRevision: true, percent: 50 },
      { revisionName: name, latestRevision: false, percent: 50 },
    ];
    expect(assign(traffic, found)).toEqual({ status, reason: 'RevisionMissing', message });
  });

  it('keeps the tags and shares of its targets', () => {
    const traffic = [{ revisionName: 'rule-00001', latestRevision: false, percent: 0, tag: 'old' }];
    expect(assign(traffic, found)).toEqual(traffic);
  });

  it('waits for a first revision, and says when there will be none', () => {
    const traffic = [{ latestRevision: true, percent: 100 }];
    const none = { ...found, latestReady: undefined };
    expect(assign(traffic, none)).toMatchObject({
      status: 'Unknown',
      message: 'Configuration "rule" is waiting for a Revision to become ready.',
    });
    expect(assign(traffic, { ...none, hasFailed: true })).toMatchObject({
      status: 'False',
      message: 'Configuration "rule" does not have any ready Revision.',
    });
  });
});

describe('traffic', () => {
  const halves: readonly AssignedTarget[] = [
    { revisionName: 'user-v1', latestRevision: false, percent: 50, tag: 'v1' },
    { revisionName: 'user-v2', latestRevision: false, percent: 50, tag: 'v2' },
    { revisionName: 'user-v3', latestRevision: false, tag: 'next' },
  ];

  it('is spread by shares', () => {
    const chances = [0, 0.499, 0.5, 0.999];
    expect(chances.map((chance) => pick(halves, undefined, chance))).toEqual([
      'user-v1',
      'user-v1',
      'user-v2',
      'user-v2',
    ]);
  });

  it('gives a revision with 0 or no percent nothing', () => {
    const all = [
      { revisionName: 'user-v1', latestRevision: false, percent: 0 },
      { revisionName: 'user-v2', latestRevision: false, percent: 100 },
    ];
    expect([0, 0.5, 0.999].map((chance) => pick(all, undefined, chance))).toEqual(
      Array(3).fill('user-v2'),
    );
  });

  it('goes where a tag says, also without a share', () => {
    expect([pick(halves, 'v2', 0), pick(halves, 'next', 0), pick(halves, 'old', 0)]).toEqual([
      'user-v2',
      'user-v3',
      undefined,
    ]);
  });

  it('reaches a revision by a share or by a tag', () => {
    expect([isRouted(halves, 'user-v3'), isRouted(halves, 'user-v4')]).toEqual([true, false]);
  });
});

describe('a host', () => {
  const metadata = { name: 'user', namespace: 'default', labels: {} };
  const local = { ...metadata, labels: { 'networking.knative.dev/visibility': 'cluster-local' } };

  it('has the name, the namespace and the domain, with a tag in front', () => {
    expect(hostOf(metadata, 'example.com')).toBe('user.default.example.com');
    expect(hostOf(metadata, 'example.com', 'v2')).toBe('v2-user.default.example.com');
  });

  it('of a cluster-local Service is inside the cluster', () => {
    expect(hostOf(local, 'example.com')).toBe('user.default.svc.cluster.local');
    expect(hostOf(local, 'example.com', 'v2')).toBe('v2-user.default.svc.cluster.local');
  });

  it('is shorter for those who call from inside', () => {
    expect(clusterHostsOf(metadata, 'v2')).toEqual([
      'v2-user.default.svc.cluster.local',
      'v2-user.default.svc',
      'v2-user.default',
      'v2-user',
    ]);
  });
});

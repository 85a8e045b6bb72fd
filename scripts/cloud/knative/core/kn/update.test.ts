import { describe, expect, it } from 'vitest';
import type { RevisionTemplate, TrafficTarget } from '../resources.ts';
import { KnError, parseKn } from './arguments.ts';
import { templateAfter } from './template-flags.ts';
import { type TrafficFlags, trafficAfter } from './traffic-flags.ts';

describe('a kn command line', () => {
  it('has a command, names and flags, long and short', () => {
    expect(
      parseKn([
        'service',
        'update',
        'user',
        '--traffic',
        'a=50,b=50',
        '--tag=a=v1',
        '-e',
        'A=1',
        '-eB=2,3',
        '-n',
        'default',
      ]),
    ).toEqual({
      command: ['service', 'update'],
      names: ['user'],
      flags: {
        traffic: ['a=50', 'b=50'],
        tag: ['a=v1'],
        env: ['A=1', 'B=2,3'],
        namespace: ['default'],
      },
    });
  });

  it.each([
    [
      ['ksvc', 'ls'],
      ['service', 'list'],
    ],
    [
      ['revisions', 'list'],
      ['revision', 'list'],
    ],
    [
      ['routes', 'list'],
      ['route', 'list'],
    ],
  ])('%j is %j', (words, command) => expect(parseKn(words).command).toEqual(command));

  it.each([
    [[], "no command for 'kn'"],
    [['broker', 'list'], "unknown command 'broker' for 'kn'"],
    [['constructor'], "unknown command 'constructor' for 'kn'"],
    [['service', 'export', 'x'], "unknown sub-command 'export' for 'kn service'"],
    [['service', 'list', '--watch'], 'unknown flag: --watch'],
    [['service', 'describe', 'x', '-o'], 'flag needs an argument: -o'],
  ])('%j is refused', (words, message) => {
    expect(() => parseKn(words)).toThrow(message);
    expect(() => parseKn(words)).toThrow(KnError);
  });
});

const v = (name: string, more: Partial<TrafficTarget> = {}): TrafficTarget => ({
  revisionName: `user-${name}`,
  latestRevision: false,
  ...more,
});
const LATEST: TrafficTarget = { latestRevision: true, percent: 100 };
const after = (targets: readonly TrafficTarget[], flags: Partial<TrafficFlags>): TrafficTarget[] =>
  trafficAfter(targets, { traffic: [], tag: [], untag: [], ...flags }, 'user');

describe('--traffic', () => {
  it('splits between revisions, and who is not named gets nothing', () => {
    expect(after([LATEST], { traffic: ['user-v1=30', 'user-v2=70'] })).toEqual([
      v('v1', { percent: 30 }),
      v('v2', { percent: 70 }),
    ]);
  });

  it('knows the latest, and tags by their names', () => {
    const tagged = [v('v1', { percent: 100, tag: 'stable' })];
    expect(after(tagged, { traffic: ['@latest=10', 'stable=90'] })).toEqual([
      v('v1', { percent: 90, tag: 'stable' }),
      { latestRevision: true, percent: 10 },
    ]);
  });

  it('leaves what has a tag, without a share', () => {
    const targets = [v('v1', { percent: 50, tag: 'v1' }), v('v2', { percent: 50 })];
    expect(after(targets, { traffic: ['user-v3=100'] })).toEqual([
      v('v1', { tag: 'v1' }),
      v('v3', { percent: 100 }),
    ]);
  });

  it('takes percent signs', () => {
    expect(after([LATEST], { traffic: ['user-v1=100%'] })).toEqual([v('v1', { percent: 100 })]);
  });

  it.each([
    [['user-v1=90'], 'given traffic percents sum to 90, want 100'],
    [['user-v1=ten'], 'error converting given ten to integer value for traffic distribution'],
    [
      ['user-v1=-5', 'user-v2=105'],
      'invalid value for traffic percent -5, expected 0 <= percent <= 100',
    ],
    [['user-v1'], 'expecting the value format in value1=value2, given user-v1'],
    [
      ['a=50', 'a=50'],
      'repetition of revision reference a is not allowed, use only once with --traffic flag',
    ],
  ])('%j is refused', (traffic, message) => {
    expect(() => after([LATEST], { traffic })).toThrow(message);
  });
});

describe('--tag and --untag', () => {
  it('give a revision a host of its own, with or without a share', () => {
    expect(after([LATEST], { tag: ['@latest=next', 'user-v1=old'] })).toEqual([
      { ...LATEST, tag: 'next' },
      v('v1', { tag: 'old' }),
    ]);
  });

  it('give it a second one', () => {
    const targets = [v('v1', { percent: 100, tag: 'a' })];
    expect(after(targets, { tag: ['user-v1=b'] })).toEqual([...targets, v('v1', { tag: 'b' })]);
  });

  it('change nothing that is so already', () => {
    const targets = [v('v1', { percent: 100, tag: 'a' })];
    expect(after(targets, { tag: ['user-v1=a'] })).toEqual(targets);
  });

  it('take it away, and the target with it when it has no share', () => {
    const targets = [v('v1', { percent: 100, tag: 'a' }), v('v2', { tag: 'b' })];
    expect(after(targets, { untag: ['a', 'b'] })).toEqual([v('v1', { percent: 100 })]);
  });

  it('move it in one go', () => {
    const targets = [v('v1', { percent: 100, tag: 'a' })];
    expect(after(targets, { untag: ['a'], tag: ['user-v2=a'] })).toEqual([
      v('v1', { percent: 100 }),
      v('v2', { tag: 'a' }),
    ]);
  });

  it('take no tag from another revision by the way', () => {
    const targets = [v('v1', { percent: 100, tag: 'a' })];
    expect(() => after(targets, { tag: ['user-v2=a'] })).toThrow(
      "refusing to overwrite existing tag in service, add flag '--untag a' in command to untag it",
    );
    expect(() => after(targets, { untag: ['b'] })).toThrow(
      'Tag(s) b not present for any revisions of service user',
    );
  });
});

describe('flags that make a revision', () => {
  const template: RevisionTemplate = {
    metadata: {
      name: 'user-v1',
      labels: {},
      annotations: { 'autoscaling.knative.dev/window': '30s' },
    },
    spec: {
      containerConcurrency: 0,
      timeoutSeconds: 300,
      enableServiceLinks: false,
      containers: [
        {
          name: 'user-container',
          image: 'todo:1',
          ports: [{ name: '', containerPort: 8080, protocol: 'TCP' }],
          env: [
            { name: 'KEPT', value: '1' },
            { name: 'OLD', value: '1' },
          ],
        },
      ],
    },
  };

  it('change what they name, and drop the name that stands for the old one', () => {
    const changed = templateAfter(template, {
      image: ['todo:2'],
      env: ['OLD-', 'NEW=a=b'],
      'scale-min': ['1'],
      'scale-max': ['5'],
      'concurrency-limit': ['10'],
    });
    expect(changed).toMatchObject({
      metadata: {
        annotations: {
          'autoscaling.knative.dev/window': '30s',
          'autoscaling.knative.dev/min-scale': '1',
          'autoscaling.knative.dev/max-scale': '5',
        },
      },
      spec: {
        containerConcurrency: 10,
        containers: [
          {
            image: 'todo:2',
            env: [
              { name: 'KEPT', value: '1' },
              { name: 'NEW', value: 'a=b' },
            ],
          },
        ],
      },
    });
    expect(changed.metadata).not.toHaveProperty('name');
  });

  it('may give it another name', () => {
    expect(templateAfter(template, { 'revision-name': ['user-v2'] }).metadata.name).toBe('user-v2');
  });

  it.each([
    ['1..5', '1', '5'],
    ['2..', '2', undefined],
    ['..4', undefined, '4'],
    ['3', '3', '3'],
  ])('--scale %s', (scale, least, most) => {
    const { annotations } = templateAfter(template, { scale: [scale] }).metadata;
    expect(annotations['autoscaling.knative.dev/min-scale']).toBe(least);
    expect(annotations['autoscaling.knative.dev/max-scale']).toBe(most);
  });

  it('are refused when they say nothing', () => {
    expect(() => templateAfter(template, { scale: ['..'] })).toThrow(KnError);
    expect(() => templateAfter(template, { env: ['NAME'] })).toThrow(
      'argument requires a value that contains the "=" character; got "NAME"',
    );
  });
});

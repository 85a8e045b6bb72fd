import { describe, expect, it } from 'vitest';
import { CONTAINER, manifest, type Parts, refusal } from '../testing/manifest.ts';
import { readService } from './read-service.ts';

describe('defaults', () => {
  it('are those that Knative ships', () => {
    expect(readService(manifest({}))).toEqual({
      service: {
        metadata: { name: 'rule', namespace: 'default', labels: {}, annotations: {} },
        spec: {
          template: {
            metadata: { labels: {}, annotations: {} },
            spec: {
              containerConcurrency: 0,
              timeoutSeconds: 300,
              enableServiceLinks: false,
              containers: [
                {
                  name: 'user-container',
                  image: 'todo',
                  ports: [{ name: '', containerPort: 8080, protocol: 'TCP' }],
                  env: [],
                  readinessProbe: { successThreshold: 1, tcpSocket: { port: 0 } },
                },
              ],
            },
          },
          traffic: [{ latestRevision: true, percent: 100 }],
        },
      },
    });
  });

  it('leave what is said, and what a Deployment understands', () => {
    const read = readService(
      manifest({
        metadata: { namespace: 'course', labels: { app: 'todo' } },
        container: { name: 'web', ports: [{ name: 'h2c', containerPort: 9000 }], args: ['x'] },
        revision: { containerConcurrency: 10, timeoutSeconds: 600, serviceAccountName: 'todo' },
        spec: { traffic: [{ revisionName: 'rule-v1', percent: 100, tag: 'stable' }] },
      }),
    );
    expect(read).toMatchObject({
      service: {
        metadata: { namespace: 'course', labels: { app: 'todo' } },
        spec: {
          template: {
            spec: {
              containerConcurrency: 10,
              timeoutSeconds: 600,
              serviceAccountName: 'todo',
              containers: [{ name: 'web', args: ['x'], ports: [{ containerPort: 9000 }] }],
            },
          },
          traffic: [
            { revisionName: 'rule-v1', latestRevision: false, percent: 100, tag: 'stable' },
          ],
        },
      },
    });
  });
});

describe('refused in Knative’s own words', () => {
  it.each<[string, Parts, string]>([
    [
      'the API of 2020',
      { top: { apiVersion: 'serving.knative.dev/v1alpha1' } },
      'no matches for kind "Service" in version "serving.knative.dev/v1alpha1": apiVersion',
    ],
    [
      'the visibility label of 2020',
      { metadata: { labels: { 'serving.knative.dev/visibility': 'cluster-local' } } },
      'invalid key name "serving.knative.dev/visibility": metadata.labels',
    ],
    [
      'another visibility',
      { metadata: { labels: { 'networking.knative.dev/visibility': 'public' } } },
      'invalid value: public: metadata.labels.networking.knative.dev/visibility',
    ],
    [
      'a name that is no host name',
      { metadata: { name: 'Rule' } },
      `invalid value: not a DNS 1035 label: [a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an alphabetic character, and end with an alphanumeric character (e.g. 'my-name',  or 'abc-123', regex used for validation is '[a-z]([-a-z0-9]*[a-z0-9])?')]: metadata.name`,
    ],
    [
      'an autoscaling annotation on the Service',
      { metadata: { annotations: { 'autoscaling.knative.dev/min-scale': '1' } } },
      'invalid key name "autoscaling.knative.dev/min-scale": metadata.annotations\nautoscaling annotations must be put under "spec.template.metadata.annotations" to work',
    ],
    [
      'a revision of another Service',
      { templateMetadata: { name: 'user-v1' } },
      'invalid value: "user-v1" must have prefix "rule-": spec.template.metadata.name',
    ],
    [
      'no container',
      { revision: { containers: [] } },
      'missing field(s): spec.template.spec.containers',
    ],
    ['no image', { container: { image: undefined } }, `missing field(s): ${CONTAINER}.image`],
    [
      'more than one port',
      { container: { ports: [{ containerPort: 8080 }, { containerPort: 8081 }] } },
      `more than one container port is set: ${CONTAINER}.ports\nOnly a single port is allowed across all containers`,
    ],
    [
      'a port of the queue-proxy',
      { container: { ports: [{ containerPort: 8012 }] } },
      `invalid value: 8012 is a reserved port: ${CONTAINER}.ports.containerPort\n8012 is a reserved port, please use a different value`,
    ],
    [
      'a port that is none',
      { container: { ports: [{ containerPort: 70_000 }] } },
      `expected 0 <= 70000 <= 65535: ${CONTAINER}.ports.containerPort`,
    ],
    [
      'UDP',
      { container: { ports: [{ containerPort: 8080, protocol: 'UDP' }] } },
      `invalid value: UDP: ${CONTAINER}.ports.protocol`,
    ],
    [
      'a name of a port',
      { container: { ports: [{ containerPort: 8080, name: 'web' }] } },
      `Port name web is not allowed: ${CONTAINER}.ports\nName must be empty, or one of: 'h2c', 'http1'`,
    ],
    ...['PORT', 'K_SERVICE', 'K_CONFIGURATION', 'K_REVISION'].map(
      (name): [string, Parts, string] => [
        `the variable ${name}`,
        { container: { env: [{ name, value: '1' }] } },
        `"${name}" is a reserved environment variable: ${CONTAINER}.env[0].name`,
      ],
    ),
    [
      'a variable that YAML took for a number',
      { container: { env: [{ name: 'SIZE', value: 10 }] } },
      `invalid value: 10: ${CONTAINER}.env[0].value\nexpected a string: put it in quotes`,
    ],
    [
      'a variable without a name',
      { container: { env: [{ name: '', value: '1' }, { value: '1' }] } },
      `missing field(s): ${CONTAINER}.env[0].name, ${CONTAINER}.env[1].name`,
    ],
    [
      'both sources of variables in one',
      { container: { envFrom: [{ configMapRef: { name: 'a' }, secretRef: { name: 'a' } }] } },
      `expected exactly one, got both: ${CONTAINER}.envFrom[0].configMapRef, ${CONTAINER}.envFrom[0].secretRef`,
    ],
    [
      'a source of variables that is none',
      { container: { envFrom: [{}] } },
      `expected exactly one, got neither: ${CONTAINER}.envFrom[0].configMapRef, ${CONTAINER}.envFrom[0].secretRef`,
    ],
    [
      'the sidecar’s name',
      { container: { name: 'queue-proxy' } },
      `"queue-proxy" is a reserved container name: ${CONTAINER}.name`,
    ],
    [
      'two ways to probe',
      { container: { livenessProbe: { httpGet: {}, exec: {} } } },
      `expected exactly one, got both: ${CONTAINER}.livenessProbe.exec, ${CONTAINER}.livenessProbe.httpGet`,
    ],
    [
      'what Kubernetes has and Knative does not take',
      {
        revision: { initContainers: [], hostNetwork: true },
        container: { lifecycle: {} },
      },
      `must not set the field(s): ${CONTAINER}.lifecycle, spec.template.spec.hostNetwork, spec.template.spec.initContainers`,
    ],
    ['what nobody knows', { spec: { replicas: 3 } }, 'unknown field: spec.replicas'],
    [
      'a concurrency beyond 1000',
      { revision: { containerConcurrency: 1_001 } },
      'expected 0 <= 1001 <= 1000: spec.template.spec.containerConcurrency',
    ],
    [
      'a time-out beyond 600 s',
      { revision: { timeoutSeconds: 601 } },
      'expected 0 <= 601 <= 600: spec.template.spec.timeoutSeconds',
    ],
  ])('%s', (_, parts, message) => expect(refusal(parts)).toBe(message));

  it('tells every fault, those of one kind together', () => {
    expect(refusal({ container: { image: '' }, spec: { traffic: [{ percent: 90 }] } })).toBe(
      `Traffic targets sum to 90, want 100: spec.traffic\nmissing field(s): ${CONTAINER}.image`,
    );
  });
});

describe('accepted at the edge of what is allowed', () => {
  it.each<[string, Parts]>([
    ['port 0, which is the default', { container: { ports: [{ containerPort: 0 }] } }],
    ['the last port', { container: { ports: [{ containerPort: 65_535 }] } }],
    ['no limit, said', { revision: { containerConcurrency: 0, timeoutSeconds: 0 } }],
    ['the highest limits', { revision: { containerConcurrency: 1_000, timeoutSeconds: 600 } }],
    ['one way to probe', { container: { livenessProbe: { httpGet: { path: '/healthz' } } } }],
    ['a name of 63 characters', { metadata: { name: 'a'.repeat(63) } }],
    ['no traffic, said', { spec: { traffic: [] } }],
    [
      'no share, said, and not the latest, said',
      {
        spec: {
          traffic: [
            { revisionName: 'rule-v1', latestRevision: false, percent: 0 },
            { latestRevision: true, percent: 100 },
          ],
        },
      },
    ],
    [
      'variables from elsewhere',
      {
        container: {
          env: [{ name: 'KEY', valueFrom: { secretKeyRef: { name: 'todo', key: 'key' } } }],
          envFrom: [{ configMapRef: { name: 'todo' } }],
        },
      },
    ],
  ])('%s', (_, parts) => expect(refusal(parts)).toBe(''));

  it('a name of 64 characters is not', () => {
    expect(refusal({ metadata: { name: 'a'.repeat(64) } })).toBe(
      'invalid value: not a DNS 1035 label: [must be no more than 63 characters]: metadata.name',
    );
  });
});

describe('traffic', () => {
  it.each<[string, unknown, string]>([
    ['that sums to 90', [{ percent: 90 }], 'Traffic targets sum to 90, want 100: spec.traffic'],
    [
      'that sums to 110',
      [{ percent: 60 }, { revisionName: 'rule-v1', percent: 50 }],
      'Traffic targets sum to 110, want 100: spec.traffic',
    ],
    [
      'below zero',
      [{ percent: -1 }, { percent: 101 }],
      'expected 0 <= -1 <= 100: spec.traffic[0].percent\nexpected 0 <= 101 <= 100: spec.traffic[1].percent',
    ],
    [
      'to a revision that is to be the latest',
      [{ revisionName: 'rule-v1', latestRevision: true, percent: 100 }],
      'may not set revisionName "rule-v1" when latestRevision is true: spec.traffic[0].latestRevision',
    ],
    [
      'to none that is not to be the latest',
      [{ latestRevision: false, percent: 100 }],
      'may not set revisionName "" when latestRevision is false: spec.traffic[0].latestRevision',
    ],
    [
      'with one tag twice',
      [
        { percent: 100, tag: 'a' },
        { revisionName: 'rule-v1', tag: 'a' },
      ],
      'Multiple definitions for "a": spec.traffic[0].tag, spec.traffic[1].tag',
    ],
    [
      'with a name of a Configuration, which a Service has one of',
      [{ percent: 100, configurationName: 'rule', url: 'http://rule' }],
      'must not set the field(s): spec.traffic[0].configurationName, spec.traffic[0].url',
    ],
  ])('%s is refused', (_, traffic, message) => {
    expect(refusal({ spec: { traffic } })).toBe(message);
  });

  it('with a tag that is no host name is refused', () => {
    expect(refusal({ spec: { traffic: [{ percent: 100, tag: '2' }] } })).toMatch(
      /^invalid value: not a DNS 1035 label: \[.*\]: spec\.traffic\.tag\[0\]$/,
    );
  });

  it('may have a tag without a share', () => {
    expect(
      refusal({ spec: { traffic: [{ percent: 100 }, { revisionName: 'rule-v1', tag: 'old' }] } }),
    ).toBe('');
  });
});

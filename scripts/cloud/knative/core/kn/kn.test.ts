import { describe, expect, it } from 'vitest';
import type { Condition } from '../resources.ts';
import { age, shortAge } from './age.ts';
import { revisionList, routeList, serviceList } from './lists.ts';
import { serviceDescription } from './service-describe.ts';
import type { RevisionView, RouteView, ServiceView } from './views.ts';

const NOW = 10_000_000;
const ago = (seconds: number): number => NOW - seconds * 1_000;

function conditions(
  types: readonly string[],
  since: number,
  changes: Record<string, Partial<Condition>> = {},
): Condition[] {
  return types.map((type) => ({ type, status: 'True', since, ...changes[type] }));
}

const SERVICE_TYPES = ['Ready', 'ConfigurationsReady', 'RoutesReady'];
const REVISION_TYPES = ['Ready', 'ContainerHealthy', 'ResourcesAvailable', 'Active'];

const USER: ServiceView = {
  name: 'user',
  namespace: 'default',
  labels: { app: 'todo', 'serving.knative.dev/creator': 'me' },
  annotations: {},
  created: ago(3_700),
  url: 'http://user.default.127.0.0.1.sslip.io',
  latestCreated: 'user-v2',
  latestReady: 'user-v2',
  traffic: [
    { revisionName: 'user-v1', latestRevision: false, percent: 50, tag: 'v1' },
    { revisionName: 'user-v2', latestRevision: true, percent: 50 },
  ],
  conditions: conditions(SERVICE_TYPES, ago(95)),
};
const RULE: ServiceView = {
  ...USER,
  name: 'rule',
  labels: {},
  created: ago(42),
  url: 'http://rule.default.svc.cluster.local',
  latestCreated: 'rule-00002',
  latestReady: 'rule-00001',
  traffic: [{ revisionName: 'rule-00001', latestRevision: true, percent: 100 }],
  conditions: conditions(SERVICE_TYPES, ago(40), {
    Ready: { status: 'False', reason: 'RevisionFailed', message: 'no database' },
    ConfigurationsReady: { status: 'False', reason: 'RevisionFailed', message: 'no database' },
  }),
};

function revision(
  name: string,
  generation: number,
  changes: Partial<RevisionView> = {},
): RevisionView {
  return {
    name,
    service: name.split('-')[0] ?? '',
    generation,
    created: ago(600),
    image: 'todo:7',
    replicas: { actual: 0, desired: 0 },
    conditions: conditions(REVISION_TYPES, ago(590)),
    ...changes,
  };
}

const REVISIONS = [
  revision('user-v1', 1, { replicas: { actual: 1, desired: 2 } }),
  revision('user-v2', 2),
  revision('rule-00001', 1),
  revision('rule-00002', 2, {
    created: ago(30),
    conditions: conditions(REVISION_TYPES, ago(5), {
      Ready: {
        status: 'False',
        reason: 'ExitCode1',
        message: 'Container failed with: no database',
      },
      ContainerHealthy: { status: 'False', reason: 'ExitCode1' },
      ResourcesAvailable: { status: 'Unknown', reason: 'Deploying' },
      Active: { status: 'Unknown', reason: 'Queued', severity: 'Info' },
    }),
  }),
];

const lines = (found: readonly string[]): string => `\n${found.join('\n')}\n`;

it('kn service list', () => {
  expect(lines(serviceList([USER, RULE], NOW))).toBe(`
NAME   URL                                      LATEST       AGE   CONDITIONS   READY   REASON
rule   http://rule.default.svc.cluster.local    rule-00002   42s   1 OK / 3     False   RevisionFailed : no database
user   http://user.default.127.0.0.1.sslip.io   user-v2      61m   3 OK / 3     True
`);
  expect(serviceList([], NOW)).toEqual(['No services found.']);
});

it('kn revision list', () => {
  expect(lines(revisionList(REVISIONS, [USER, RULE], NOW))).toBe(`
NAME         SERVICE   TRAFFIC   TAGS   GENERATION   AGE   CONDITIONS   READY   REASON
rule-00002   rule                       2            30s   0 OK / 4     False   ExitCode1 : Container failed with: no database
rule-00001   rule      100%             1            10m   4 OK / 4     True
user-v2      user      50%              2            10m   4 OK / 4     True
user-v1      user      50%       v1     1            10m   4 OK / 4     True
`);
  expect(revisionList([], [], NOW)).toEqual(['No revisions found.']);
});

it('kn route list', () => {
  const route = ({ name, url }: ServiceView, status: Condition['status']): RouteView => ({
    name,
    url,
    conditions: [{ type: 'Ready', status, since: 0 }],
  });
  expect(lines(routeList([route(USER, 'True'), route(RULE, 'Unknown')]))).toBe(`
NAME   URL                                      READY
rule   http://rule.default.svc.cluster.local    Unknown
user   http://user.default.127.0.0.1.sslip.io   True
`);
  expect(routeList([])).toEqual(['No routes found.']);
});

describe('kn service describe', () => {
  it('shows the split', () => {
    expect(lines(serviceDescription(USER, REVISIONS, NOW))).toBe(`
Name:       user
Namespace:  default
Labels:     app=todo
Age:        1h
URL:        http://user.default.127.0.0.1.sslip.io

Revisions:
   50%  @latest (user-v2) [2] (10m)
        Image:  todo:7
   50%  user-v1 #v1 [1] (10m)
        Image:     todo:7
        Replicas:  1/2

Conditions:
  OK TYPE                   AGE REASON
  ++ Ready                   1m
  ++ ConfigurationsReady     1m
  ++ RoutesReady             1m
`);
  });

  it('shows a broken revision beside the one that has the traffic', () => {
    expect(lines(serviceDescription(RULE, REVISIONS, NOW))).toBe(`
Name:       rule
Namespace:  default
Age:        42s
URL:        http://rule.default.svc.cluster.local

Revisions:
     !  rule-00002 (latest created) [2] (30s)
        Error:  ExitCode1
        Image:  todo:7
  100%  @latest (rule-00001) [1] (10m)
        Image:  todo:7

Conditions:
  OK TYPE                   AGE REASON
  !! Ready                  40s RevisionFailed
  !! ConfigurationsReady    40s RevisionFailed
  ++ RoutesReady            40s
`);
  });

  it('marks a revision that is ready without traffic, and one that is not known to be', () => {
    const service = { ...USER, traffic: USER.traffic.slice(0, 1), latestCreated: 'user-v3' };
    const third = revision('user-v3', 3, {
      conditions: conditions(REVISION_TYPES, ago(1), { Ready: { status: 'Unknown' } }),
    });
    const found = serviceDescription(service, [...REVISIONS, third], NOW);
    expect(found).toContain('     ?  user-v3 (latest created) [3] (10m)');
    expect(found).toContain('     +  user-v2 (current @latest) [2] (10m)');
  });

  it('shows labels with a domain, but for those of Knative and kubectl', () => {
    const labels = {
      'networking.knative.dev/visibility': 'cluster-local',
      'serving.knative.dev/service': 'user',
      'kubectl.kubernetes.io/restartedAt': 'x',
    };
    expect(serviceDescription({ ...USER, labels }, REVISIONS, NOW)).toContain(
      'Labels:     networking.knative.dev/visibility=cluster-local',
    );
  });

  it('shows a list of a hundred characters whole', () => {
    const annotations = { a: 'a'.repeat(98) };
    expect(serviceDescription({ ...USER, annotations }, REVISIONS, NOW)).toContain(
      `Annotations:  a=${'a'.repeat(98)}`,
    );
  });

  it('cuts a long list of annotations', () => {
    const annotations = { first: 'a'.repeat(60), second: 'b'.repeat(60) };
    const found = serviceDescription({ ...USER, annotations }, REVISIONS, NOW);
    const line = found.find((each) => each.startsWith('Annotations:')) ?? '';
    expect(line).toMatch(/^Annotations: {2}first=a{60}, second=b+ \.\.\.$/);
    expect(line).toHaveLength('Annotations:  '.length + 100);
  });
});

describe('an age', () => {
  it.each([
    [0, '0s', '0s'],
    [119, '119s', '1m'],
    [125, '2m5s', '2m'],
    [180, '3m', '3m'],
    [600, '10m', '10m'],
    [3 * 3_600 + 120, '3h2m', '3h'],
    [9 * 3_600, '9h', '9h'],
    [3 * 86_400 + 7_200, '3d2h', '3d'],
    [100 * 86_400, '100d', '100d'],
    [(2 * 365 + 3) * 86_400, '2y3d', '2y'],
    [9 * 365 * 86_400, '9y', '9y'],
  ])('of %i s is %s, or %s in short', (seconds, long, short) => {
    expect([age(seconds * 1_000), shortAge(seconds * 1_000)]).toEqual([long, short]);
  });
});

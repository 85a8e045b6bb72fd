import { describe, expect, it } from 'vitest';
import {
  configurationConditions,
  type DeploymentState,
  type Finding,
  revisionConditions,
  routeConditions,
  serviceConditions,
  stamp,
} from './readiness.ts';

const STARTING: DeploymentState = { isUp: false, progressDeadlineExceeded: false };
const ready = (findings: readonly Finding[]): Finding | undefined =>
  findings.find(({ type }) => type === 'Ready');

describe('a revision', () => {
  it('is not known to be ready while it is deployed', () => {
    expect(ready(revisionConditions(STARTING, { status: 'Unknown' }))).toEqual({
      type: 'Ready',
      status: 'Unknown',
      reason: 'Deploying',
    });
  });

  it('is ready with its first pods, and stays so at zero', () => {
    const up = revisionConditions({ ...STARTING, isUp: true }, { status: 'True' });
    expect(ready(up)?.status).toBe('True');
    const idle = { status: 'False', reason: 'NoTraffic' } as const;
    const zero = revisionConditions({ ...STARTING, isUp: true }, idle);
    expect(ready(zero)?.status).toBe('True');
    expect(zero.find(({ type }) => type === 'Active')).toEqual({
      type: 'Active',
      severity: 'Info',
      status: 'False',
      reason: 'NoTraffic',
    });
  });

  it('is not ready when its container fails, and says how', () => {
    const failure = { reason: 'ExitCode1', message: 'Container failed with: no database' };
    const found = revisionConditions({ ...STARTING, failure }, { status: 'Unknown' });
    expect(ready(found)).toEqual({ type: 'Ready', status: 'False', ...failure });
  });

  it('is not ready when its deadline has passed', () => {
    const late = { ...STARTING, progressDeadlineExceeded: true };
    expect(ready(revisionConditions(late, { status: 'Unknown' }))).toMatchObject({
      status: 'False',
      reason: 'ProgressDeadlineExceeded',
    });
  });
});

describe('a Configuration', () => {
  it('is as ready as its newest revision', () => {
    expect(configurationConditions('rule-00002', { status: 'Unknown' })).toEqual([
      { type: 'Ready', status: 'Unknown' },
    ]);
    expect(configurationConditions('rule-00002', { status: 'False', message: 'exit 1' })).toEqual([
      {
        type: 'Ready',
        status: 'False',
        reason: 'RevisionFailed',
        message: 'Revision "rule-00002" failed with message: exit 1.',
      },
    ]);
  });
});

describe('a Service', () => {
  const fine: Finding = { type: 'Ready', status: 'True' };

  it('is ready when its Configuration and its Route are', () => {
    expect(serviceConditions(fine, fine).map(({ type, status }) => [type, status])).toEqual([
      ['Ready', 'True'],
      ['ConfigurationsReady', 'True'],
      ['RoutesReady', 'True'],
    ]);
  });

  it('is not ready when one of them is not, in its words', () => {
    const [route] = routeConditions({
      status: 'False',
      reason: 'RevisionMissing',
      message: 'Revision "rule-v9" referenced in traffic not found.',
    });
    expect(ready(serviceConditions(fine, route!))).toMatchObject({
      status: 'False',
      reason: 'RevisionMissing',
    });
    const [configuration] = configurationConditions('rule-00002', { status: 'False' });
    expect(ready(serviceConditions(configuration!, fine))).toMatchObject({
      status: 'False',
      reason: 'RevisionFailed',
    });
  });

  it('is False rather than Unknown when both are there', () => {
    const waiting: Finding = { type: 'Ready', status: 'Unknown' };
    const broken: Finding = { type: 'Ready', status: 'False' };
    expect(ready(serviceConditions(waiting, broken))?.status).toBe('False');
    expect(ready(serviceConditions(waiting, fine))?.status).toBe('Unknown');
  });
});

it('a condition keeps its time as long as its status stays', () => {
  const first = stamp([{ type: 'Ready', status: 'Unknown' }], [], 1_000);
  const same = stamp([{ type: 'Ready', status: 'Unknown', reason: 'Other' }], first, 2_000);
  const other = stamp([{ type: 'Ready', status: 'True' }], same, 3_000);
  expect([first, same, other].map(([condition]) => condition?.since)).toEqual([
    1_000, 1_000, 3_000,
  ]);
});

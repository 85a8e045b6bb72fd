import { describe, expect, it } from 'vitest';
import type { FakeOptions } from '../testing/fake-workloads.ts';
import { manifest, start } from '../testing/knative.ts';

describe('traffic', () => {
  const split = (first: number, second: number): unknown => [
    { revisionName: 'user-v1', percent: first, tag: 'v1' },
    { revisionName: 'user-v2', percent: second, tag: 'v2' },
  ];

  async function twoRevisions() {
    const started = await start({ name: 'user', revision: 'user-v1' });
    started.knative.apply(
      manifest({ name: 'user', revision: 'user-v2', image: 'todo:2', traffic: split(50, 50) }),
    );
    await started.pass(1);
    return started;
  }

  it('is split by chance and shares', async () => {
    const { text, chances } = await twoRevisions();
    const answers: string[] = [];
    for (const chance of [0.1, 0.49, 0.5, 0.9]) {
      chances.push(chance);
      answers.push(await text());
    }
    expect(answers).toEqual(['user-v1', 'user-v1', 'user-v2', 'user-v2']);
  });

  it('goes where a tag’s host says', async () => {
    const { text } = await twoRevisions();
    expect(await text('/', 'v1-user.default.example.com')).toBe('user-v1');
    expect(await text('/', 'v2-user.default.example.com')).toBe('user-v2');
    expect(await text('/', 'v3-user.default.example.com')).toBe('');
  });

  it('is edited without a new revision', async () => {
    const { knative, text, chances, of } = await twoRevisions();
    await knative.kn('service update user --traffic user-v2=100');
    for (const chance of [0.1, 0.9]) {
      chances.push(chance);
      expect(await text()).toBe('user-v2');
    }
    expect(knative.revisions()).toHaveLength(2);
    expect(of('traffic-changed').at(-1)).toMatchObject({
      service: 'user',
      targets: [
        { revision: 'user-v1', percent: 0, tag: 'v1' },
        { revision: 'user-v2', percent: 100, tag: 'v2' },
      ],
    });
    await expect(knative.kn('service update user --traffic user-v2=90')).rejects.toThrow(
      'Error: given traffic percents sum to 90, want 100',
    );
    await expect(knative.kn('service update x --traffic x-1=100')).rejects.toThrow(
      'Error: services.serving.knative.dev "x" not found',
    );
  });

  it('stays when a target is not there, and the Service is not ready', async () => {
    const { knative, text } = await twoRevisions();
    await expect(knative.kn('service update user --traffic user-v9=100')).rejects.toThrow(
      'Revision "user-v9" referenced in traffic not found.',
    );
    expect(await text()).toBe('user-v1');
    await expect(knative.ready()).rejects.toThrow(
      'Revision "user-v9" referenced in traffic not found.',
    );
  });

  it('leaves a revision that gets none, whose pods then go whatever its min-scale', async () => {
    const { knative, pass, workloads } = await start({
      name: 'user',
      revision: 'user-v1',
      annotations: { 'min-scale': '2' },
    });
    await pass(70);
    expect(workloads.pods()).toHaveLength(2);
    knative.apply(manifest({ name: 'user', revision: 'user-v2', image: 'todo:2' }));
    await pass(80);
    expect(workloads.pods()).toHaveLength(0);
  });
});

describe('a broken revision', () => {
  const isBroken: FakeOptions['isBroken'] = ({ template }) =>
    template.spec.containers[0].image === 'todo:broken';

  it('gets no traffic: the Route stays with the last that was ready', async () => {
    const { knative, pass, text, of } = await start({}, { isBroken });
    knative.apply(manifest({ image: 'todo:broken' }));
    await pass(5);
    expect(await text()).toBe('rule-00001');
    const [service] = knative.services();
    expect([service?.latestCreated, service?.latestReady]).toEqual(['rule-00002', 'rule-00001']);
    const conditions = service?.conditions.map(({ type, status }) => [type, status]);
    expect(conditions).toEqual([
      ['Ready', 'False'],
      ['ConfigurationsReady', 'False'],
      ['RoutesReady', 'True'],
    ]);
    expect(of('revision-changed').at(-1)).toMatchObject({
      revision: 'rule-00002',
      ready: 'False',
      reason: 'ExitCode1',
      message: 'Container failed with: no database',
    });
  });

  it('is given up after 610 s', async () => {
    const { knative, pass, workloads } = await start({}, { isBroken });
    knative.apply(manifest({ image: 'todo:broken' }));
    await pass(600);
    expect(workloads.calls).not.toContain('scale rule-00002-deployment 0');
    await pass(15);
    expect(workloads.calls).toContain('scale rule-00002-deployment 0');
  });

  it('as the first one leaves the Service without any', async () => {
    const { knative } = await start({ image: 'todo:broken' }, { isBroken });
    await expect(knative.ready()).rejects.toThrow('Container failed with: no database');
    const response = await knative.fetch('/');
    expect(response.status).toBe(404);
  });
});

describe('hosts', () => {
  const LOCAL = { 'networking.knative.dev/visibility': 'cluster-local' };

  it('of a cluster-local Service are there inside alone', async () => {
    const { knative, text, pass } = await start({ name: 'myapp' });
    knative.apply(manifest({ labels: LOCAL }));
    await pass(1);
    const host = 'rule.default.svc.cluster.local';
    expect(knative.routes()).toMatchObject([
      { name: 'myapp', url: 'http://myapp.default.example.com' },
      { name: 'rule', url: `http://${host}` },
    ]);
    expect(await text('/', host, 'inside')).toBe('rule-00001');
    expect(await text('/', 'rule', 'inside')).toBe('rule-00001');
    expect((await knative.handle(new Request(`http://${host}/`), 'outside')).status).toBe(404);
    expect(
      (await knative.handle(new Request('http://rule.default.example.com/'), 'outside')).status,
    ).toBe(404);
  });

  it('localhost is the Service that is asked for, when it is public', async () => {
    const started = await start({ name: 'first' }, {}, { front: 'second' });
    started.knative.apply(manifest({ name: 'second' }));
    await started.pass(1);
    expect(await started.text()).toBe('second-00001');
    expect(await (await started.knative.fetch('/')).text()).toBe('second-00001');
  });

  it('that nobody knows are 404; localhost is the first public Service', async () => {
    const { knative, text, pass } = await start({ labels: LOCAL });
    knative.apply(manifest({ name: 'myapp' }));
    await pass(1);
    expect(await text()).toBe('myapp-00001');
    const stranger = await knative.handle(new Request('http://example.org/'), 'outside');
    expect(stranger.status).toBe(404);
  });
});

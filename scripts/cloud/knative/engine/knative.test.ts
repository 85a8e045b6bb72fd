import { describe, expect, it } from 'vitest';
import { manifest, settle, start } from '../testing/knative.ts';

describe('a Service', () => {
  it('has a revision with a Deployment, and is ready with its first pod', async () => {
    const { knative, workloads, text } = await start();
    await knative.ready();
    expect(workloads.calls).toEqual(['create rule-00001-deployment 1']);
    expect(knative.services()).toMatchObject([
      {
        name: 'rule',
        url: 'http://rule.default.example.com',
        latestReady: 'rule-00001',
        traffic: [{ revisionName: 'rule-00001', percent: 100, latestRevision: true }],
      },
    ]);
    expect(await text()).toBe('rule-00001');
  });

  it('tells its program who it is', async () => {
    const { workloads } = await start();
    expect(workloads.pods()[0]?.environment).toMatchObject({
      PORT: '8080',
      K_SERVICE: 'rule',
      K_CONFIGURATION: 'rule',
      K_REVISION: 'rule-00001',
      PLACE: 'here',
    });
  });

  it('has more said by its manifest than by the place where it runs', async () => {
    const { knative, pass, workloads } = await start();
    const updated = knative.kn('service update rule --env PLACE=there');
    await pass(1);
    await updated;
    expect(workloads.pods().at(-1)?.environment).toMatchObject({
      PLACE: 'there',
      K_SERVICE: 'rule',
    });
  });

  it('is ready when as many pods as it begins with are', async () => {
    const { knative, pass } = await start(
      { annotations: { 'initial-scale': '3' } },
      { startup: (pod) => (pod - 1) * 1_000 },
    );
    const state = (): unknown => {
      const [revision] = knative.revisions();
      const of = (type: string) => revision?.conditions.find((each) => each.type === type)?.status;
      return [revision?.replicas.actual, of('Ready'), of('Active')];
    };
    expect(state()).toEqual([1, 'Unknown', 'Unknown']);
    await pass(1);
    expect(state()).toEqual([2, 'Unknown', 'Unknown']);
    await pass(1);
    // From now on it has as many as it needs.
    expect(state()).toEqual([1, 'True', 'True']);
  });

  it('that is refused says so as the webhook does', async () => {
    const { knative } = await start();
    expect(() => knative.apply(manifest({ spec: { timeoutSeconds: 900 } }))).toThrow(
      'admission webhook "validation.webhook.serving.knative.dev" denied the request: validation failed: expected 0 <= 900 <= 600: spec.template.spec.timeoutSeconds',
    );
  });

  it('has another revision for another template, and none for the same', async () => {
    const { knative, pass, text } = await start();
    expect(knative.apply(manifest())).toBe('unchanged');
    expect(knative.apply(manifest({ image: 'todo:2' }))).toBe('configured');
    await pass(1);
    expect(knative.revisions().map(({ name, generation }) => [name, generation])).toEqual([
      ['rule-00001', 1],
      ['rule-00002', 2],
    ]);
    expect(await text()).toBe('rule-00002');
  });

  it('cannot have another template under the name of a revision', async () => {
    const { knative } = await start({ revision: 'rule-v1' });
    expect(() => knative.apply(manifest({ revision: 'rule-v1', image: 'todo:2' }))).toThrow(
      'Saw the following changes without a name change (-old +new): spec.template.metadata.name',
    );
    expect(knative.apply(manifest({ revision: 'rule-v2', image: 'todo:2' }))).toBe('configured');
    expect(() => knative.apply(manifest({ revision: 'rule-v1', image: 'todo:3' }))).toThrow(
      'revisions.serving.knative.dev "rule-v1" already exists',
    );
    expect(knative.revisions()).toHaveLength(2);
  });
});

describe('the platform', () => {
  it('puts another pod in the place of one that was killed; who was served by it gets 502', async () => {
    const { knative, workloads, pass } = await start(
      {},
      { program: () => () => new Promise<Response>(() => undefined) },
    );
    const answer = knative.fetch('/');
    await settle();
    const [first] = knative.instances();
    expect(first?.state).toBe('busy');
    await knative.kill(first?.id);
    expect((await answer).status).toBe(502);
    await pass(1);
    expect(workloads.pods()).toHaveLength(1);
    expect(knative.instances()[0]?.id).not.toBe(first?.id);
    await expect(knative.kill('nobody')).rejects.toThrow('nobody');
  });

  it('lets a pod that is to go finish what it does', async () => {
    const gate = Promise.withResolvers<Response>();
    const { knative, pass, workloads, chances } = await start(
      { annotations: { 'min-scale': '2', 'target-burst-capacity': '0' } },
      { program: () => () => gate.promise },
    );
    await pass(3);
    // To the second pod, which is the one that goes.
    chances.push(0, 0.9);
    const answer = knative.fetch('/');
    await settle();
    knative.apply(manifest({ image: 'todo:2' }));
    await pass(150);
    expect(workloads.pods().map(({ terminating }) => terminating)).toContain(true);
    gate.resolve(new Response('late'));
    expect(await (await answer).text()).toBe('late');
    await pass(1);
    expect(workloads.pods().filter(({ terminating }) => terminating)).toEqual([]);
  });

  it('redeploys with other variables as a new revision', async () => {
    const { knative, text, workloads, clock } = await start();
    const done = knative.redeploy({ COLOUR: 'blue' });
    await settle();
    await clock.skip(0);
    await done;
    expect(await text()).toBe('rule-00002');
    expect(workloads.pods().at(-1)?.environment['COLOUR']).toBe('blue');
  });

  it('refuses what comes when it is closed', async () => {
    const { knative } = await start();
    await knative.close();
    expect((await knative.fetch('/')).status).toBe(503);
  });

  it('answers 504 when no pod comes in the revision’s time', async () => {
    const { knative, pass, realClock } = await start(
      { spec: { timeoutSeconds: 5 } },
      { startup: (pod) => (pod === 1 ? 0 : 3_600_000) },
    );
    await pass(70);
    const answer = knative.fetch('/');
    await settle();
    await realClock.skip(5_000);
    const response = await answer;
    expect([response.status, await response.text()]).toEqual([504, 'activator request timeout\n']);
  });
});

import { describe, expect, it } from 'vitest';
import { manifest, settle, start } from '../testing/knative.ts';
import { kn } from './kn.ts';

async function started() {
  const all = await start({ name: 'user', revision: 'user-v1' });
  all.knative.apply(manifest({ name: 'user', revision: 'user-v2', image: 'todo:2' }));
  await all.pass(42);
  return { ...all, kn: (line: string) => all.knative.kn(line) };
}

describe('kn', () => {
  it('lists services, revisions and routes', async () => {
    const { kn: run } = await started();
    expect(`\n${await run('service list')}`).toBe(`
NAME   URL                               LATEST    AGE   CONDITIONS   READY   REASON
user   http://user.default.example.com   user-v2   42s   3 OK / 3     True
`);
    expect(`\n${await run('revision list')}`).toBe(`
NAME      SERVICE   TRAFFIC   TAGS   GENERATION   AGE   CONDITIONS   READY   REASON
user-v2   user      100%             2            42s   4 OK / 4     True
user-v1   user                       1            42s   4 OK / 4     True
`);
    expect(await run('revision list -s rule')).toBe('No revisions found.\n');
    expect(`\n${await run('route list')}`).toBe(`
NAME   URL                               READY
user   http://user.default.example.com   True
`);
  });

  it('describes a service', async () => {
    const { kn: run } = await started();
    expect(await run('service describe user')).toContain('  100%  @latest (user-v2) [2] (42s)');
    expect(await run('service describe user -o url')).toBe('http://user.default.example.com\n');
    await expect(run('service describe x')).rejects.toThrow(
      'Error: services.serving.knative.dev "x" not found',
    );
    await expect(run('service describe')).rejects.toThrow(
      "'service describe' requires the service name given as single argument",
    );
  });

  it('edits traffic and tags without a new revision', async () => {
    const { kn: run, knative, text, chances } = await started();
    const said = await run('service update user --traffic user-v1=50,@latest=50 --tag user-v1=old');
    expect(said).toBe(`Updating Service 'user' in namespace 'default':

Ready to serve.

Service 'user' with latest revision 'user-v2' (unchanged) is available at URL:
http://user.default.example.com
`);
    expect(knative.revisions()).toHaveLength(2);
    expect(await text('/', 'old-user.default.example.com')).toBe('user-v1');
    chances.push(0.1);
    expect(await text()).toBe('user-v2');
    chances.push(0.9);
    expect(await text()).toBe('user-v1');
  });

  it('makes a revision of another template and waits for it', async () => {
    const { kn: run, knative, pass } = await started();
    const updated = run('service update user --scale-min 2 --env COLOUR=blue');
    await settle();
    await pass(1);
    expect(await updated).toContain("Service 'user' updated to latest revision 'user-00003'");
    expect(knative.revisions().at(-1)).toMatchObject({ replicas: { actual: 2, desired: 2 } });
  });

  it('applies a file', async () => {
    const { knative, pass } = await started();
    const said: string[] = [];
    const files = [manifest({ name: 'rule' })];
    const done = kn(knative, ['service', 'apply', '-f', 'rule.yaml'], {
      out: (text) => said.push(text),
      err: (text) => said.push(text),
      files,
    });
    await settle();
    await pass(1);
    expect(await done).toBe(0);
    expect(said.join('')).toContain("Service 'rule' updated to latest revision 'rule-00001'");
  });

  it('deletes a service with all that belongs to it, and its name can be used again', async () => {
    const { kn: run, knative, workloads, pass } = await started();
    expect(await run('service delete user')).toBe(
      "Service 'user' successfully deleted in namespace 'default'.\n",
    );
    expect(await run('service list')).toBe('No services found.\n');
    expect(await run('revision list')).toBe('No revisions found.\n');
    expect(workloads.pods()).toEqual([]);
    expect(knative.hasHost('user.default.svc.cluster.local')).toBe(false);
    await expect(run('service delete user')).rejects.toThrow(
      'Error: services.serving.knative.dev "user" not found',
    );
    knative.apply(manifest({ name: 'user', revision: 'user-v1' }));
    await pass(1);
    expect(await run('service list')).toMatch(/user-v1 .* True$/m);
    expect(await (await knative.fetch('/')).text()).toBe('user-v1');
  });

  it('fails with 1 and says why, in its own words or in the webhook’s', async () => {
    const { knative } = await started();
    const run = async (...words: string[]) => {
      const said: string[] = [];
      const io = { out: (text: string) => said.push(text), err: (text: string) => said.push(text) };
      return [await kn(knative, words, io), said.join('')];
    };
    expect(await run('service', 'update', 'user')).toEqual([
      1,
      "Error: flag(s) required\n'service update' requires at least one flag to change\nRun 'kn --help' for usage\n",
    ]);
    expect(await run('service', 'update', 'user', '--concurrency-limit', '1001')).toEqual([
      1,
      'Error: admission webhook "validation.webhook.serving.knative.dev" denied the request: validation failed: expected 0 <= 1001 <= 1000: spec.template.spec.containerConcurrency\n',
    ]);
    expect(knative.revisions()).toHaveLength(2);
  });
});

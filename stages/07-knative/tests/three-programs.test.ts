// The three programs of the image as a cluster runs them: the gateway finds the others by HTTP alone.
import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { test, type TestContext } from 'node:test';
import { serviceAt } from './service.ts';
import { startTable } from './table.ts';

interface Running {
  readonly url: string;
  readonly child: ChildProcess;
}

async function start(
  t: TestContext,
  entry: string,
  environment: Record<string, string>,
): Promise<Running> {
  const child = spawn(process.execPath, ['--import', 'tsx', entry], {
    cwd: path.join(import.meta.dirname, '..'),
    env: { ...process.env, PORT: '0', ...environment },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  t.after(() => child.kill('SIGKILL'));
  for await (const line of createInterface(child.stdout)) {
    const port = /http:\/\/localhost:(\d+)/.exec(line)?.[1];
    if (port !== undefined) return { url: `http://127.0.0.1:${port}`, child };
  }
  throw new Error(`${entry} has ended before it listened`);
}

async function startAll(t: TestContext): Promise<{ url: string; rule: ChildProcess }> {
  const table = await startTable(t);
  const secrets = {
    ...table.environment,
    JWT_SECRET: randomBytes(32).toString('base64url'),
  };
  const [rule, user] = await Promise.all([
    start(t, 'rule.ts', { ...secrets, K_REVISION: 'rule-00001' }),
    start(t, 'user.ts', { ...secrets, K_REVISION: 'user-v1' }),
  ]);
  const gateway = await start(t, 'index.ts', { RULE_URL: rule.url, USER_URL: user.url });
  return { url: gateway.url, rule: rule.child };
}

test('an account, a session and todos through the gateway, and what is left when one is away', async (t) => {
  const { url, rule } = await startAll(t);
  const { call } = serviceAt(url);
  const post = (target: string, body: unknown, cookie = '') =>
    call('POST', target, body, { cookie });

  const ada = { userName: 'ada', password: 'correct horse' };
  assert.equal((await post('/user/register', ada)).status, 201);
  const login = await post('/api/login/account', ada);
  assert.deepEqual([login.status, login.headers.get('x-revision')], [200, 'user-v1']);
  const [cookie = ''] = (login.headers.getSetCookie()[0] ?? '').split(';');

  // Two services, one key: who user signed in, rule lets in.
  const keys: string[] = [];
  for (const name of ['one', 'two', 'three']) {
    const added = await post('/api/rule', { name }, cookie);
    assert.deepEqual([added.status, added.json()['owner']], [201, 'ada']);
    keys.push(String(added.json()['key']));
  }
  const found = await call('GET', '/api/rule?name=t&sorter=callNo_ascend&pageSize=1');
  assert.deepEqual([found.json()['total'], found.headers.get('x-revision')], [2, 'rule-00001']);
  const removed = await call('DELETE', '/api/rule', { key: keys.slice(1) }, { cookie });
  assert.deepEqual(removed.json()['pagination'], { total: 1 });
  assert.equal((await post('/api/rule', { name: 'nobody’s' })).status, 401);

  rule.kill('SIGKILL');
  await once(rule, 'exit');
  for (const away of [
    await call('GET', '/api/rule'),
    await post('/api/rule', { name: 'four' }, cookie),
  ])
    assert.deepEqual([away.status, away.json()['code']], [502, 'SERVICE_AWAY']);
  assert.equal((await call('GET', '/')).status, 200);
  assert.equal((await call('GET', '/api/currentUser', undefined, { cookie })).status, 200);
});

test('without the address of a service the gateway does not start, and says which', async (t) => {
  const child = spawn(process.execPath, ['--import', 'tsx', 'index.ts'], {
    cwd: path.join(import.meta.dirname, '..'),
    env: { ...process.env, PORT: '0', RULE_URL: 'http://rule', USER_URL: '' },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  t.after(() => child.kill('SIGKILL'));
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => (said += chunk));
  const [code] = (await once(child, 'close')) as [number];
  assert.equal(code, 1);
  assert.match(said, /USER_URL is "": expected the address of the service user/);
});

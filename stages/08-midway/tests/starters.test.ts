// What a starter makes of an event and of an answer, with a service that only echoes. Both clouds must agree.
import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { FcStarter } from '../src/starter/fc-starter.ts';
import { ScfStarter } from '../src/starter/scf-starter.ts';
import { BYTES, EchoConfiguration } from './echo.ts';
import { fcEvent, type Parts, scfEvent } from './make-events.ts';

interface Result {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly isBase64Encoded: boolean;
  readonly body: string;
}

type Call = (method: string, path: string, parts?: Parts) => Promise<Result>;

const options = { appDir: __dirname, imports: [EchoConfiguration] };
const JSON_TYPE = { 'Content-Type': 'application/json' };

function fc(): Call {
  const { handler } = new FcStarter().open(options);
  return (method, path, parts) => handler(fcEvent(method, path, parts), { requestId: '1-x' });
}

function scf(): Call {
  const { main_handler } = new ScfStarter().open(options);
  return (method, path, parts) => main_handler(scfEvent(method, path, parts), { request_id: 'x' });
}

for (const [name, start] of [
  ['Function Compute', fc],
  ['Serverless Cloud Function', scf],
] as const)
  describe(`the starter for ${name}`, () => {
    let call: Call;
    before(() => {
      call = start();
    });

    it('gives Midway method, path, query, headers and the address of the client', async () => {
      const { statusCode, body } = await call('GET', '/request', {
        query: [['name', '牛奶 & milk']],
        headers: { 'X-Test': 'yes' },
      });
      const query = { name: '牛奶 & milk' };
      const expected = { method: 'GET', path: '/request', query, ip: '11.11.11.1', header: 'yes' };
      assert.deepEqual([statusCode, JSON.parse(body)], [200, expected]);
    });

    it('joins query values that come more than once', async () => {
      const query = [
        ['status', '1'],
        ['status', '2'],
        ['name', ''],
      ] as const;
      const { body } = await call('GET', '/request', { query });
      assert.deepEqual((JSON.parse(body) as { query: object }).query, { status: '1,2', name: '' });
    });

    it('carries text both ways as text', async () => {
      const sent = '{"name":"写代码"}';
      const answer = await call('POST', '/body', { body: sent, headers: JSON_TYPE });
      assert.deepEqual([answer.body, answer.isBase64Encoded], [sent, false]);
      assert.equal((await call('GET', '/text')).body, '写代码');
    });

    it('carries bytes both ways as base64', async () => {
      const body = BYTES.toString('base64');
      const headers = { 'Content-Type': 'image/png' };
      const answer = await call('POST', '/body', { body, isBase64Encoded: true, headers });
      assert.deepEqual([answer.body, answer.isBase64Encoded], [body, true]);
      const got = await call('GET', '/bytes');
      const found = [got.body, got.isBase64Encoded, got.headers['content-type']];
      assert.deepEqual(found, [body, true, 'image/png']);
    });

    it('answers HEAD as it answers GET, without the body', async () => {
      const { statusCode, headers, body } = await call('HEAD', '/text');
      assert.deepEqual([statusCode, body], [200, '']);
      assert.match(String(headers['content-type']), /^text\/plain/);
    });

    it('sets as many cookies as its cloud can', async () => {
      const { headers } = await call('GET', '/cookies');
      const all = ['a=1; HttpOnly', 'b=2; HttpOnly'];
      assert.deepEqual(headers['set-cookie'], name === 'Function Compute' ? all[0] : all);
    });

    it('refuses a method that no function can have, before Midway is asked', async () => {
      const { statusCode, headers, body } = await call('TRACE', '/text');
      assert.deepEqual(
        [statusCode, (JSON.parse(body) as { code: string }).code],
        [405, 'METHOD_NOT_ALLOWED'],
      );
      assert.match(String(headers['allow']), /^GET, HEAD, POST/);
    });

    it('leaves an error that nobody caught to the platform, and answers the next call', async () => {
      await assert.rejects(call('GET', '/throw'), { name: 'RangeError', message: 'out of todos' });
      assert.equal((await call('GET', '/text')).statusCode, 200);
    });

    it('starts Midway once for calls that come at the same time', async () => {
      const fresh = start();
      const answers = await Promise.all([fresh('GET', '/text'), fresh('GET', '/text')]);
      const statuses = answers.map(({ statusCode }) => statusCode);
      assert.deepEqual(statuses, [200, 200]);
    });
  });

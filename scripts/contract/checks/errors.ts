import type { Api } from '../api.ts';
import type { Check } from '../check.ts';
import type { RawRequest } from '../client.ts';
import { expectEqual, expectError, expectStatus, expectThat } from '../expect.ts';
import { expectNothingSaved } from './create.ts';

const JSON_TYPE = { 'content-type': 'application/json' };
const TOO_LARGE_BYTES = 120 * 1024;

/** What the API must refuse: the request, and the status it earns. */
const REFUSED: readonly {
  id: string;
  title: string;
  status: readonly number[];
  request: (marker: string) => RawRequest;
}[] = [
  {
    id: 'unknown-path',
    title: 'GET of an unknown path under /api is 404 in JSON',
    status: [404],
    request: () => ({ method: 'GET', path: '/api/typo' }),
  },
  {
    id: 'post-unknown-path',
    title: 'POST to an unknown path under /api is 404 in JSON',
    status: [404],
    request: (marker) => post(JSON.stringify({ name: marker, desc: 'x' }), '/api/typo'),
  },
  {
    id: 'below-the-list',
    title: 'a path below the list is 404 in JSON',
    status: [404],
    request: () => ({ method: 'GET', path: '/api/rule/1/2' }),
  },
  {
    id: 'malformed-json',
    title: 'malformed JSON is 400',
    status: [400],
    request: (marker) => post(`{"name": "${marker}", "desc": `),
  },
  {
    id: 'not-an-object',
    title: 'JSON that is a list instead of an object is 400',
    status: [400],
    request: (marker) => post(JSON.stringify([{ name: marker, desc: 'x' }])),
  },
  {
    id: 'null-body',
    title: 'a JSON body of null is 400',
    status: [400],
    request: () => post('null'),
  },
  {
    id: 'empty-body',
    title: 'POST without a body is refused',
    status: [400, 415],
    request: () => ({ method: 'POST', path: '/api/rule' }),
  },
  {
    id: 'plain-text',
    title: 'JSON sent as plain text is 415: another site could send it unasked',
    status: [415],
    request: (marker) => ({
      ...post(JSON.stringify({ name: marker, desc: 'x' })),
      headers: { 'content-type': 'text/plain' },
    }),
  },
  {
    id: 'form',
    title: 'a form is 415',
    status: [415],
    request: (marker) => ({
      ...post(`name=${marker}&desc=x`),
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    }),
  },
  {
    id: 'too-large',
    title: 'a body of 120 KB is 413 in JSON',
    status: [413],
    request: (marker) => post(padded(marker, TOO_LARGE_BYTES)),
  },
  {
    id: 'too-large-in-chunks',
    title: 'a body of 120 KB that does not say its length is 413 too',
    status: [413],
    request: (marker) => ({
      ...post(padded(marker, TOO_LARGE_BYTES)),
      headers: { ...JSON_TYPE, 'transfer-encoding': 'chunked' },
    }),
  },
];

/** How the service says no. */
export const errorChecks: readonly Check[] = [
  ...REFUSED.map(({ id, title, status, request }) => ({
    id: `errors/${id}`,
    title,
    run: async (api: Api) => {
      expectError(await api.request(request(api.marker)), ...status);
      await expectNothingSaved(api);
    },
  })),
  {
    id: 'errors/just-small-enough',
    title: 'a body of 60 KB is read',
    needs: ['writes'],
    async run(api) {
      const body = padded(api.marker, 60 * 1024);
      expectStatus(await api.request(post(body)), 201);
      expectEqual('todos saved', (await api.mine()).length, 1);
    },
  },
  {
    id: 'errors/method-not-allowed',
    title: 'a method that the list does not know is 405 with Allow',
    async run(api) {
      const reply = await api.send('PATCH', '/api/rule', { key: 'x', name: api.marker });
      expectError(reply, 405);
      expectAllow(reply.headers.allow, ['GET', 'POST', 'PUT', 'DELETE']);
    },
  },
  {
    id: 'errors/user-is-read-only',
    title: 'a write to /api/currentUser is 405 with Allow',
    async run(api) {
      const reply = await api.send('PUT', '/api/currentUser', { name: 'x' });
      expectError(reply, 405);
      expectAllow(reply.headers.allow, ['GET']);
    },
  },
  {
    id: 'errors/bad-escape',
    title: 'a path or filter that cannot be decoded is not a server error',
    async run(api) {
      for (const path of ['/api/%zz', '/api/rule/%E0%A4%A', '/%E0%A4%A']) {
        expectError(await api.get(path), 400, 404);
      }
      expectStatus(await api.get('/api/rule?name=%E0%A4%A'), 200, 400);
    },
  },
  {
    id: 'errors/no-stack',
    title: 'no error shows a stack, a file of the service or the name of a framework',
    async run(api) {
      const replies = [
        await api.get('/api/typo'),
        await api.get('/%E0%A4%A'),
        await api.get('/no-such-page'),
        await api.request(post('{')),
        await api.request(post(padded(api.marker, TOO_LARGE_BYTES))),
        await api.send('PUT', '/api/rule', { key: { toString: 'x' } }),
      ];
      for (const { what, text } of replies) {
        const leak = /node_modules|\bat .+:\d+:\d+|\.[cm]?[jt]s:\d+|\bexpress\b/i.exec(text);
        expectThat(leak === null, `${what}: the answer shows "${leak?.[0]}"`);
      }
    },
  },
  {
    id: 'errors/head',
    title: 'HEAD answers like GET, without a body',
    async run(api) {
      for (const path of ['/api/rule', '/']) {
        const get = await api.get(path);
        const head = await api.request({ method: 'HEAD', path });
        expectStatus(head, get.status);
        expectEqual(`HEAD ${path}: body`, head.text, '');
        expectEqual(
          `HEAD ${path}: content-type`,
          head.headers['content-type'],
          get.headers['content-type'],
        );
      }
    },
  },
];

function post(body: string, path = '/api/rule'): RawRequest {
  return { method: 'POST', path, headers: JSON_TYPE, body };
}

/** A todo that would be valid, in a body of that many bytes. */
function padded(marker: string, bytes: number): string {
  const body = { name: marker, desc: 'x', padding: '' };
  return JSON.stringify({ ...body, padding: 'p'.repeat(bytes - JSON.stringify(body).length) });
}

function expectAllow(allow: string | undefined, methods: readonly string[]): void {
  const listed = (allow ?? '').split(',').map((method) => method.trim().toUpperCase());
  for (const method of methods) {
    expectThat(listed.includes(method), `Allow: expected ${method} in it, found "${allow ?? ''}"`);
  }
}

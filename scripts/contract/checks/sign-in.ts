import type { Api } from '../api.ts';
import type { Check } from '../check.ts';
import type { RawRequest } from '../client.ts';
import { expectEqual, expectError, expectStatus, expectThat, object } from '../expect.ts';
import { readToken } from '../token.ts';
import { expectNothingSaved } from './create.ts';

/** A token that lives longer is a password that nobody can change. */
const LONGEST_SECONDS = 31 * 24 * 60 * 60;

/** Bodies that a form of another site can send without asking; the cookie may come along (Lax still has gaps). */
const FORMS: readonly { type: string; body: (marker: string) => string }[] = [
  {
    type: 'application/x-www-form-urlencoded',
    body: (marker) => `name=${marker}&desc=x`,
  },
  { type: 'text/plain', body: (marker) => JSON.stringify({ name: marker, desc: 'x=' }) },
  {
    type: 'multipart/form-data; boundary=b',
    body: (marker) =>
      `--b\r\ncontent-disposition: form-data; name="name"\r\n\r\n${marker}\r\n--b--\r\n`,
  },
];

/** Signing in and what it is needed for. Numbers are those of OWASP ASVS 5.0. */
export const signInChecks: readonly Check[] = [
  {
    id: 'sign-in/cookie',
    title: 'the cookie is out of reach of scripts and of other sites (3.3)',
    needs: ['signIn'],
    async run(api, { secure }) {
      const { cookie } = await api.session();
      const { attributes } = cookie;
      const has = (name: string): boolean => attributes.has(name);
      expectThat(has('httponly'), `cookie ${cookie.name}: expected HttpOnly`);
      const sameSite = attributes.get('samesite') ?? 'nothing';
      expectThat(
        /^(lax|strict)$/i.test(sameSite),
        `cookie ${cookie.name}: expected SameSite=Lax or Strict, found ${sameSite}`,
      );
      expectEqual(`cookie ${cookie.name}: path`, attributes.get('path'), '/');
      expectThat(!has('domain'), `cookie ${cookie.name}: expected no Domain`);
      expectEqual(
        `cookie ${cookie.name}: Secure, since this is ${secure ? 'https' : 'http'}`,
        has('secure'),
        secure,
      );
    },
  },
  {
    id: 'sign-in/token',
    title: 'the token ends within a month, is for one audience and holds no secret (9.2)',
    needs: ['signIn'],
    async run(api) {
      const { cookie, account } = await api.session();
      const { header, payload } = readToken(cookie.value);
      expectEqual('alg', header['alg'], 'HS256');
      const left = Number(payload['exp']) - Date.now() / 1000;
      expectThat(
        left > 0 && left <= LONGEST_SECONDS,
        `exp: expected a time within ${LONGEST_SECONDS} s from now, found ${JSON.stringify(payload['exp'])}`,
      );
      expectThat(
        payload['aud'] !== undefined && payload['aud'] !== '',
        'aud: expected an audience, found none',
      );
      const text = JSON.stringify(payload);
      const leak = /"(password|hash|salt|secret)\w*":/i.exec(text)?.[0];
      expectThat(leak === undefined, `the token holds ${leak}`);
      expectThat(!account || !text.includes(account.password), 'the token holds the password');
    },
  },
  {
    id: 'sign-in/token-stays-in-its-cookie',
    title: 'no answer shows the token to scripts (9.1)',
    needs: ['signIn'],
    async run(api) {
      const { cookie } = await api.session();
      for (const path of ['/api/currentUser', '/api/rule', '/']) {
        const { what, text } = await api.get(path);
        expectThat(!text.includes(cookie.value), `${what}: the token is in the answer`);
      }
    },
  },
  {
    id: 'sign-in/create-needs-it',
    title: 'a todo of somebody unknown is 401 and not saved, and the service stays up',
    needs: ['signIn'],
    async run(api) {
      expectError(await api.stranger(create(api)), 401);
      await expectNothingSaved(api);
      expectStatus(await api.get('/healthz'), 200);
    },
  },
  {
    id: 'sign-in/change-needs-it',
    title: 'an edit or a delete of somebody unknown is 401 and changes nothing',
    needs: ['signIn', 'writes'],
    async run(api) {
      const todo = await api.create('ours');
      const { key } = todo;
      const attempts = [
        { method: 'PUT', body: { key, desc: 'theirs' } },
        { method: 'DELETE', body: { key: [key] } },
        { method: 'POST', body: { method: 'delete', key: [key] } },
        { method: 'POST', body: { method: 'update', key, desc: 'theirs' } },
      ];
      for (const { method, body } of attempts) {
        const headers = { 'content-type': 'application/json' };
        const request = { method, path: '/api/rule', headers, body: JSON.stringify(body) };
        expectError(await api.stranger(request), 401);
        expectEqual('the todo in the list', await api.find(key), todo);
      }
    },
  },
  {
    id: 'sign-in/owner',
    title: 'a todo belongs to who has signed in',
    needs: ['signIn', 'writes'],
    async run(api) {
      const reply = await api.get('/api/currentUser');
      expectStatus(reply, 200);
      const names = Object.values(object(reply));
      const todo = await api.create('mine', { owner: 'somebody else' });
      expectThat(
        names.includes(todo['owner']),
        `owner: expected what /api/currentUser calls the user, found ${JSON.stringify(todo['owner'])}`,
      );
    },
  },
  {
    id: 'sign-in/forms',
    title: 'a form cannot write, even with the cookie and without saying where it comes from (3.5)',
    needs: ['signIn'],
    async run(api) {
      for (const { type, body } of FORMS) {
        const request = { method: 'POST', path: '/api/rule', body: body(api.marker) };
        expectError(await api.request({ ...request, headers: { 'content-type': type } }), 403, 415);
        await expectNothingSaved(api);
      }
    },
  },
];

/** A todo that would be saved if its sender were known. */
export function create(api: Api, cookie?: string): RawRequest {
  const headers = { 'content-type': 'application/json', ...(cookie && { cookie }) };
  const body = JSON.stringify({ name: api.marker, desc: 'x' });
  return { method: 'POST', path: '/api/rule', headers, body };
}

import type { Api } from '../api.ts';
import type { Check } from '../check.ts';
import { expectEqual, expectError, expectStatus, expectThat, object } from '../expect.ts';
import { expectNothingSaved } from './create.ts';

const CROSS_SITE = { 'sec-fetch-site': 'cross-site', origin: 'https://elsewhere.example' };

/** Ways out of the folder of static files, and files of the service that are none of a reader's business. */
const PRIVATE_PATHS = [
  '/../package.json',
  '/%2e%2e/package.json',
  '/..%2fpackage.json',
  '/%2e%2e%2fpackage.json',
  '/%2e%2e%5cpackage.json',
  '/..\\package.json',
  '/....//package.json',
  '/%252e%252e%252fpackage.json',
  '/%2e%2e%2f%2e%2e%2f%2e%2e%2f%2e%2e%2fetc%2fpasswd',
  '/package.json',
  '/package-lock.json',
  '/index.ts',
  '/s.yaml',
  '/db.json',
  '/.env',
  '/.git/config',
] as const;

/** What strangers must not be able to do. Numbers are those of OWASP ASVS 5.0. */
export const securityChecks: readonly Check[] = [
  {
    id: 'security/content-security-policy',
    title: 'the page may run only what comes from its own origin (3.4)',
    async run(api) {
      const policy = String((await api.get('/')).headers['content-security-policy'] ?? '');
      const directives = new Map(
        policy.split(';').map((directive) => {
          const [name = '', ...sources] = directive.trim().split(/\s+/);
          return [name, sources] as const;
        }),
      );
      const scripts = directives.get('script-src') ?? directives.get('default-src');
      expectThat(
        scripts !== undefined,
        `content-security-policy: expected default-src or script-src, found "${policy}"`,
      );
      const loose = scripts.filter((source) =>
        /^(\*|https?:|data:|'unsafe-inline'|'unsafe-eval')$/.test(source),
      );
      expectEqual('content-security-policy: sources of scripts that are too loose', loose, []);
    },
  },
  {
    id: 'security/nosniff',
    title: 'no answer may be taken for another type than it says (3.4)',
    async run(api) {
      for (const path of ['/', '/api/rule', '/api/typo']) {
        const { what, headers } = await api.get(path);
        expectEqual(
          `${what}: x-content-type-options`,
          headers['x-content-type-options'],
          'nosniff',
        );
      }
    },
  },
  {
    id: 'security/cross-site-create',
    title: 'a todo from another site is 403 and not saved (3.5)',
    async run(api) {
      const body = { name: api.marker, desc: 'x' };
      expectError(await api.send('POST', '/api/rule', body, CROSS_SITE), 403);
      await expectNothingSaved(api);
    },
  },
  {
    id: 'security/cross-site-change',
    title: 'an edit or a delete from another site is 403 and changes nothing (3.5)',
    needs: ['writes'],
    async run(api) {
      const todo = await api.create('ours');
      const edit = { key: todo.key, desc: 'theirs' };
      expectError(await api.send('PUT', '/api/rule', edit, CROSS_SITE), 403);
      expectError(await api.send('DELETE', '/api/rule', { key: [todo.key] }, CROSS_SITE), 403);
      expectEqual('the todo in the list', await api.find(todo.key), todo);
    },
  },
  {
    id: 'security/cross-site-form',
    title: 'a form on another site cannot write (3.5)',
    async run(api) {
      const reply = await api.request({
        method: 'POST',
        path: '/api/rule',
        headers: { ...CROSS_SITE, 'content-type': 'application/x-www-form-urlencoded' },
        body: `name=${api.marker}&desc=x`,
      });
      expectError(reply, 403, 415);
      await expectNothingSaved(api);
    },
  },
  {
    id: 'security/same-origin-write',
    title: "the page's own write is accepted",
    needs: ['writes'],
    async run(api) {
      const body = { name: `${api.marker} ours`, desc: 'x' };
      const own = { 'sec-fetch-site': 'same-origin' };
      expectStatus(await api.send('POST', '/api/rule', body, own), 201);
    },
  },
  {
    id: 'security/no-other-origin',
    title: 'no other origin is invited to read or write',
    async run(api) {
      const get = await api.request({ method: 'GET', path: '/api/rule', headers: CROSS_SITE });
      expectUninvited(get.what, get.headers['access-control-allow-origin']);
      const preflight = await api.request({
        method: 'OPTIONS',
        path: '/api/rule',
        headers: { origin: CROSS_SITE.origin, 'access-control-request-method': 'DELETE' },
      });
      expectUninvited(preflight.what, preflight.headers['access-control-allow-origin']);
    },
  },
  {
    id: 'security/traversal',
    title: 'no path leads out of the public files (5.3.2)',
    async run(api) {
      for (const path of PRIVATE_PATHS) {
        const reply = await api.get(path);
        expectThat(
          reply.status >= 400 && reply.status < 500,
          `GET ${path}: expected a status from 400 to 499, found ${reply.status}`,
        );
      }
    },
  },
  {
    id: 'security/prototype-query',
    title: 'a query that names the prototype changes nothing (15.3.6)',
    async run(api) {
      for (const query of ['__proto__[polluted]=yes', 'constructor[prototype][polluted]=yes']) {
        expectStatus(await api.get(`/api/rule?${query}`), 200, 400);
      }
      await expectUnpolluted(api);
    },
  },
];

function expectUninvited(what: string, origin: string | undefined): void {
  expectThat(
    origin !== '*' && origin !== CROSS_SITE.origin,
    `${what}: access-control-allow-origin is ${origin}`,
  );
}

async function expectUnpolluted(api: Api): Promise<void> {
  const list = object(await api.get('/api/rule'));
  expectThat(!('polluted' in list), 'a later answer shows the field that the query named');
}

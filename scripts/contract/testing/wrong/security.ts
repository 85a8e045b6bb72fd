import type { FakeRequest } from '../fake-service.ts';
import { json } from '../right-service.ts';
import { answersHeader, instead, mishears, on, read, type Wrong } from '../ways-to-be-wrong.ts';

const trusting = (method: string): Wrong['fault'] =>
  mishears(on(method), (request) => ({
    ...request,
    headers: { ...request.headers, 'sec-fetch-site': undefined },
  }));

const serves = (private_: string): Wrong['fault'] =>
  instead(
    ({ path }) => path === private_,
    () => json(200, { name: 'todo', dependencies: {} }),
  );

const any = (): boolean => true;
const fromElsewhere = ({ headers }: FakeRequest): boolean => headers['origin'] !== undefined;

export const wrongSecurity: readonly Wrong[] = [
  {
    check: 'security/content-security-policy',
    does: 'has no policy',
    fault: answersHeader(any, 'content-security-policy'),
  },
  {
    check: 'security/content-security-policy',
    does: 'allows inline scripts',
    fault: answersHeader(any, 'content-security-policy', "default-src 'self' 'unsafe-inline'"),
  },
  {
    check: 'security/nosniff',
    does: 'forgets the header on errors',
    fault: answersHeader(on('GET', '/api/typo'), 'x-content-type-options'),
  },
  {
    check: 'security/cross-site-create',
    does: 'does not ask where a todo comes from',
    fault: trusting('POST'),
  },
  {
    check: 'security/cross-site-change',
    does: 'does not ask where an edit comes from',
    fault: trusting('PUT'),
  },
  {
    check: 'security/cross-site-change',
    does: 'does not ask where a delete comes from',
    fault: trusting('DELETE'),
  },
  {
    check: 'security/cross-site-form',
    does: 'takes a form from anywhere',
    fault: mishears(on('POST'), (request) => ({
      ...request,
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(Object.fromEntries(new URLSearchParams(request.body))),
    })),
  },
  {
    check: 'security/same-origin-write',
    does: 'refuses its own page',
    fault: mishears(any, (request) => ({
      ...request,
      headers: {
        ...request.headers,
        'sec-fetch-site': request.headers['sec-fetch-site'] && 'cross-site',
      },
    })),
  },
  {
    check: 'security/no-other-origin',
    does: 'lets everybody read',
    fault: answersHeader(on('GET'), 'access-control-allow-origin', '*'),
  },
  {
    check: 'security/no-other-origin',
    does: 'lets whoever asks write',
    fault: answersHeader(fromElsewhere, 'access-control-allow-origin', 'https://elsewhere.example'),
  },
  ...['/..%2fpackage.json', '/../package.json', '/index.ts', '/.env'].map((path) => ({
    check: 'security/traversal',
    does: `serves ${path}`,
    fault: serves(path),
  })),
  {
    check: 'security/prototype-query',
    does: 'merges the query into the prototype of all objects',
    fault: {
      handle(right) {
        let polluted = {};
        return async (request, state) => {
          if (request.query.has('__proto__[polluted]')) polluted = { polluted: 'yes' };
          const reply = await right(request, state);
          return { ...reply, body: JSON.stringify({ ...polluted, ...read(reply.body) }) };
        };
      },
    },
  },
];

import type { FakeRequest } from '../fake-service.ts';
import { add, json } from '../right-service.ts';
import {
  answers,
  answersHeader,
  brokenPage,
  instead,
  mishears,
  on,
  read,
  thenDoes,
  type Wrong,
} from '../ways-to-be-wrong.ts';

const post = on('POST');
const escaped = ({ path, query }: FakeRequest): boolean =>
  path.includes('%') || query.toString().includes('%EF%BF%BD');

/** A form is taken for JSON: what lets another site write. */
const takesAnything = mishears(post, (request) => ({
  ...request,
  headers: { ...request.headers, 'content-type': 'application/json' },
  body: request.body.startsWith('name=')
    ? JSON.stringify(Object.fromEntries(new URLSearchParams(request.body)))
    : request.body,
}));

export const wrongErrors: readonly Wrong[] = [
  {
    check: 'errors/unknown-path',
    does: 'answers with the page',
    fault: instead(on('GET', '/api/typo'), () => ({ ...brokenPage(200), body: '<html>' })),
  },
  {
    check: 'errors/post-unknown-path',
    does: 'answers 404 in HTML',
    fault: instead(on('POST', '/api/typo'), () => brokenPage(404)),
  },
  {
    check: 'errors/below-the-list',
    does: 'takes every path below for the list',
    fault: mishears(
      ({ path }) => path.startsWith('/api/rule/'),
      (request) => ({ ...request, path: '/api/rule' }),
    ),
  },
  {
    check: 'errors/malformed-json',
    does: 'breaks on malformed JSON',
    fault: instead(post, () => brokenPage()),
  },
  {
    check: 'errors/not-an-object',
    does: 'takes the first of a list',
    fault: mishears(post, (request) => ({
      ...request,
      body: request.body.replace(/^\[|\]$/g, ''),
    })),
  },
  {
    check: 'errors/null-body',
    does: 'breaks on null',
    fault: instead(post, () => brokenPage()),
  },
  {
    check: 'errors/empty-body',
    does: 'answers 200 to nothing',
    fault: instead(post, () => json(200, { success: true })),
  },
  { check: 'errors/plain-text', does: 'takes any type for JSON', fault: takesAnything },
  { check: 'errors/form', does: 'takes a form', fault: takesAnything },
  {
    check: 'errors/too-large',
    does: 'answers 413 in HTML with a stack',
    fault: instead(post, () => brokenPage(413)),
  },
  {
    check: 'errors/too-large',
    does: 'has no limit',
    fault: mishears(post, withoutPadding),
  },
  {
    check: 'errors/too-large-in-chunks',
    does: 'believes the length that is announced, and there is none',
    fault: mishears((request) => request.headers['content-length'] === undefined, withoutPadding),
  },
  {
    check: 'errors/just-small-enough',
    does: 'stops at 32 KB',
    fault: instead(
      ({ body }) => body.length > 32 * 1024,
      () => json(413, { success: false, code: 'TOO_LARGE', message: 'too large' }),
    ),
  },
  {
    check: 'errors/method-not-allowed',
    does: 'does not say what is allowed',
    fault: answersHeader(on('PATCH'), 'allow'),
  },
  {
    check: 'errors/user-is-read-only',
    does: 'says that the user is not there',
    fault: instead(on('PUT', '/api/currentUser'), () =>
      json(404, { success: false, code: 'UNKNOWN', message: 'unknown' }),
    ),
  },
  {
    check: 'errors/bad-escape',
    does: 'breaks on an escape that is none',
    fault: instead(escaped, () => brokenPage()),
  },
  {
    check: 'errors/no-stack',
    does: 'shows the stack',
    fault: answers(
      ({ path }) => path === '/api/typo',
      (reply) => ({ ...reply, body: brokenPage().body }),
    ),
  },
  {
    check: 'errors/head',
    does: 'knows no HEAD',
    fault: mishears(
      ({ method }) => method === 'HEAD',
      (request) => ({ ...request, method: 'PATCH' }),
    ),
  },
  {
    check: 'errors/not-an-object',
    does: 'refuses a list after it has saved what is in it',
    fault: thenDoes(post, (state, { body }) => {
      for (const item of [read(body)].flat()) add(state, item);
    }),
  },
];

function withoutPadding(request: FakeRequest): FakeRequest {
  return { ...request, body: JSON.stringify({ ...read(request.body), padding: '' }) };
}

import { createHash } from 'node:crypto';
import { FILES, json } from '../right-service.ts';
import { answers, answersHeader, instead, on, type Wrong } from '../ways-to-be-wrong.ts';

const page = on('GET', '/');
const WORDS_SHA256 = createHash('sha256')
  .update(FILES['/words.js']?.[1] ?? '')
  .digest('base64');

export const wrongPages: readonly Wrong[] = [
  {
    check: 'page/loads',
    does: 'forgets the title',
    fault: answers(page, (reply) => ({ ...reply, body: reply.body.replace('Todos', '') })),
  },
  {
    check: 'page/loads',
    does: 'sends the page as plain text',
    fault: answersHeader(page, 'content-type', 'text/plain'),
  },
  {
    check: 'page/shows-in-the-browser',
    does: "offers the page as a download, like a function's default domain",
    fault: answersHeader(page, 'content-disposition', 'attachment'),
  },
  {
    check: 'page/files',
    does: 'sends the script as plain text',
    fault: answersHeader(on('GET', '/page.js'), 'content-type', 'text/plain'),
  },
  {
    check: 'page/files',
    does: 'lacks a module that the script imports',
    fault: instead(on('GET', '/words.js'), () => json(404, {})),
  },
  {
    check: 'page/integrity',
    does: 'runs whatever another origin sends',
    fault: answers(page, (reply) => ({
      ...reply,
      body: reply.body.replace('./page.js', 'https://elsewhere.example/page.js'),
    })),
  },
  ...[
    ['lets any page of the origin with the cookies in', `integrity="sha256-${WORDS_SHA256}"`],
    ['names the hash of another file', 'crossorigin integrity="sha256-AAAA"'],
    [
      'cannot be read by a page of another origin',
      `crossorigin integrity="sha256-${WORDS_SHA256}"`,
    ],
  ].map(([does = '', attributes = '']) => ({
    check: 'page/integrity',
    does,
    fault: answers(page, (reply, { headers }) => {
      // The same server under another name is another origin.
      const elsewhere = `http://${headers['host']?.replace('127.0.0.1', 'localhost')}/words.js`;
      const script = `<script type="module" src="${elsewhere}" ${attributes}></script></head>`;
      return { ...reply, body: reply.body.replace('</head>', script) };
    }),
  })),
  {
    check: 'page/unknown',
    does: 'answers every unknown path with the page',
    fault: instead(
      ({ path }) => path.startsWith('/no-such'),
      () => json(200, {}),
    ),
  },
  {
    check: 'page/health',
    does: 'has no /healthz',
    fault: instead(on('GET', '/healthz'), () => json(404, {})),
  },
  {
    check: 'page/current-user',
    does: 'has a user without a name',
    fault: instead(on('GET', '/api/currentUser'), () => json(200, { name: '' })),
  },
];

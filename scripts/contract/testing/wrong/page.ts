import { json } from '../right-service.ts';
import { answers, answersHeader, instead, on, type Wrong } from '../ways-to-be-wrong.ts';

const page = on('GET', '/');

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

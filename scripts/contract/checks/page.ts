import { createHash } from 'node:crypto';
import type { Api } from '../api.ts';
import type { Check } from '../check.ts';
import { createClient, type Reply } from '../client.ts';
import { expectEqual, expectStatus, expectThat, object } from '../expect.ts';

/** What a browser needs a file's type to be, by its ending. */
const TYPES: Readonly<Record<string, RegExp>> = {
  js: /^(text|application)\/javascript\b/,
  css: /^text\/css\b/,
  svg: /^image\/svg\+xml\b/,
};

/** The todo page, its files, the user and the health of the service. */
export const pageChecks: readonly Check[] = [
  {
    id: 'page/loads',
    title: 'GET / is the todo page in HTML, with a title and a language',
    async run(api) {
      const reply = await page(api);
      for (const [what, pattern] of [
        ['doctype', /^<!doctype html>/i],
        ['language', /<html[^>]*\slang=["']?[a-z]/i],
        ['title', /<title>[^<]+<\/title>/i],
      ] as const) {
        expectThat(pattern.test(reply.text), `GET /: the page has no ${what}`);
      }
    },
  },
  {
    id: 'page/shows-in-the-browser',
    title: 'the page is shown, not offered as a download',
    async run(api) {
      const { headers } = await page(api);
      expectThat(
        !/attachment/i.test(headers['content-disposition'] ?? ''),
        `GET /: content-disposition is ${headers['content-disposition']}`,
      );
    },
  },
  {
    id: 'page/files',
    title: 'every file that the page names loads, with the right type',
    async run(api) {
      const found = await files(api);
      expectThat(found.length > 0, 'GET /: the page names no script and no style sheet');
      for (const reply of found) {
        expectStatus(reply, 200);
        const ending = /\.(\w+)$/.exec(reply.what)?.[1] ?? '';
        const type = String(reply.headers['content-type']);
        expectThat(TYPES[ending]?.test(type) ?? true, `${reply.what}: content-type is ${type}`);
      }
    },
  },
  {
    id: 'page/integrity',
    title: 'a file from another origin is used only as it was built: its hash is in the page (3.6)',
    async run(api) {
      const { text } = await page(api);
      for (const [tag, reference = ''] of text.matchAll(REFERENCES)) {
        if (!/^<script|rel="?(stylesheet|modulepreload)/.test(tag)) continue;
        const url = new URL(reference, HERE);
        if (url.origin === HERE) continue;
        const { href } = url;
        expectThat(/\scrossorigin\b/.test(tag), `${href}: expected crossorigin in ${tag}`);
        const [, hash = '', expected] =
          /\sintegrity="(sha256|sha384|sha512)-([\w+/=]+)"/.exec(tag) ?? [];
        expectThat(expected !== undefined, `${href}: expected integrity in ${tag}`);
        const reply = await elsewhere(url);
        expectStatus(reply, 200);
        const found = createHash(hash).update(reply.text).digest('base64');
        expectEqual(`${href}: ${hash}`, found, expected);
        const allowed = reply.headers['access-control-allow-origin'];
        expectThat(allowed !== undefined, `${href}: expected access-control-allow-origin`);
      }
    },
  },
  {
    id: 'page/unknown',
    title: 'a page that does not exist is 404',
    async run(api) {
      expectStatus(await api.get('/no-such-page'), 404);
      expectStatus(await api.get('/no-such-file.js'), 404);
    },
  },
  {
    id: 'page/health',
    title: 'GET /healthz is 200',
    async run(api) {
      expectStatus(await api.get('/healthz'), 200);
    },
  },
  {
    id: 'page/current-user',
    title: 'GET /api/currentUser is a user with a name',
    async run(api) {
      const reply = await api.get('/api/currentUser');
      expectStatus(reply, 200);
      const { name } = object(reply);
      expectEqual('type of name', typeof name, 'string');
      expectThat(name !== '', 'name is empty');
    },
  },
];

async function page(api: Api): Promise<Reply> {
  const reply = await api.get('/');
  expectStatus(reply, 200);
  const type = String(reply.headers['content-type']);
  expectThat(/^text\/html\b/.test(type), `GET /: expected text/html, found ${type}`);
  return reply;
}

/** Stands for the service's own origin in addresses. */
const HERE = 'http://service';

/** The page's scripts, style sheets and pictures: the tag so far, and what it names. */
const REFERENCES = /<(?:script|link|img)\b[^>]*?\s(?:src|href)="([^"#]+)"[^>]*/g;

/** The page's scripts, style sheets and icons, and what the scripts import, each fetched once. */
async function files(api: Api): Promise<Reply[]> {
  const replies = new Map<string, Reply>();
  const load = async (text: string, from: URL, pattern: RegExp): Promise<void> => {
    for (const [, reference = ''] of text.matchAll(pattern)) {
      const url = new URL(reference, from);
      if (!/^https?:$/.test(url.protocol) || replies.has(url.href)) continue;
      const reply = await (url.origin === HERE ? api.get(url.pathname) : elsewhere(url));
      replies.set(url.href, reply);
      await load(reply.text, url, /\b(?:from|import)\s*['"](\.{1,2}\/[^'"]+)['"]/g);
    }
  };
  const { text } = await page(api);
  await load(text, new URL(HERE), REFERENCES);
  return [...replies.values()];
}

/** Asks another server, as a page of the service would. */
function elsewhere({ origin, pathname, search }: URL): Promise<Reply> {
  const headers = { origin: HERE };
  return createClient(origin)({ method: 'GET', path: pathname + search, headers });
}

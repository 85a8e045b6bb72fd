import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { formatProblem } from '../checks/problem.ts';
import { readReferences, staticImports } from './html.ts';
import { checkLinks } from './links.ts';
import { servePages } from './server.ts';
import { readSite, siteBase } from './site.ts';
import { limitOf, weighPages } from './weights.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'pages-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function site(files: Record<string, string>) {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return readSite(folder);
}
const zipped = (text: string) => gzipSync(text, { level: 9 }).length;

describe('a page is read', () => {
  test('for what a browser fetches, without what it fetches later', () => {
    const html = `<link rel="stylesheet" href="/a.css"><link rel=icon href=/i.svg><link rel="canonical" href="https://x.org/">
      <script type="module" src="/a.js"></script><script type="module">import{x}from"/b.js";</script><script>const x = '<img src="/no.png">';</script><img src="/now.png"><img loading="lazy" src="/later.png">`;
    expect(readReferences(html).fetched.toSorted()).toEqual([
      '/a.css',
      '/a.js',
      '/b.js',
      '/i.svg',
      '/now.png',
    ]);
  });

  test('for links and places, in diagrams too', () => {
    const { links, ids } = readReferences(
      '<h2 id="a">A</h2><svg><a href="#a" data-x><text>b</text></a></svg>',
    );
    expect(links).toEqual(['#a']);
    expect([...ids]).toEqual(['a']);
  });

  test('for what its modules import at once', () => {
    expect(
      staticImports(
        'import{a as b}from"./a.js";import"./b.js";export*from"./c.js";x=import("./later.js")',
      ),
    ).toEqual(['./a.js', './b.js', './c.js']);
  });
});

describe('weights', () => {
  test('add up a page with its modules, each once', () => {
    const files = {
      'index.html':
        '<script type="module" src="/_astro/a.js"></script><link rel="stylesheet" href="/_astro/a.css">',
      '_astro/a.js': 'import"./b.js";import("./later.js")',
      '_astro/b.js': 'import"./a.js"',
      '_astro/later.js': 'x'.repeat(5000),
      '_astro/a.css': 'a{}',
    };
    const [weight] = weighPages(site(files));
    expect([...(weight?.parts.keys() ?? [])]).toEqual([
      'index.html',
      '_astro/a.js',
      '_astro/a.css',
      '_astro/b.js',
    ]);
    expect(weight?.bytes).toBe(
      zipped(files['index.html']) +
        zipped(files['_astro/a.js']) +
        zipped(files['_astro/b.js']) +
        zipped(files['_astro/a.css']),
    );
  });

  test('have a higher limit on a diff page', () => {
    expect([
      limitOf('/stages/01/'),
      limitOf('/diff/01/02/'),
      limitOf('/zh-cn/diff/01/02/'),
    ]).toEqual([60_000, 120_000, 120_000]);
  });
});

describe('links', () => {
  const problems = (files: Record<string, string>) => checkLinks(site(files)).map(formatProblem);

  test('to pages and places that exist pass', () => {
    expect(
      problems({
        'index.html': '<a href="/api/#b">',
        'api/index.html': '<b id="b"></b><a href="../">up</a>',
      }),
    ).toEqual([]);
  });
  test('to no page are named', () => {
    expect(problems({ 'index.html': '<a href="/gone/">' })).toEqual([
      '/: links to /gone/, which is no page',
    ]);
  });
  test('to no place are named', () => {
    expect(problems({ 'index.html': '<a href="#gone">' })).toEqual([
      '/: links to #gone, but there is no place #gone on that page',
    ]);
  });
  test('another origin is named when a page fetches from it, not when it leads there', () => {
    expect(problems({ 'index.html': '<a href="https://x.org/">x</a>' })).toEqual([]);
    expect(problems({ 'index.html': '<img src="https://x.org/a.png">' })).toEqual([
      '/: fetches https://x.org/a.png from another origin',
    ]);
  });
});

describe('the server', () => {
  test('answers with pages, types, the 404 page, and nothing outside its folder', async () => {
    site({
      'index.html': '<p>home',
      'api/index.html': '<p>api',
      'a.svg': '<svg/>',
      '404.html': '<p>nothing here',
      'zh-cn/404.html': '<p>这里没有',
    });
    writeFileSync(`${folder}-secret`, 'secret');
    const server = await servePages(folder, 0);
    const get = async (path: string) => {
      const response = await fetch(server.url + path, { redirect: 'manual' });
      return [
        response.status,
        response.headers.get('content-type') ?? response.headers.get('location'),
        await response.text(),
      ];
    };
    try {
      expect(await get('/')).toEqual([200, 'text/html; charset=utf-8', '<p>home']);
      expect(await get('/api/?q=1')).toEqual([200, 'text/html; charset=utf-8', '<p>api']);
      expect(await get('/api')).toEqual([308, '/api/', '']);
      expect(await get('/a.svg')).toEqual([200, 'image/svg+xml', '<svg/>']);
      expect(await get('/gone/')).toEqual([404, 'text/html; charset=utf-8', '<p>nothing here']);
      expect(await get('/zh-cn/a/gone/')).toEqual([404, 'text/html; charset=utf-8', '<p>这里没有']);
      expect((await get(`/%2e%2e%2f${folder.split('/').at(-1)}-secret`))[0]).toBe(404);
      expect((await get('/%zz'))[0]).toBe(404);
    } finally {
      await server.close();
      rmSync(`${folder}-secret`);
    }
  });

  test('says plainly that a port is taken', async () => {
    site({ 'index.html': '' });
    const server = await servePages(folder, 0);
    const port = Number(new URL(server.url).port);
    await expect(servePages(folder, port)).rejects.toThrow(`port ${port} is taken`);
    await server.close();
  });
});

describe('below a path', () => {
  test('the base is what SITE_BASE says, with its slashes', () => {
    expect(['', '/', 'course', '/course/'].map((base) => siteBase({ SITE_BASE: base }))).toEqual([
      ...['/', '/', '/course/', '/course/'],
    ]);
    expect(siteBase({})).toBe('/');
  });

  test('links are followed and pages weighed there; one that leaves the path is found', () => {
    site({
      'index.html':
        '<link rel="stylesheet" href="/course/a.css"><a href="api/">a</a><a href="/api/">b</a>',
      'api/index.html': '<a href="/course/">c</a>',
      'a.css': 'body {}',
    });
    const below = readSite(folder, '/course/');
    expect(checkLinks(below).map(formatProblem)).toEqual(['/: links to /api/, which is no page']);
    expect([...(weighPages(below)[0]?.parts.keys() ?? [])]).toEqual(['index.html', 'a.css']);
  });
});

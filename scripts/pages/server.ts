import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname } from 'node:path';
import { gzipSync } from 'node:zlib';
import { EXIT, Failure } from '../shared/failure.ts';
import { readSite } from './site.ts';
import type { BuiltSite } from './site.ts';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.xml': 'application/xml; charset=utf-8',
  '.txt': 'text/plain; charset=utf-8',
  '.png': 'image/png',
  '.webp': 'image/webp',
  '.wasm': 'application/wasm',
};

export interface PageServer {
  /** `http://localhost:4321`, without a slash at its end. */
  readonly url: string;
  close(): Promise<void>;
}

/**
 * Serves a built site as a static host would: folders end in a slash, unknown addresses get 404.html,
 * text is compressed. Port 0 takes any free one; a taken one is a failure.
 *
 * @example const { url, close } = await servePages(DIST, 4321);
 */
export async function servePages(folder: string, port: number): Promise<PageServer> {
  const site = readSite(folder);
  const zipped = new Map<string, Buffer>();
  const zip = (file: string, body: Buffer) => {
    const known = zipped.get(file) ?? gzipSync(body);
    zipped.set(file, known);
    return known;
  };
  const server = createServer((request, response) => {
    try {
      answer(site, zip, request, response);
    } catch (error) {
      // `stage clean` and a build beside a running server take its files away.
      console.error(`${request.url}: ${(error as Error).message}. Stop and run "npm start" again.`);
      response
        .writeHead(500, { 'content-type': 'text/plain' })
        .end('This page is gone from dist/.');
    }
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) =>
      reject(error.code === 'EADDRINUSE' ? portTaken(port) : error),
    );
    server.listen(port, 'localhost', resolve);
  });
  return {
    url: `http://localhost:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function answer(
  site: BuiltSite,
  zip: (file: string, body: Buffer) => Buffer,
  request: IncomingMessage,
  response: ServerResponse,
): void {
  const address = new URL(request.url ?? '/', 'http://site').pathname;
  const file = findFile(site, address);
  if (file?.endsWith('/index.html') && !address.endsWith('/') && !address.endsWith('.html')) {
    response.writeHead(308, { location: `${address}/` }).end();
    return;
  }
  const found = file ?? notFound(site, address);
  const body = site.files.has(found) ? site.read(found) : Buffer.from('404');
  const type = TYPES[extname(found)] ?? 'application/octet-stream';
  const isZipped =
    /^(text|image\/svg|application\/(json|xml))/.test(type) &&
    /\bgzip\b/.test(request.headers['accept-encoding'] ?? '');
  const sent = isZipped ? zip(found, body) : body;
  response.writeHead(file === undefined ? 404 : 200, {
    'content-type': type,
    'content-length': sent.length,
    'x-content-type-options': 'nosniff',
    // Their names hold a hash of the content.
    'cache-control': /^(_astro|lab\/(vendor|stages))\//.test(found)
      ? 'public, max-age=31536000, immutable'
      : 'no-cache',
    ...(isZipped && { 'content-encoding': 'gzip', vary: 'accept-encoding' }),
  });
  response.end(request.method === 'HEAD' ? undefined : sent);
}

/** A language's own 404.html, as Cloudflare Pages has the one that is nearest to an address. */
function notFound(site: BuiltSite, address: string): string {
  const [folder = ''] = address.slice(site.base.length).split('/');
  const own = `${folder}/404.html`;
  return site.files.has(own) ? own : '404.html';
}

function findFile(site: BuiltSite, address: string): string | undefined {
  try {
    return site.fileOf(address);
  } catch (error) {
    // `%zz` is no address.
    if (error instanceof URIError) return undefined;
    throw error;
  }
}

function portTaken(port: number): Failure {
  return new Failure(
    'E_PORT_TAKEN',
    `port ${port} is taken. Give another one: npm start -- --port ${port + 1}`,
    EXIT.usage,
  );
}

// The Lab's service worker, at the site's root, registered when a reader starts a lab. It hands the
// requests of a lab's frame to the page that owns the lab, and answers from the Lab's caches what the
// network does not. Built into one script: it may import nothing when it runs.
import {
  CACHE_PREFIX,
  CANCEL,
  type FrameAnswer,
  type FrameRequest,
  frameOf,
  FRAMES,
} from './frame-protocol.ts';

/** The part of a service worker's world in use: its types and the page's exclude each other. */
interface WorkerScope {
  readonly registration: { readonly scope: string };
  readonly clients: {
    get(id: string): Promise<WorkerClient | undefined>;
    matchAll(options: {
      type: 'window';
      includeUncontrolled: true;
    }): Promise<readonly WorkerClient[]>;
    claim(): Promise<void>;
  };
  skipWaiting(): Promise<void>;
  addEventListener(type: 'install' | 'activate', listener: (event: LastingEvent) => void): void;
  addEventListener(type: 'fetch', listener: (event: RequestEvent) => void): void;
}
interface WorkerClient {
  readonly id: string;
  readonly url: string;
  readonly frameType: string;
  postMessage(message: unknown, transfer: Transferable[]): void;
}
interface LastingEvent {
  waitUntil(until: Promise<unknown>): void;
}
interface RequestEvent extends LastingEvent {
  readonly request: Request;
  readonly clientId: string;
  respondWith(response: Promise<Response>): void;
}

/** How long a window has to say that a lab is its own. */
const OWNER_MS = 1_000;
/** Answers without a body, whatever was sent. */
const BODYLESS = new Set([101, 204, 205, 304]);
/** The stage's code stays with itself: no other site, no worker, and no frame of another site around it. */
const FRAME_POLICY =
  "default-src 'self' data: blob:; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; " +
  "worker-src 'none'; object-src 'none'; frame-src 'none'; frame-ancestors 'self'; base-uri 'none'; form-action 'self'";

const ENDED =
  'This lab has ended: start it again on its page.\n这个实验室已关闭，请回到它的页面重新启动。';
const UNREACHED = 'The stage does not answer: nothing listens.\n这个阶段没有响应：没有进程在监听。';

const worker = globalThis as unknown as WorkerScope;
const root = new URL(worker.registration.scope).pathname;
/** Lab -> window, for as long as the browser lets this worker live. */
const owners = new Map<string, string>();

worker.addEventListener('install', () => void worker.skipWaiting());
worker.addEventListener('activate', (event) =>
  event.waitUntil(Promise.all([worker.clients.claim(), forgetOlder()])),
);

worker.addEventListener('fetch', (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (url.origin !== location.origin) return;
  const frame = frameOf(url, root);
  if (frame) event.respondWith(answerFrame(event, frame.lab, frame.path));
  else if (request.mode !== 'navigate' && request.referrer.includes(`/${FRAMES}`))
    event.respondWith(answerFromInside(event, url));
  else if (request.method === 'GET') event.respondWith(answerSite(request, url));
});

/** What another version of the Lab has kept is of no use to this one. */
async function forgetOlder(): Promise<void> {
  const older = (await caches.keys()).filter(
    (name) => name.startsWith('lab-') && !name.startsWith(CACHE_PREFIX),
  );
  await Promise.all(older.map((name) => caches.delete(name)));
}

/** A path from the site's root, asked by a page inside a frame, means the stage's root. */
async function answerFromInside(event: RequestEvent, url: URL): Promise<Response> {
  const client = await worker.clients.get(event.clientId);
  const frame = client && frameOf(new URL(client.url), root);
  if (!frame) return answerSite(event.request, url);
  return answerFrame(event, frame.lab, url.pathname + url.search);
}

/** The network, and without one what the Lab has kept; files that hold a hash in their names never change. */
async function answerSite(request: Request, url: URL): Promise<Response> {
  if (/\/(_astro|lab)\/.*[.-][\w-]{8,}\.\w+$/.test(url.pathname)) {
    const kept = await readCaches(request);
    if (kept) return kept;
  }
  try {
    return await fetch(request);
  } catch (error) {
    const kept = await readCaches(request);
    if (kept) return kept;
    throw error;
  }
}

async function readCaches(request: Request): Promise<Response | undefined> {
  for (const name of await caches.keys()) {
    if (!name.startsWith(CACHE_PREFIX)) continue;
    const kept = await (await caches.open(name)).match(request, { ignoreVary: true });
    if (kept) return kept;
  }
  return undefined;
}

async function answerFrame(event: RequestEvent, lab: string, path: string): Promise<Response> {
  const owner = await ownerOf(lab);
  if (!owner) return plain(503, ENDED);
  const { request } = event;
  const { port1: port, port2 } = new MessageChannel();
  const hasBody = request.method !== 'GET' && request.method !== 'HEAD';
  const body = hasBody ? await request.arrayBuffer() : undefined;
  const message: FrameRequest = {
    ...{ type: 'lab:request', lab, method: request.method, path, body },
    headers: [...request.headers],
  };
  owner.postMessage(message, body ? [port2, body] : [port2]);
  const response = readAnswer(port);
  // The browser may end a worker that seems idle, and with it an answer that still streams.
  event.waitUntil(response.ended);
  if (request.mode !== 'navigate') return response.head;
  // Not the browser's own page for such cases: that one is of another origin, and cannot be left again.
  return response.head.catch(() => plain(502, UNREACHED));
}

function readAnswer(port: MessagePort): { head: Promise<Response>; ended: Promise<void> } {
  const { promise: head, resolve, reject } = Promise.withResolvers<Response>();
  const { promise: ended, resolve: end } = Promise.withResolvers<void>();
  let stream: ReadableStreamDefaultController<Uint8Array>;
  const body = new ReadableStream<Uint8Array<ArrayBuffer>>({
    start: (controller) => void (stream = controller),
    cancel: () => {
      port.postMessage(CANCEL);
      port.close();
      end();
    },
  });
  port.addEventListener('message', ({ data }: MessageEvent<FrameAnswer>) => {
    if (data.type === 'head') {
      const headers = new Headers(
        data.headers.map(([name, value]): [string, string] => [name, value]),
      );
      headers.append('content-security-policy', FRAME_POLICY);
      const { status, statusText } = data;
      resolve(new Response(BODYLESS.has(status) ? null : body, { status, statusText, headers }));
      return;
    }
    if (data.type === 'chunk') {
      stream.enqueue(data.bytes);
      return;
    }
    const failure = new TypeError(data.type === 'error' ? data.message : 'no answer');
    reject(failure);
    if (data.type === 'error') stream.error(failure);
    else stream.close();
    port.close();
    end();
  });
  port.start();
  return { head, ended };
}

async function ownerOf(lab: string): Promise<WorkerClient | undefined> {
  const known = await worker.clients.get(owners.get(lab) ?? '');
  if (known) return known;
  const all = await worker.clients.matchAll({ type: 'window', includeUncontrolled: true });
  const windows = all.filter(({ frameType }) => frameType === 'top-level');
  const owner = await Promise.any(windows.map((each) => askOwner(each, lab))).catch(
    () => undefined,
  );
  if (owner) owners.set(lab, owner.id);
  return owner;
}

function askOwner(client: WorkerClient, lab: string): Promise<WorkerClient> {
  return new Promise((resolve, reject) => {
    const { port1, port2 } = new MessageChannel();
    const timer = setTimeout(() => reject(new Error('no answer')), OWNER_MS);
    port1.addEventListener('message', ({ data }) => {
      clearTimeout(timer);
      if (data === true) resolve(client);
      else reject(new Error('another lab'));
    });
    port1.start();
    client.postMessage({ type: 'lab:owner?', lab }, [port2]);
  });
}

function plain(status: number, text: string): Response {
  const headers = {
    'content-type': 'text/plain; charset=utf-8',
    'content-security-policy': FRAME_POLICY,
  };
  return new Response(text, { status, headers });
}

import { CACHE_PREFIX } from '../frame-protocol.ts';

/** How long a browser may take to start a service worker before the Lab goes on without one. */
const REGISTER_MS = 15_000;

/**
 * Registers the Lab's service worker for the whole site; resolves when frames can be served, rejects
 * where there are no service workers.
 *
 * @example await registerWorker('/');
 */
export async function registerWorker(base: string): Promise<void> {
  if (!('serviceWorker' in navigator)) throw new Error('no service workers');
  await within(REGISTER_MS, startWorker(base));
}

async function startWorker(base: string): Promise<void> {
  const registering = navigator.serviceWorker.register(`${base}lab-sw.js`, { scope: base });
  // One that is there already serves at once; whether there is a newer one is found out beside.
  const known = await navigator.serviceWorker.getRegistration(base);
  if (known?.active?.state === 'activated') {
    registering.catch(() => undefined);
    return;
  }
  const registration = await registering;
  const worker = registration.installing ?? registration.waiting ?? registration.active;
  if (!worker) throw new Error('no service worker');
  if (worker.state === 'activated') return;
  await new Promise<void>((resolve, reject) => {
    worker.addEventListener('statechange', () => {
      if (worker.state === 'activated') resolve();
      if (worker.state === 'redundant') reject(new Error('the service worker was refused'));
    });
  });
}

/**
 * Keeps what a stage needs to start without a network: this page, all that it has loaded, and the
 * files that are named. What was kept before and is not needed any more goes.
 *
 * @example await keepForOffline('01-all-in-one', manifestFiles);
 */
export async function keepForOffline(stage: string, files: readonly string[]): Promise<void> {
  const cache = await caches.open(CACHE_PREFIX + stage);
  const page = location.href.split('#')[0] ?? location.href;
  const loaded = performance
    .getEntriesByType('resource')
    .map(({ name }) => name)
    .filter((name) => new URL(name).origin === location.origin && !name.includes('/lab/frame/'));
  const wanted = new Set([page, ...loaded, ...files].map((each) => new URL(each, page).href));
  for (const { url } of await cache.keys()) if (!wanted.has(url)) await cache.delete(url);
  const kept = new Set((await cache.keys()).map(({ url }) => url));
  for (const url of wanted) {
    // Names with a hash never change; the page itself may have.
    if (kept.has(url) && url !== page) continue;
    // The browser has them from a moment ago: no second download.
    const response = await fetch(new Request(url, { cache: 'force-cache' }));
    if (response.ok) await cache.put(url, response);
  }
}

/** Removes the service worker and all that the Lab has kept in this browser. */
export async function forgetOffline(): Promise<void> {
  const registrations = await navigator.serviceWorker.getRegistrations();
  await Promise.all(registrations.map((each) => each.unregister()));
  const names = (await caches.keys()).filter((name) => name.startsWith('lab-'));
  await Promise.all(names.map((name) => caches.delete(name)));
}

function within<Result>(milliseconds: number, task: Promise<Result>): Promise<Result> {
  const { promise: late, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(new Error('no answer in time')), milliseconds);
  return Promise.race([task, late]).finally(() => clearTimeout(timer));
}

import { Buffer } from '../node/buffer.ts';
import process from '../node/process.ts';
import * as timers from '../node/timers.ts';
import { fetchInside } from './fetch.ts';

/**
 * What a browser's worker has and a Node process has not: storage, other workers, other connections, the
 * page itself. Stage code is of the same origin as the site, and gets at none of it.
 */
const HIDDEN = [
  ...['indexedDB', 'caches', 'cookieStore', 'localStorage', 'sessionStorage'],
  ...['Worker', 'SharedWorker', 'importScripts', 'BroadcastChannel', 'EventSource', 'WebSocket'],
  ...['WebSocketStream', 'WebTransport', 'XMLHttpRequest', 'Notification', 'PushManager'],
  ...['postMessage', 'close', 'onmessage', 'onmessageerror', 'onerror', 'onunhandledrejection'],
  ...['onrejectionhandled', 'addEventListener', 'removeEventListener', 'dispatchEvent'],
  ...['self', 'location', 'name', 'origin', 'isSecureContext', 'crossOriginIsolated'],
  ...['webkitRequestFileSystem', 'webkitRequestFileSystemSync', 'webkitResolveLocalFileSystemURL'],
  ...['webkitResolveLocalFileSystemSyncURL', 'requestAnimationFrame', 'cancelAnimationFrame'],
  ...['createImageBitmap', 'trustedTypes', 'scheduler', 'reportError', 'fonts'],
];

/** What Node's `navigator` tells, and no more: the browser's leads to storage, locks and the service worker. */
const NAVIGATOR = {
  hardwareConcurrency: navigator.hardwareConcurrency,
  language: 'en-US',
  languages: ['en-US'],
  platform: 'linux',
  userAgent: 'Node.js/24',
};

/** Turns the worker's globals into those of a Node process. */
export function becomeNode(): void {
  for (const name of HIDDEN) hide(name);
  for (const [name, value] of Object.entries({
    global: globalThis,
    process,
    Buffer,
    fetch: fetchInside,
    navigator: NAVIGATOR,
    setTimeout: timers.setTimeout,
    setInterval: timers.setInterval,
    setImmediate: timers.setImmediate,
    clearTimeout: timers.clearTimeout,
    clearInterval: timers.clearInterval,
    clearImmediate: timers.clearImmediate,
  }))
    Object.defineProperty(globalThis, name, { value, writable: true, configurable: true });
}

/** Takes a name from the global object and from what it inherits; one that cannot be taken is covered. */
function hide(name: string): void {
  for (
    let holder: object | null = globalThis;
    holder && holder !== Object.prototype;
    holder = Object.getPrototypeOf(holder) as object | null
  ) {
    if (!Object.hasOwn(holder, name)) continue;
    // Signals and ports are event targets too: only the global object is to be none.
    if (holder === EventTarget.prototype)
      Object.defineProperty(globalThis, name, { value: undefined, configurable: true });
    else if (!Reflect.deleteProperty(holder, name))
      Reflect.defineProperty(holder, name, { value: undefined });
  }
}

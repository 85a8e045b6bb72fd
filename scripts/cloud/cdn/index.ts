import type { Clock } from '../shared/clock.ts';
import type { Emit } from '../shared/events.ts';
import { systemClock } from '../shared/system-clock.ts';
import { serve } from '../server/serve.ts';
import { type Cdn, createCdn } from './engine/cdn.ts';
import { createObjectStorage } from './engine/object-storage.ts';
import { folderBucket } from './server/folder.ts';

export interface CdnServerOptions {
  /** The files that stand in the bucket. */
  readonly folder: string;
  /** 0, the default, takes any free one. */
  readonly port?: number;
  /** Only this machine, unless it is told otherwise. */
  readonly host?: string;
  readonly clock?: Clock;
  readonly emit?: Emit;
  /** Origins of pages that may use what is here; every one by default. */
  readonly allowedOrigins?: readonly string[];
  /** Told what a person should know: a file that cannot be read. */
  readonly say?: (line: string) => void;
}

export interface CdnServer extends Pick<Cdn, 'handle' | 'purge'> {
  /** The origin for a page's links: `http://127.0.0.1:38087`. */
  readonly url: string;
  close(): Promise<void>;
}

/**
 * Starts a local CDN before a bucket that holds the files of a folder.
 *
 * @example
 * const cdn = await startCdn({ folder: 'cdn/dist' });
 * await fetch(`${cdn.url}/app-4F7KQ2ZX.js`);
 * await cdn.close();
 */
export async function startCdn(options: CdnServerOptions): Promise<CdnServer> {
  const { folder, port = 0, host = '127.0.0.1', clock = systemClock } = options;
  const { say = console.error } = options;
  const cdn = createCdn({
    origin: createObjectStorage(folderBucket(folder), clock),
    clock,
    requestClock: systemClock,
    emit: options.emit ?? (() => undefined),
    compress: true,
    report: (error) => say(`CDN: ${error instanceof Error ? error.message : String(error)}`),
    ...(options.allowedOrigins && { allowedOrigins: options.allowedOrigins }),
  });
  const server = await serve(port, cdn.handle, host);
  return {
    handle: cdn.handle,
    purge: cdn.purge,
    url: `http://${host}:${server.port}`,
    close: server.close,
  };
}

import { join } from 'node:path';
import { startCdn } from '../../cloud/cdn/index.ts';
import type { Service, ServiceOptions } from './service.ts';

/**
 * Starts a local CDN before the files that a stage's own script builds.
 *
 * @example const { environment } = await startCdnService(options, { build: 'build:cdn', files: 'cdn/dist' });
 */
export async function startCdnService(
  { directory, build, emit, say }: ServiceOptions,
  settings: { readonly build: string; readonly files: string },
): Promise<Service> {
  await build?.(settings.build, settings.files);
  const open = (port: number) =>
    startCdn({ folder: join(directory, settings.files), port, emit, say });
  let running: Awaited<ReturnType<typeof open>> | undefined = await open(0);
  const { url } = running;

  async function interrupt(): Promise<void> {
    const ending = running;
    running = undefined;
    await ending?.close();
  }

  return {
    environment: { CDN_ORIGIN: url },
    fetch: async (request) => {
      if (!running)
        throw new TypeError('fetch failed', { cause: new Error(`nobody is at ${url}`) });
      return running.handle(request);
    },
    interrupt,
    async restore() {
      running ??= await open(Number(new URL(url).port));
    },
    close: interrupt,
  };
}

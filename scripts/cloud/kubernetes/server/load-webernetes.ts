import { pathToFileURL } from 'node:url';
import type { Webernetes } from '../engine/webernetes.ts';
import { bundleWebernetes } from './bundle.mjs';

/**
 * Loads the engine's package, made ready for Node.
 *
 * @example const kubernetes = await createKubernetes({ webernetes: await loadWebernetes(), ... });
 */
export async function loadWebernetes(): Promise<Webernetes> {
  const file = await bundleWebernetes();
  return (await import(/* @vite-ignore */ pathToFileURL(file).href)) as Webernetes;
}

import { join } from 'node:path';
import type { APIRoute } from 'astro';
import { build } from 'esbuild';
import { repositoryRoot } from '../../scripts/stages/root.ts';

/** `/lab-sw.js`: at the root, since a service worker sees what is below its own address. */
export const GET: APIRoute = async () => {
  const { outputFiles } = await build({
    entryPoints: [join(repositoryRoot(), 'site/lib/lab/service-worker.ts')],
    ...{ bundle: true, minify: true, format: 'iife', target: 'es2022', write: false },
  });
  return new Response(outputFiles?.[0]?.text, {
    headers: { 'content-type': 'text/javascript; charset=utf-8' },
  });
};

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { APIRoute } from 'astro';
import { parse } from 'yaml';
import { repositoryRoot } from '../../scripts/stages/root.ts';

/** `/openapi.json`: the API as programs read it. */
export const GET: APIRoute = () =>
  Response.json(
    parse(readFileSync(join(repositoryRoot(), 'scripts/contract/openapi.yaml'), 'utf8')),
  );

import type { APIRoute, GetStaticPaths } from 'astro';
import { stackBlitzProject } from '../../lib/stackblitz-project.ts';
import { stageOf, stages } from '../../lib/stages.ts';

export const getStaticPaths = (() =>
  stages.map(({ id }) => ({ params: { stage: id } }))) satisfies GetStaticPaths;

/** `/stackblitz/01-all-in-one.json`: fetched when a reader asks for StackBlitz, not before. */
export const GET: APIRoute = async ({ params }) =>
  Response.json(await stackBlitzProject(stageOf(params['stage'] ?? '')));

import type { Start } from '../protocol.ts';

let known: Pick<Start, 'modules' | 'broken'> = { modules: {}, broken: {} };

/** Says where modules are. */
export function setModules(modules: Pick<Start, 'modules' | 'broken'>): void {
  known = modules;
}

/**
 * Loads a module of the stage by its path. A `.js` that is not there is looked for as the `.ts` it is made from.
 *
 * @example const module = await importModule('/code/index.ts');
 */
export async function importModule(path: string): Promise<unknown> {
  const candidates = [path, path.replace(/\.js$/, '.ts')];
  for (const candidate of candidates) {
    const address = known.modules[candidate];
    if (address !== undefined) return (await import(/* @vite-ignore */ address)) as unknown;
  }
  const why = candidates
    .map((candidate) => known.broken[candidate])
    .find((each) => each !== undefined);
  throw Object.assign(new Error(why ?? `Cannot find module '${path}'`), {
    code: 'ERR_MODULE_NOT_FOUND',
  });
}

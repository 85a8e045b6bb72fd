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
    if (address !== undefined) return load(address);
  }
  const why = candidates
    .map((candidate) => known.broken[candidate])
    .find((each) => each !== undefined);
  throw Object.assign(new Error(why ?? `Cannot find module '${path}'`), {
    code: 'ERR_MODULE_NOT_FOUND',
  });
}

async function load(address: string): Promise<unknown> {
  try {
    return (await import(/* @vite-ignore */ address)) as unknown;
  } catch (error) {
    throw error instanceof SyntaxError ? await located(error) : error;
  }
}

/** A browser does not say which module has the fault: modules come after those that they import, so the first one is it. */
async function located(error: SyntaxError): Promise<SyntaxError> {
  for (const [path, address] of Object.entries(known.modules)) {
    const fault: unknown = await import(/* @vite-ignore */ address).then(
      () => undefined,
      (reason: unknown) => reason,
    );
    if (fault instanceof SyntaxError) return new SyntaxError(`${path}: ${readable(fault.message)}`);
  }
  return error;
}

/** Paths for addresses. */
function readable(message: string): string {
  return Object.entries(known.modules).reduce(
    (text, [path, address]) => text.replaceAll(address, path),
    message,
  );
}

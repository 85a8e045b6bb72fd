import type { FunctionSpec, Manifest, Route } from './manifest.ts';

export type Resolution =
  | { readonly function: FunctionSpec; readonly domain: 'default' | 'custom' }
  | { readonly problem: 'noSuchFunction' | 'methodNotAllowed'; readonly message: string };

/**
 * Which function a request is for. Every host but the default domain stands for the manifest's custom one,
 * since a laptop has only `localhost`; a function's own address ends in `ownDomain`.
 *
 * @example resolve(manifest, { host: 'localhost', path: '/api/rule', method: 'GET' }, '.fcapp.localhost')
 */
export function resolve(
  manifest: Manifest,
  request: { readonly host: string; readonly path: string; readonly method: string },
  ownDomain: string,
): Resolution {
  const { host, path, method } = request;
  if (host.endsWith(ownDomain)) {
    const name = host.slice(0, -ownDomain.length);
    const found = manifest.functions.find((candidate) => candidate.name.toLowerCase() === name);
    return found ? allowed(found, 'default', method) : missing(`no function is called "${name}"`);
  }
  const domain = manifest.domains.find(({ name }) => name === host) ?? manifest.domains[0];
  if (!domain) return missing('the manifest has no domain');
  const route = matchRoute(domain.routes, path);
  if (!route) return missing(`no route of ${domain.name} matches ${path}`);
  if (route.methods && !route.methods.includes(method)) return denied(method, route.methods);
  const found = manifest.functions.find(({ name }) => name === route.functionName);
  return found ? allowed(found, 'custom', method) : missing(`no function "${route.functionName}"`);
}

/**
 * The route of a path: an exact one first, then the longest that ends in `*`.
 *
 * @example matchRoute([{ path: '/*', ... }, { path: '/api/*', ... }], '/api/rule')?.path // '/api/*'
 */
export function matchRoute(routes: readonly Route[], path: string): Route | undefined {
  const exact = routes.find((route) => route.path === path);
  if (exact) return exact;
  return routes
    .filter((route) => route.path.endsWith('*') && path.startsWith(route.path.slice(0, -1)))
    .toSorted((a, b) => b.path.length - a.path.length)[0];
}

function allowed(found: FunctionSpec, domain: 'default' | 'custom', method: string): Resolution {
  if (!found.methods) return missing(`function ${found.name} has no HTTP trigger`);
  if (!found.methods.includes(method)) return denied(method, found.methods);
  return { function: found, domain };
}

function missing(message: string): Resolution {
  return { problem: 'noSuchFunction', message };
}

function denied(method: string, methods: readonly string[]): Resolution {
  return {
    problem: 'methodNotAllowed',
    message: `expected one of ${methods.join(', ')}, found ${method}`,
  };
}

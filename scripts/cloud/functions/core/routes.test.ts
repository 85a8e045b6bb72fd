import { describe, expect, it } from 'vitest';
import type { FunctionSpec, Manifest } from './manifest.ts';
import { matchRoute, resolve } from './routes.ts';

const spec = (name: string, methods?: string[]): FunctionSpec => ({
  id: name,
  name,
  region: 'cn-hangzhou',
  runtime: 'nodejs20',
  handler: 'index.handler',
  code: './dist',
  timeout: 3,
  memory: 512,
  environment: {},
  ...(methods && { methods }),
});

const manifest: Manifest = {
  functions: [spec('Web', ['GET', 'POST']), spec('rule', ['GET', 'POST']), spec('hidden')],
  domains: [
    {
      name: 'auto',
      routes: [
        { path: '/*', functionName: 'Web' },
        { path: '/api/rule', functionName: 'rule', methods: ['GET'] },
        { path: '/hidden', functionName: 'hidden' },
      ],
    },
    { name: 'todo.example.com', routes: [{ path: '/', functionName: 'rule' }] },
  ],
};

const at = (host: string, path: string, method = 'GET'): string => {
  const found = resolve(manifest, { host, path, method }, '.fcapp.localhost');
  return 'problem' in found ? found.problem : `${found.function.name} ${found.domain}`;
};

describe('routes of a custom domain', () => {
  const routes = ['/*', '/login/*', '/login/a/*', '/a'].map((path) => ({
    path,
    functionName: path,
  }));

  // The documents' own examples: help.aliyun.com/zh/fc/configure-a-custom-domain-name
  it.each([
    ['/a', '/a'],
    ['/a/', '/*'],
    ['/login/b/c/d', '/login/*'],
    ['/login/a/b', '/login/a/*'],
    ['/login', '/*'],
  ])('lead %s to %s', (path, expected) => {
    expect(matchRoute(routes, path)?.path).toBe(expected);
  });

  it('prefer an exact path to any wildcard, in whatever order they stand', () => {
    expect(at('localhost', '/api/rule')).toBe('rule custom');
    expect(at('localhost', '/api/rules')).toBe('Web custom');
  });

  it('let through the methods that they and the trigger name', () => {
    expect(at('localhost', '/api/rule', 'POST')).toBe('methodNotAllowed');
    expect(at('localhost', '/', 'DELETE')).toBe('methodNotAllowed');
  });

  it('belong to their host when it is known', () => {
    expect(at('todo.example.com', '/')).toBe('rule custom');
    expect(at('todo.example.com', '/api/rule')).toBe('noSuchFunction');
  });

  it('need a function with an HTTP trigger', () => {
    expect(at('localhost', '/hidden')).toBe('noSuchFunction');
  });
});

describe('the default domain', () => {
  it('names its function; host names know no capitals', () => {
    expect(at('web.fcapp.localhost', '/api/rule')).toBe('Web default');
    expect(at('nobody.fcapp.localhost', '/')).toBe('noSuchFunction');
  });
});

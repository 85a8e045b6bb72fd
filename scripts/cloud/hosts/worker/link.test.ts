import { expect, test } from 'vitest';
import { findImports } from '../../../lab/imports.ts';
import { type LinkableModule, linkModules } from './link.ts';

const VENDOR = { express: '/vendor/express.js', 'node:fs': '/vendor/fs.js', fs: '/vendor/fs.js' };

/** Links texts; addresses are the final texts, so that they can be looked at. */
function link(texts: Readonly<Record<string, string>>) {
  const made: string[] = [];
  const modules = Object.fromEntries(
    Object.entries(texts).map(([path, code]): [string, LinkableModule] => [
      path,
      { code, imports: findImports(code) },
    ]),
  );
  const linked = linkModules({
    modules,
    vendor: VENDOR,
    createUrl: (code) => `blob:${made.push(code)}`,
  });
  return { ...linked, made };
}

test('specifiers become addresses, of modules below first, and lines stay', () => {
  const { urls, broken, made } = link({
    '/code/index.ts':
      "import { a } from './lib/a.ts';\nimport express from 'express';\na(express);\n",
    '/code/lib/a.ts': "import fs from 'node:fs';\nexport const a = () => import('../b.ts');\n",
    '/code/b.ts': 'export {};\n',
  });
  expect(broken).toEqual({});
  expect(made).toEqual([
    'export {};\n\n//# sourceURL=/code/b.ts',
    'import fs from \'/vendor/fs.js\';\nexport const a = () => import("blob:1");\n\n//# sourceURL=/code/lib/a.ts',
    "import { a } from 'blob:2';\nimport express from '/vendor/express.js';\na(express);\n\n//# sourceURL=/code/index.ts",
  ]);
  expect(urls).toEqual({
    '/code/b.ts': 'blob:1',
    '/code/lib/a.ts': 'blob:2',
    '/code/index.ts': 'blob:3',
  });
});

test('import.meta is what Node makes of it', () => {
  const { made } = link({ '/code/app.ts': 'export default import.meta.dirname;' });
  expect(made[0]).toBe(
    'Object.assign(import.meta,{"url":"file:///code/app.ts","filename":"/code/app.ts","dirname":"/code"});export default import.meta.dirname;\n//# sourceURL=/code/app.ts',
  );
});

test('what is missing is named, and breaks only those that need it', () => {
  const { urls, broken } = link({
    '/code/fine.ts': 'export {};',
    '/code/package.ts': "import 'left-pad';",
    '/code/builtin.ts': "import 'node:child_process';",
    '/code/file.ts': "import './gone.ts';",
    '/code/above.ts': "import './file.ts';",
  });
  expect(Object.keys(urls)).toEqual(['/code/fine.ts']);
  expect(broken).toEqual({
    '/code/package.ts':
      "Cannot find package 'left-pad' imported from /code/package.ts. The Lab has express, fs",
    '/code/builtin.ts': 'node:child_process is not in the Lab, imported from /code/builtin.ts',
    '/code/file.ts': "Cannot find module '/code/gone.ts' imported from /code/file.ts",
    '/code/above.ts': "Cannot find module '/code/gone.ts' imported from /code/file.ts",
  });
});

test('modules that import each other are told by their names', () => {
  const { broken } = link({
    '/code/a.ts': "import './b.ts';",
    '/code/b.ts': "import './a.ts';",
  });
  expect(broken['/code/a.ts']).toBe(
    'modules that import each other are not in the Lab: /code/a.ts > /code/b.ts > /code/a.ts',
  );
});

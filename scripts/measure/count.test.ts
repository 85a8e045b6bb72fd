import { expect, it, test } from 'vitest';
import type { Files } from '../stages/files.ts';
import { countFiles, countKept } from './count.ts';
import { kindOfFile } from './kinds.ts';

const files = (texts: Record<string, string>): Files =>
  new Map(Object.entries(texts).map(([path, text]) => [path, Buffer.from(text)]));

test.each([
  ['app.ts', 'application'],
  ['src/starter/fc-starter.ts', 'application'],
  ['seed.json', 'application'],
  ['page/page.ts', 'application'],
  ['page/index.html', 'page'],
  ['cdn/app.js', 'page'],
  ['s.yaml', 'operations'],
  ['k8s/deployment.yaml', 'operations'],
  ['Dockerfile', 'operations'],
  ['build-fc.mjs', 'operations'],
  ['k8s/local/tablestore.template.yaml', undefined],
  ['models/tablestore.d.ts', undefined],
  ['tests/api.test.ts', undefined],
  ['experiments/restart.ts', undefined],
  ['package-lock.json', undefined],
  ['README.zh-CN.md', undefined],
])('%s is booked to %s', (path, kind) => expect(kindOfFile(path)).toBe(kind));

it('counts lines that hold something, and no others', () => {
  const amounts = countFiles(
    files({ 'a.ts': 'one\n\n  \ntwo\n', 'b.ts': 'x', 's.yaml': 'y: 1\n' }),
  );
  expect(amounts.application).toEqual({ files: 2, lines: 3 });
  expect(amounts.operations).toEqual({ files: 1, lines: 1 });
});

it('takes a moved file for a kept one, and a changed one for a new one', () => {
  const before = files({ 'models/todo.ts': 'todo', 'app.ts': 'old' });
  const now = files({ 'src/todo.ts': 'todo', 'app.ts': 'new', 'tests/a.test.ts': 'todo' });
  expect(countKept(now, before)).toEqual({ kept: 1, of: 2 });
});

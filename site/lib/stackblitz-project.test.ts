import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { stackBlitzProject } from './stackblitz-project.ts';

let directory: string;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'stackblitz-'));
});

afterEach(() => rmSync(directory, { recursive: true }));

function write(path: string, content: string | Uint8Array): void {
  mkdirSync(join(directory, path, '..'), { recursive: true });
  writeFileSync(join(directory, path), content);
}

test('holds a stage’s texts as a copy has them: no markers, no recordings, nothing binary', async () => {
  write('index.ts', '// #region listen\nlisten(3001);\n// #endregion listen\n');
  write('package.json', '{}\n');
  write('public/logo.png', Uint8Array.of(0x89, 0x50, 0, 1));
  write('experiments/restart.run.json', '{}');
  write('stage.json', '{}');
  write('node_modules/express/index.js', '');
  const project = await stackBlitzProject({
    directory,
    number: 1,
    title: { en: 'All in one', 'zh-CN': '全包' },
    answer: { en: 'One app.', 'zh-CN': '一个应用。' },
  });
  expect(project).toEqual({
    title: '1 All in one',
    description: 'One app.',
    template: 'node',
    files: { 'index.ts': 'listen(3001);\n', 'package.json': '{}\n' },
  });
});

test('brings the local cloud along where the stage needs one, and what says how', async () => {
  write('local/start.mjs', 'start();\n');
  write('stage.json', '{}');
  const { files } = await stackBlitzProject({
    directory,
    number: 3,
    title: { en: 'A table', 'zh-CN': '表' },
    answer: { en: 'A table.', 'zh-CN': '一张表。' },
    services: { tablestore: {} },
  });
  expect(Object.keys(files)).toEqual(['local/start.mjs', 'stage.json', 'local/cloud.mjs']);
  expect(files['local/cloud.mjs']).toContain('startCloud');
});

import { appendFileSync, cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Stage } from '../stages/catalogue.ts';
import { buildStage } from './build.ts';

let directory: string;
let said: string[];

const build = (): Promise<void> =>
  buildStage({ number: 1, directory } as Stage, 'build:fc', ['dist'], (line) => said.push(line));

beforeEach(() => {
  said = [];
  directory = mkdtempSync(join(tmpdir(), 'build-test-'));
  cpSync(join(import.meta.dirname, 'fixtures', 'stage'), directory, { recursive: true });
});

afterEach(() => rmSync(directory, { recursive: true, force: true }));

const BUILDING = 'Building stage 1 (npm run build:fc) ...';

it('builds when a source changed, when the bundle is gone, and only then', async () => {
  await build();
  await build();
  expect(said).toEqual([BUILDING]);
  appendFileSync(join(directory, 'index-faas.cjs'), '\n// changed\n');
  await build();
  expect(said).toEqual([BUILDING, BUILDING]);
  expect(readFileSync(join(directory, 'dist', 'index-faas.js'), 'utf8')).toContain('// changed');
  rmSync(join(directory, 'dist'), { recursive: true });
  await build();
  expect(said).toHaveLength(3);
});

it('does not build again for what a run leaves or a test changes', async () => {
  await build();
  appendFileSync(join(directory, 'db.json'), '{}');
  appendFileSync(join(directory, 'README.md'), 'words');
  await build();
  expect(said).toEqual([BUILDING]);
});

it('builds once when two ask at the same time', async () => {
  await Promise.all([build(), build()]);
  expect(said).toEqual([BUILDING]);
});

it('tells what a failed build said, and builds again next time', async () => {
  appendFileSync(join(directory, 'build.mjs'), '\nthrow new Error("no bundle today");\n');
  const failure = {
    code: 'E_BUILD',
    message: expect.stringContaining('no bundle today') as string,
  };
  await expect(build()).rejects.toMatchObject(failure);
  await expect(build()).rejects.toMatchObject(failure);
});

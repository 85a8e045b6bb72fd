import { existsSync, mkdirSync, readdirSync, rmSync, utimesSync } from 'node:fs';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { basename, join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { leftovers } from './leftovers.ts';
import { makeTemporaryFolder, orphans, sweepOrphans } from './temporary.ts';
import { makeStages, temporaryFolder, writeFiles } from './testing/fixture.ts';

const HOUR = 60 * 60_000;

describe('leftovers', () => {
  it('are outputs and local todos, never what git tracks', () => {
    const root = temporaryFolder();
    const stages = makeStages(['01-one', { 'index.ts': '', 'db.json': '{}', 'dist/a.js': '' }]);
    const stage = stages[0]?.directory ?? '';
    writeFiles(root, { 'dist/index.html': '', 'README.md': '', 'node_modules/a/b': '' });
    writeFiles(stage, { 'node_modules/a/b': '' });
    const found = (packages: boolean) =>
      leftovers(root, stages, { packages, now: 0 }).filter(
        (path) => path.startsWith(root) || path.startsWith(stage),
      );
    const outputs = [join(root, 'dist'), join(stage, 'dist'), join(stage, 'db.json')];
    expect(found(false)).toEqual(outputs);
    expect(found(true)).toEqual([...outputs, join(stage, 'node_modules')]);
  });

  it('are temporary folders whose process has ended', async () => {
    const folder = temporaryFolder();
    const child = spawn(process.execPath, ['-e', '']);
    await once(child, 'exit');
    const names = [
      `serverless-evolution-merge-${child.pid}-aB3dE6`,
      `serverless-evolution-merge-${process.pid}-aB3dE6`,
      'serverless-evolution-forgotten',
      'somebody-elses',
    ];
    for (const name of names) mkdirSync(join(folder, name));
    utimesSync(join(folder, 'serverless-evolution-forgotten'), 0, 0);
    const found = (now: number) => new Set(orphans(now, folder).map((path) => basename(path)));
    expect(found(HOUR)).toEqual(new Set([names[0]]));
    expect(found(25 * HOUR)).toEqual(new Set([names[0], names[2]]));
    sweepOrphans(HOUR, folder);
    expect(new Set(readdirSync(folder))).toEqual(new Set(names.slice(1)));
  });

  it('are locks whose process has ended', async () => {
    const folder = temporaryFolder();
    const child = spawn(process.execPath, ['-e', '']);
    await once(child, 'exit');
    writeFiles(folder, {
      'serverless-evolution-build-a1.lock': String(child.pid),
      'serverless-evolution-build-a1.lock.b2c3': String(child.pid),
      'serverless-evolution-build-d4.lock': String(process.pid),
    });
    expect(
      orphans(Date.now(), folder)
        .map((path) => basename(path))
        .toSorted(),
    ).toEqual(['serverless-evolution-build-a1.lock', 'serverless-evolution-build-a1.lock.b2c3']);
  });

  it('are not the temporary folders of a process that runs', () => {
    const mine = makeTemporaryFolder('test');
    onTestFinished(() => rmSync(mine, { recursive: true, force: true }));
    expect(existsSync(mine)).toBe(true);
    expect(orphans(Number.MAX_SAFE_INTEGER)).not.toContain(mine);
  });
});

import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { installStage, isInstalled } from './install.ts';
import { withLock } from './lock.ts';
import { temporaryFolder, writeFiles } from './testing/fixture.ts';

/** No packages, so that npm needs no registry; its `prepare` script counts the installations. */
function project(): string {
  const folder = temporaryFolder();
  const root = { name: 'fixture', version: '1.0.0' };
  writeFiles(folder, {
    'package.json': JSON.stringify({
      ...root,
      scripts: { prepare: `node -e "require('fs').appendFileSync('installed', '+')"` },
    }),
    'package-lock.json': JSON.stringify({ ...root, lockfileVersion: 3, packages: { '': root } }),
  });
  return folder;
}

describe('installing a stage', { timeout: 20_000 }, () => {
  it('happens once, and again when the lockfile changed or was interrupted', async () => {
    const folder = project();
    const said: string[] = [];
    const times = () => readFileSync(join(folder, 'installed'), 'utf8').length;
    expect(isInstalled(folder)).toBe(false);
    await Promise.all([1, 2].map(() => installStage(folder, (line) => void said.push(line))));
    expect(isInstalled(folder)).toBe(true);
    expect(times()).toBe(1);
    expect(said.filter((line) => line.startsWith('Installing'))).toHaveLength(1);
    await installStage(folder);
    expect(times()).toBe(1);

    const lockfile = join(folder, 'package-lock.json');
    writeFileSync(lockfile, `${readFileSync(lockfile, 'utf8')}\n`);
    expect(isInstalled(folder)).toBe(false);
    await installStage(folder);
    expect(times()).toBe(2);

    rmSync(join(folder, 'node_modules'), { recursive: true });
    await installStage(folder);
    expect(times()).toBe(3);
  });

  it('that fails says what npm said, and is not taken for done', async () => {
    const folder = project();
    rmSync(join(folder, 'package-lock.json'));
    await expect(installStage(folder)).rejects.toMatchObject({
      code: 'E_INSTALL',
      message: expect.stringContaining('package-lock.json'),
    });
    expect(isInstalled(folder)).toBe(false);
  });
});

describe('a lock', () => {
  it('lets one at a time in and is gone afterwards', async () => {
    const file = join(temporaryFolder(), 'lock');
    let inside = 0;
    let most = 0;
    const work = async () => {
      most = Math.max(most, ++inside);
      await pause(20);
      inside -= 1;
    };
    await Promise.all([withLock(file, work), withLock(file, work), withLock(file, work)]);
    expect(most).toBe(1);
    expect(existsSync(file)).toBe(false);
  });

  it('is released by a failure', async () => {
    const file = join(temporaryFolder(), 'lock');
    await expect(withLock(file, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(await withLock(file, () => Promise.resolve('in'))).toBe('in');
  });

  it('of a process that has ended is taken over', async () => {
    const file = join(temporaryFolder(), 'lock');
    const child = spawn(process.execPath, ['-e', '']);
    await once(child, 'exit');
    writeFileSync(file, String(child.pid));
    expect(await withLock(file, () => Promise.resolve('in'))).toBe('in');
  });
});

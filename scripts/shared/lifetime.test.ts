import { type ChildProcess, fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';

interface Run {
  readonly child: ChildProcess;
  readonly lines: string[];
  seen(line: string): Promise<void>;
  ended(): Promise<number | null>;
}

const children: ChildProcess[] = [];

afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
});

async function start(...parameters: string[]): Promise<Run> {
  const program = join(import.meta.dirname, 'fixtures', 'closing.ts');
  const child = fork(program, parameters, {
    stdio: ['ignore', 'pipe', 'ignore', 'ipc'],
    execArgv: [],
  });
  children.push(child);
  // Not `close`: it does not come when the channel was disconnected by hand.
  const exited = once(child, 'exit') as Promise<[number | null]>;
  const lines: string[] = [];
  child.stdout
    ?.setEncoding('utf8')
    .on('data', (chunk: string) => lines.push(...chunk.trim().split('\n')));
  const seen = async (line: string): Promise<void> => {
    while (!lines.includes(line)) await once(child.stdout ?? child, 'data');
  };
  await seen('open');
  return { child, lines, seen, ended: async () => (await exited)[0] };
}

describe('a command that holds something open', () => {
  it.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)(
    'closes it on %s and ends well',
    async (signal) => {
      const { child, lines, seen, ended } = await start();
      child.kill(signal);
      await seen('closed');
      expect(await ended()).toBe(0);
      expect(lines).toEqual(['open', 'closing', 'closed']);
    },
  );

  it('closes it when the process that started it is gone', async () => {
    const { child, seen, ended } = await start();
    child.disconnect();
    await seen('closed');
    expect(await ended()).toBe(0);
  });

  it('does not wait for its closing on a second Ctrl-C', async () => {
    const { child, seen, ended } = await start('stubborn');
    child.kill('SIGINT');
    await seen('closing');
    await setTimeout(400);
    child.kill('SIGINT');
    expect(await ended()).toBe(130);
  });

  it('takes a Ctrl-C that arrives twice, from the terminal and passed on, for one', async () => {
    const { child, seen, ended } = await start();
    child.kill('SIGINT');
    await seen('closing');
    child.kill('SIGINT');
    await seen('closed');
    expect(await ended()).toBe(0);
  });

  it('ends with a failure when it cannot close', async () => {
    const { child, ended } = await start('failing');
    child.kill('SIGTERM');
    expect(await ended()).toBe(1);
  });
});

describe('a command that npm started', () => {
  it('closes when npm is gone, even if nothing told it', async () => {
    // A shell stands for npm: it starts the command, says its number, and is killed.
    const program = join(import.meta.dirname, 'fixtures', 'closing.ts');
    const npm = spawn('sh', ['-c', `"${process.execPath}" "${program}" & wait`], {
      env: { ...process.env, npm_command: 'run' },
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    children.push(npm);
    let output = '';
    const closed = new Promise<void>((resolve) => {
      npm.stdout.setEncoding('utf8').on('data', (chunk: string) => {
        output += chunk;
        if (chunk.includes('open')) npm.kill('SIGKILL');
        if (output.includes('closed')) resolve();
      });
    });
    await closed;
    expect(output).toBe('open\nclosing\nclosed\n');
  });
});

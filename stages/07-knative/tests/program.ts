import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import path from 'node:path';
import type { TestContext } from 'node:test';
import { startTable } from './table.ts';

export interface Program {
  /** The line it printed when it listened. */
  readonly listening: Promise<string>;
  readonly exited: Promise<{ readonly code: number | null; readonly signal: string | null }>;
  /** All it has printed so far. */
  output(): string;
  signal(name: 'SIGTERM' | 'SIGINT' | 'SIGKILL'): void;
}

const SETTINGS = { JWT_SECRET: randomBytes(32).toString('base64url') };

/** One for all programs of a file, unless a test names another. */
const table = await startTable();

/** Runs index.ts as a process of its own, ended with the test if it has not ended before. */
export function startProgram(test: TestContext, environment: Record<string, string>): Program {
  const child = spawn(process.execPath, ['--import', 'tsx', 'together.ts'], {
    cwd: path.join(import.meta.dirname, '..'),
    env: { ...process.env, ...table.environment, ...SETTINGS, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  const exited = new Promise<Awaited<Program['exited']>>((resolve) => {
    child.once('close', (code, signal) => resolve({ code, signal }));
  });
  const listening = new Promise<string>((resolve, reject) => {
    const read = (chunk: Buffer) => {
      output += chunk.toString();
      const line = /^.*http:\/\/localhost:\d+/m.exec(output)?.[0];
      if (line !== undefined) resolve(line);
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
    void exited.then(() => reject(new Error(`ended before it listened: ${output}`)));
  });
  // A test that expects the program to fail never waits for this.
  listening.catch(() => undefined);
  test.after(async () => {
    child.kill('SIGKILL');
    await exited;
  });
  return { listening, exited, output: () => output, signal: (name) => child.kill(name) };
}

/** The address in the line that the program prints. */
export function urlIn(line: string): string {
  return line.slice(line.indexOf('http://')).replace('localhost', '127.0.0.1');
}

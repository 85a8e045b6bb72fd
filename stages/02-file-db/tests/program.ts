import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { TestContext } from 'node:test';

export interface Program {
  /** The line it printed when it listened. */
  readonly listening: Promise<string>;
  readonly exited: Promise<{ readonly code: number | null; readonly signal: string | null }>;
  /** All it has printed so far. */
  output(): string;
  signal(name: 'SIGTERM' | 'SIGINT' | 'SIGKILL'): void;
}

/**
 * Runs index.ts as a process of its own, ended with the test if it has not ended before. Its db.json lies in a
 * folder of its own too, unless the test names one as TMPDIR.
 */
export function startProgram(test: TestContext, environment: Record<string, string>): Program {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'todo-'));
  const child = spawn(process.execPath, ['--import', 'tsx', 'index.ts'], {
    cwd: path.join(import.meta.dirname, '..'),
    env: { ...process.env, TODO_STORAGE: 'tmp', TMPDIR: folder, ...environment },
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
    rmSync(folder, { recursive: true });
  });
  return { listening, exited, output: () => output, signal: (name) => child.kill(name) };
}

/** The address in the line that the program prints. */
export function urlIn(line: string): string {
  return line.slice(line.indexOf('http://')).replace('localhost', '127.0.0.1');
}

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';

/** Runs healthcheck.ts as Docker does, with the port that the service has. */
export async function runHealthcheck(port: string): Promise<{ code: number; said: string }> {
  const child = spawn(process.execPath, ['--import', 'tsx', 'healthcheck.ts'], {
    cwd: path.join(import.meta.dirname, '..'),
    env: { ...process.env, PORT: port },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => (said += chunk));
  const [code] = (await once(child, 'close')) as [number];
  return { code, said };
}

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { expect, it } from 'vitest';

/** The second part ends long after the reader of the first one's line has gone. */
const PROGRAM = `
import { setTimeout } from 'node:timers/promises';
import { runAll } from ${JSON.stringify(join(import.meta.dirname, 'run-all.ts'))};
const part = (name, after) => ({ name, run: () => setTimeout(after, { passed: 1, failed: 0 }) });
const parts = [part('first', 0), part('second', 500), part('third', 1000)];
process.exitCode = await runAll({ what: 'checks', parts, names: [], atOnce: 3, live: false });
`;

it('ends without a word when nobody reads any more', async () => {
  const child = spawn(process.execPath, ['--input-type=module', '--eval', PROGRAM], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const exited = once(child, 'exit');
  const said = text(child.stderr);
  const [line] = (await once(child.stdout.setEncoding('utf8'), 'data')) as [string];
  child.stdout.destroy();
  expect(line).toContain('first');
  const [code] = await exited;
  expect(await said).toBe('');
  expect(code).not.toBe(1);
}, 30_000);

// `npm start`: the compiled program of index.js, with a table beside it. Without one in the environment
// local/cloud.mjs plays the cloud on this machine. With --watch (`npm run dev`) Midway's own tool compiles what
// changes and starts the program again.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const CLOUD = here('cloud.mjs');

if (process.env.TABLESTORE_ENDPOINT) await startProgram();
else if (existsSync(CLOUD)) {
  Object.assign(process.env, await startCloud());
  await startProgram();
} else {
  console.error(
    'No table to keep the todos in. Set TABLESTORE_ENDPOINT, TABLESTORE_INSTANCE, TABLESTORE_ACCESS_KEY_ID, TABLESTORE_ACCESS_KEY_SECRET and JWT_SECRET,\n' +
      'or get the local one, local/cloud.mjs: in the course, "npm run stage run 8" brings its own and "npm run stage checkout 8" makes a copy that has it.',
  );
  process.exitCode = 1;
}

async function startProgram() {
  if (!process.argv.includes('--watch')) return import('../index.js');
  const tool = here('../node_modules/mwtsc/bin/mwtsc.js');
  const watch = [tool, '--watch', '--run', here('../index.js')];
  const child = spawn(process.execPath, watch, { cwd: here('..'), stdio: 'inherit' });
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
  const [code] = await once(child, 'exit');
  process.exitCode = code ?? 1;
}

/** Starts the local cloud, which ends with this process, and answers with what the program has to know of it. */
async function startCloud() {
  const cloud = spawn(process.execPath, [CLOUD], { stdio: ['pipe', 'pipe', 'inherit'] });
  const failed = () => process.exit(1);
  cloud.once('exit', failed);
  const [line] = await once(createInterface(cloud.stdout), 'line');
  cloud.off('exit', failed);
  // It is not what keeps this process alive: when the program has ended, so does the cloud.
  for (const each of [cloud, cloud.stdin, cloud.stdout]) each.unref();
  return JSON.parse(line);
}

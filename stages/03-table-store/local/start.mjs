// `npm start`: the program of index.ts, with a table beside it. Without one in the environment
// local/cloud.mjs plays the cloud on this machine.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const CLOUD = fileURLToPath(new URL('cloud.mjs', import.meta.url));

if (process.env.TABLESTORE_ENDPOINT) await import('../index.ts');
else if (existsSync(CLOUD)) {
  Object.assign(process.env, await startCloud());
  await import('../index.ts');
} else {
  console.error(
    'No table to keep the todos in. Set TABLESTORE_ENDPOINT, TABLESTORE_INSTANCE, TABLESTORE_ACCESS_KEY_ID and TABLESTORE_ACCESS_KEY_SECRET,\n' +
      'or get the local one, local/cloud.mjs: in the course, "npm run stage run 3" brings its own and "npm run stage checkout 3" makes a copy that has it.',
  );
  process.exitCode = 1;
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

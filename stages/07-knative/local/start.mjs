// `npm start`: the three services in one process, together.ts, with a table beside it and a key of its own. What the environment does
// not name, local/cloud.mjs plays on this machine.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const CLOUD = fileURLToPath(new URL('cloud.mjs', import.meta.url));
const NEEDED = ['TABLESTORE_ENDPOINT', 'JWT_SECRET'];

const missing = NEEDED.filter((name) => !process.env[name]);
if (missing.length === 0) await import('../together.ts');
else if (existsSync(CLOUD)) {
  Object.assign(process.env, await startCloud());
  await import('../together.ts');
} else {
  console.error(
    `Not set: ${missing.join(', ')}. Set all that README.md names, or get what plays them on this machine,\n` +
      'local/cloud.mjs: in the course, "npm run stage run 7" brings its own and "npm run stage checkout 7" makes a copy that has it.',
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

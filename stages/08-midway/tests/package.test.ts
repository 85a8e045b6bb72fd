// What is uploaded, loaded as a cloud loads it: from a folder without packages, in a process of its own.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { it, type TestContext } from 'node:test';
import { promisify } from 'node:util';
import { fcEvent, scfEvent } from './make-events.ts';

const run = promisify(execFile);
const STAGE = path.join(__dirname, '..', '..', '..');

const ENVIRONMENT = {
  // Nobody listens there, and nobody is asked: the client connects with its first call.
  TABLESTORE_ENDPOINT: 'http://127.0.0.1:9',
  TABLESTORE_INSTANCE: 'todo',
  TABLESTORE_ACCESS_KEY_ID: 'local',
  TABLESTORE_ACCESS_KEY_SECRET: 'local',
  JWT_SECRET: randomBytes(32).toString('base64url'),
};

/** Asks for the page as each cloud would, and prints what is answered. */
const ASK = {
  fc: `const { initializer, handler } = require(process.argv[1]);
    initializer().then(() => handler(Buffer.from(process.argv[2]), {}))`,
  scf: `const { main_handler } = require(process.argv[1]);
    main_handler(JSON.parse(process.argv[2]), {})`,
};
const EVENTS = {
  fc: fcEvent('GET', '/').toString(),
  scf: JSON.stringify(scfEvent('GET', '/')),
};

async function pack(test: TestContext, cloud: 'fc' | 'scf') {
  const root = mkdtempSync(path.join(tmpdir(), 'package-test-'));
  test.after(() => rmSync(root, { recursive: true }));
  const build = [path.join(STAGE, 'build.mjs'), cloud, root, '--compiled'];
  const { stdout } = await run(process.execPath, build);
  const folder = path.join(root, cloud);
  const ask = async (environment: Readonly<Record<string, string>> = ENVIRONMENT) => {
    const print = '.then((result) => console.log(JSON.stringify(result)))';
    const script = `${ASK[cloud]}${print}`;
    const options = { env: { PATH: process.env['PATH'], ...environment } };
    const answer = await run(process.execPath, ['-e', script, folder, EVENTS[cloud]], options);
    return JSON.parse(answer.stdout) as { statusCode: number; body: string };
  };
  return { folder, ask, said: stdout };
}

for (const cloud of ['fc', 'scf'] as const)
  it(`the package for ${cloud} starts by itself and shows the page`, async (test) => {
    const { folder, ask, said } = await pack(test, cloud);
    assert.match(said, /: \d+ kB, compressed \d+ kB/);
    assert.deepEqual(readdirSync(folder).toSorted(), ['index.js', 'package.json', 'public']);
    const { statusCode, body } = await ask();
    assert.deepEqual([statusCode, body.startsWith('<!doctype html>')], [200, true]);
  });

it('a package without a key for tokens does not start: there is no default', async (test) => {
  const { ask } = await pack(test, 'fc');
  await assert.rejects(ask({ ...ENVIRONMENT, JWT_SECRET: 'secret' }), /JWT_SECRET is 4 bytes/);
});

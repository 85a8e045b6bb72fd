import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { cp, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { test, type TestContext } from 'node:test';
import { promisify } from 'node:util';

const STAGE = path.join(import.meta.dirname, '..');

/** Builds a copy of cdn/ after a change to one of its files. */
async function build(t: TestContext, change?: { file: string; text: string }): Promise<string[]> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'build-cdn-'));
  t.after(() => rm(folder, { recursive: true }));
  await cp(path.join(STAGE, 'build-cdn.mjs'), path.join(folder, 'build-cdn.mjs'));
  await cp(path.join(STAGE, 'cdn'), path.join(folder, 'cdn'), { recursive: true });
  await symlink(path.join(STAGE, 'node_modules'), path.join(folder, 'node_modules'));
  if (change) await writeFile(path.join(folder, 'cdn', change.file), change.text, { flag: 'a' });
  await promisify(execFile)(process.execPath, ['build-cdn.mjs', 'out'], { cwd: folder });
  const files = await readdir(path.join(folder, 'out'));
  const script = files.find((file) => file.startsWith('app-')) ?? '';
  assert.doesNotMatch(await readFile(path.join(folder, 'out', script), 'utf8'), /\bfrom\s*"/);
  return files.filter((file) => file !== 'assets.json').toSorted();
}

test('a name says what is in the file: the same stays, another changes', async (t) => {
  const [before, again] = [await build(t), await build(t)];
  assert.deepEqual(
    before.map((file) => file.replace(/-[A-Z\d]{8}\./, '.')),
    ['app.js', 'favicon.svg', 'styles.css'],
  );
  assert.deepEqual(again, before);
  const [app, favicon, styles] = await build(t, {
    file: 'words.js',
    text: '\nconsole.log("changed");\n',
  });
  assert.notEqual(app, before[0]);
  assert.deepEqual([favicon, styles], before.slice(1));
});

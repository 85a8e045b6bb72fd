// Sets the project up when that is needed, then runs a script on the pinned Node.
import { spawn } from 'node:child_process';
import { existsSync, realpathSync } from 'node:fs';
import module from 'node:module';
import { constants } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { whenNpmIsGone } from './npm-watch.mjs';
import { SetupFailure } from './failure.mjs';
import { install } from './install.mjs';
import { findNode } from './pinned-node.mjs';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** The 24.x from which on Node strips types without a warning: https://nodejs.org/api/typescript.html */
const QUIET_SINCE_MINOR = 3;

/**
 * Runs a script of the project. npm puts node_modules/.bin first on the PATH, so once the project
 * is set up this process is the pinned Node already and no second one is started.
 *
 * @example await start('scripts/stage.ts', ['list']);
 * @param {string | undefined} script path relative to the project
 * @param {string[]} args
 */
export async function start(script, args) {
  if (script === undefined || !existsSync(join(ROOT, script))) {
    throw new SetupFailure(
      'E_SETUP_SCRIPT',
      `no script is called "${script ?? ''}". The names are in package.json, under "scripts".`,
      64,
    );
  }
  const path = resolve(ROOT, script);
  const installed = await install(ROOT);
  if (installed) await makeReady();
  const node = findNode(ROOT, process);
  // After an installation the file of the running Node may be another one than the running one.
  if (
    !installed &&
    realpathSync(node) === realpathSync(process.execPath) &&
    isQuiet(process.version)
  ) {
    module.enableCompileCache?.(join(ROOT, 'node_modules/.cache/compile'));
    process.argv.splice(1, process.argv.length - 1, path, ...args);
    await import(pathToFileURL(path).href);
  } else {
    process.exitCode = await handOver(node, [path, ...args]);
  }
}

/** Does once what a first run would otherwise wait for; it is tried again when it is needed. */
async function makeReady() {
  try {
    const { bundleWebernetes } = await import('../cloud/kubernetes/server/bundle.mjs');
    await bundleWebernetes();
  } catch {
    // Whoever needs it makes it, and says what is wrong.
  }
}

/** @param {string} version */
function isQuiet(version) {
  const [major = 0, minor = 0] = version.slice(1).split('.').map(Number);
  return major > 24 || (major === 24 && minor >= QUIET_SINCE_MINOR);
}

/**
 * Runs a program in this process's place. The channel tells it when this process is gone, even by SIGKILL.
 *
 * @param {string} node
 * @param {string[]} args
 * @returns {Promise<number>}
 */
function handOver(node, args) {
  const child = spawn(node, ['--disable-warning=ExperimentalWarning', ...args], {
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
  });
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
    process.on(signal, () => child.kill(signal));
  }
  whenNpmIsGone(() => child.kill('SIGTERM'));
  return new Promise((resolvePromise, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) =>
      resolvePromise(code ?? 128 + constants.signals[signal ?? 'SIGTERM']),
    );
  });
}

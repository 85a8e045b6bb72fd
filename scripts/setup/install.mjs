// Brings node_modules to what package-lock.json says.
import { spawn } from 'node:child_process';
import { SetupFailure } from './failure.mjs';
import { expectedFolders, isInstalled, markInstalled, unmarkInstalled } from './packages.mjs';
import { showProgress } from './progress.mjs';
import { takeTurn } from './turn.mjs';

// Spelled out, since `npm run -s`, NODE_ENV=production and a reader's own npm settings would change them.
const NPM_CI = ['ci', '--include=dev', '--include=optional', '--loglevel=warn', '--progress=false'];

/** How long npm may take to end by itself once it was told to. */
const GRACE_MILLISECONDS = 1000;

/**
 * Installs what is missing and says so on stderr; returns whether anything was done.
 *
 * @example if (await install(root)) console.error('set up');
 * @param {string} root
 * @returns {Promise<boolean>}
 */
export async function install(root) {
  if (isInstalled(root)) return false;
  const giveBack = await takeTurn(root, () =>
    process.stderr.write('another set-up of this folder is running: waiting for it\n'),
  );
  try {
    if (isInstalled(root)) return true;
    unmarkInstalled(root);
    await runNpm(root);
    markInstalled(root);
    return true;
  } finally {
    giveBack();
  }
}

/** @param {string} root */
async function runNpm(root) {
  const folders = expectedFolders(root);
  const started = Date.now();
  process.stderr.write(`setting up: ${folders.length} packages from package-lock.json, once\n`);
  const npm = spawn('npm', NPM_CI, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
  let noise = '';
  npm.stdout.on('data', (chunk) => (noise += chunk));
  npm.stderr.on('data', (chunk) => (noise += chunk));
  const stopProgress = showProgress(root, folders, process.stderr);
  const stopForwarding = forwardSignals(npm);
  try {
    const { code, signal } = await ended(npm);
    if (signal || stopForwarding.received()) {
      throw new SetupFailure(
        'E_SETUP_STOPPED',
        'the set-up was interrupted. Run the command again to redo it.',
        130,
      );
    }
    if (code !== 0) {
      throw new SetupFailure(
        'E_SETUP_INSTALL',
        `"npm ci" ended with code ${code}; this is what it said:\n${noise.trim()}\nCheck that the package registry can be reached, then run the same command again.`,
      );
    }
  } finally {
    stopProgress();
    stopForwarding();
  }
  process.stderr.write(`set up in ${((Date.now() - started) / 1000).toFixed(1)} s\n`);
}

/**
 * @param {import('node:child_process').ChildProcess} child
 * @returns {Promise<{ code: number | null, signal: string | null }>}
 */
function ended(child) {
  return new Promise((resolve, reject) => {
    child.once('error', (error) =>
      reject(
        new SetupFailure(
          'E_SETUP_NPM',
          `npm could not be started (${error.message}). Install Node with npm: https://nodejs.org`,
        ),
      ),
    );
    child.once('close', (code, signal) => resolve({ code, signal }));
  });
}

/**
 * npm installs on after a signal and only then takes everything back: it gets a moment, then it is
 * killed. What lies half-written in node_modules has no stamp, so the next set-up begins anew.
 *
 * @param {import('node:child_process').ChildProcess} child
 */
function forwardSignals(child) {
  let received = false;
  /** @param {NodeJS.Signals} signal */
  const forward = (signal) => {
    if (!received) process.stderr.write('\nstopping the set-up …\n');
    child.kill(received ? 'SIGKILL' : signal);
    received = true;
    setTimeout(() => child.kill('SIGKILL'), GRACE_MILLISECONDS).unref();
  };
  const signals = /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP']);
  for (const signal of signals) process.on(signal, forward);
  const stop = () => {
    for (const signal of signals) process.off(signal, forward);
  };
  return Object.assign(stop, { received: () => received });
}

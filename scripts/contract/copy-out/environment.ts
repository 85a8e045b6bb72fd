import { delimiter, sep } from 'node:path';

export type Environment = Readonly<Record<string, string | undefined>>;

/** What npm passes on to the programs that it starts, except what says how to reach a registry. */
const NPM_LEAVES = /^npm_/i;
const NPM_KEEPS =
  /^npm_config_(registry|cache|userconfig|globalconfig|cafile|ca|proxy|https_proxy|noproxy|offline|prefer_offline)$/i;
const NODE_LEAVES = new Set(['NODE', 'NODE_ENV', 'NODE_OPTIONS', 'NODE_PATH', 'INIT_CWD']);

/**
 * The environment of a reader who has just opened a terminal: without the programs, flags and settings
 * that npm and this repository's `node_modules` lend to what they start. A stage that needs one of
 * them does not stand alone.
 *
 * @example cleanEnvironment({ PATH: '/course/node_modules/.bin:/usr/bin', npm_command: 'run' }) // { PATH: '/usr/bin' }
 */
export function cleanEnvironment(environment: Environment): Record<string, string> {
  const clean: Record<string, string> = {};
  for (const [name, value] of Object.entries(environment)) {
    if (value === undefined || NODE_LEAVES.has(name)) continue;
    if (NPM_LEAVES.test(name) && !NPM_KEEPS.test(name)) continue;
    clean[name] = name === 'PATH' ? cleanPath(value) : value;
  }
  return clean;
}

function cleanPath(path: string): string {
  return path
    .split(delimiter)
    .filter((folder) => folder !== '' && !folder.split(sep).includes('node_modules'))
    .join(delimiter);
}

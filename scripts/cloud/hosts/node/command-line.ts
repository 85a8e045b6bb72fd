import { existsSync, realpathSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import type { Program, StartOptions } from '../../shared/instance.ts';

/**
 * What Node is started with. A read-only disk is Node's permission model: the program may read its
 * own folder and write its temporary one, and nothing else of the machine.
 *
 * @example commandLine({ directory: '/code', entry: 'index.js' }, 'read-only', '/tmp/a', '/host/preload.mjs')
 */
export function commandLine(
  program: Program,
  disk: StartOptions['disk'],
  temporary: string,
  preload: string,
): string[] {
  const entry = resolve(program.directory, program.entry);
  return [
    // Stripping types warns before Node 24.12.
    '--disable-warning=ExperimentalWarning',
    ...(disk === 'read-only' ? readOnly(program.directory, entry, temporary, preload) : []),
    `--import=${preload}`,
    entry,
    ...(program.arguments ?? []),
  ];
}

function readOnly(directory: string, entry: string, temporary: string, preload: string): string[] {
  const folders = [directory, dirname(entry), temporary, ...packagesOf(directory)];
  const readable = [...new Set(folders.map((path) => `${path}/*`))];
  return [
    '--permission',
    ...[...readable, preload].map((path) => `--allow-fs-read=${path}`),
    `--allow-fs-write=${temporary}/*`,
  ];
}

/** A copy of a stage borrows the packages of the stage itself: a link, and the model looks at where it leads. */
function packagesOf(directory: string): string[] {
  const packages = join(directory, 'node_modules');
  return existsSync(packages) ? [realpathSync(packages)] : [];
}

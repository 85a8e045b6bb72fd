import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';

const MANIFEST = /\.(ya?ml|json)$/;
const STANDARD_INPUT = 0;

/**
 * The texts that `-f` names: a file, the manifests of a folder, or standard input. The cluster's process may not
 * see what the reader sees, so they are read here; of one that is not there the cluster says so.
 *
 * @example manifestFiles('k8s', process.cwd()) // { '/home/me/k8s/todo.yaml': 'apiVersion: ...' }
 */
export function manifestFiles(filename: string, directory: string): Record<string, string> {
  if (filename === '-') return { stdin: readFileSync(STANDARD_INPUT, 'utf8') };
  const path = resolve(directory, filename);
  const stats = statSync(path, { throwIfNoEntry: false });
  if (!stats) return {};
  const paths = stats.isDirectory()
    ? readdirSync(path)
        .filter((name) => MANIFEST.test(name))
        .toSorted()
        .map((name) => join(path, name))
    : [path];
  return Object.fromEntries(paths.map((file) => [file, readFileSync(file, 'utf8')]));
}

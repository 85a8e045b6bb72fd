import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Failure } from '../shared/failure.ts';
import { defineCommand } from './command.ts';

const MANIFEST = /\.(ya?ml|json)$/;
const STANDARD_INPUT = 0;

export default defineCommand({
  name: 'kubectl',
  summary: 'Speaks kubectl to a stage that runs on the local Kubernetes: get pods, logs, scale.',
  usage: '[arguments...]',
  options: {},
  isRaw: true,
  async run({ positionals: words, directory }) {
    const { findClusters, parseCall, sendKubectl } = await import('../cloud/kubernetes/control.ts');
    const [cluster] = findClusters();
    if (!cluster) {
      throw new Failure(
        'E_NO_CLUSTER',
        'no stage runs on the local Kubernetes. Start one in another terminal: npm run stage run 6 kubernetes',
      );
    }
    // Pods' output and tables go out as they are: no terminal's own line ends.
    return sendKubectl(
      cluster,
      { words, files: filesOf(words, directory, parseCall) },
      {
        out: (text) => void process.stdout.write(text),
        err: (text) => void process.stderr.write(text),
      },
    );
  },
});

/** The cluster's process may not see what the reader sees: files are read here. */
function filesOf(
  words: readonly string[],
  directory: string,
  parseCall: (words: readonly string[]) => { flags: Readonly<Record<string, string | true>> },
): Record<string, string> {
  let filename: string | true | undefined;
  try {
    filename = parseCall(words).flags['filename'];
  } catch {
    // What is wrong with the line the cluster says, in kubectl's words.
    return {};
  }
  if (typeof filename !== 'string') return {};
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

import { Failure } from '../shared/failure.ts';
import { defineCommand } from './command.ts';
import { manifestFiles } from './manifest-files.ts';

export default defineCommand({
  name: 'kubectl',
  summary:
    'Speaks kubectl to a stage that runs on a cluster, local or real: get pods, logs, scale.',
  usage: '[arguments...]',
  options: {},
  isRaw: true,
  async run({ positionals: words, directory }) {
    const { findClusters, parseCall, sendLine } = await import('../cloud/kubernetes/control.ts');
    const [cluster] = findClusters();
    if (!cluster) {
      throw new Failure(
        'E_NO_CLUSTER',
        'no stage runs on a cluster. Start one in another terminal: npm run stage run 6 kubernetes',
      );
    }
    if (cluster.real) {
      const { handOver } = await import('../targets/cluster/hand-over.ts');
      return handOver(cluster.real, words);
    }
    // Pods' output and tables go out as they are: no terminal's own line ends.
    return sendLine(
      cluster,
      { tool: 'kubectl', words, files: filesOf(words, directory, parseCall) },
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
  return manifestFiles(filename, directory);
}

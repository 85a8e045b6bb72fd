import { Failure } from '../shared/failure.ts';
import { defineCommand } from './command.ts';

export default defineCommand({
  name: 'kn',
  summary:
    'Speaks kn to a stage that runs on the local Knative: service list, revision list, traffic.',
  usage: '[arguments...]',
  options: {},
  isRaw: true,
  async run({ positionals: words, directory }) {
    const { findClusters, sendLine } = await import('../cloud/kubernetes/control.ts');
    const cluster = findClusters().find(({ tools }) => tools.includes('kn'));
    if (!cluster) {
      throw new Failure(
        'E_NO_KNATIVE',
        'no stage runs on the local Knative. Start one in another terminal: npm run stage run 7 knative',
      );
    }
    return sendLine(
      cluster,
      { tool: 'kn', words, files: await filesOf(words, directory) },
      {
        out: (text) => void process.stdout.write(text),
        err: (text) => void process.stderr.write(text),
      },
    );
  },
});

async function filesOf(
  words: readonly string[],
  directory: string,
): Promise<Record<string, string>> {
  const { parseKn } = await import('../cloud/knative/index.ts');
  const { manifestFiles } = await import('./manifest-files.ts');
  try {
    const names = parseKn(words).flags['filename'] ?? [];
    return Object.assign({}, ...names.map((name) => manifestFiles(name, directory))) as Record<
      string,
      string
    >;
  } catch {
    // What is wrong with the line kn says, in its own words.
    return {};
  }
}

import { rmSync } from 'node:fs';
import { dirname, relative } from 'node:path';
import { EXIT } from '../shared/failure.ts';
import { stagesRoot } from '../stages/root.ts';
import { defineCommand } from './command.ts';

export default defineCommand({
  name: 'clean',
  summary:
    'Deletes what runs, builds and tests leave: outputs, local todos, temporary folders, containers, images.',
  usage: '',
  options: {
    packages: { type: 'boolean', summary: "Deletes the stages' installed packages too." },
  },
  async run({ options, stages, terminal }) {
    const { leftovers } = await import('../stages/leftovers.ts');
    const { sweepEngines } = await import('../targets/sweep.ts');
    const root = dirname(stagesRoot());
    const found = leftovers(root, stages(), { packages: options.packages, now: Date.now() });
    for (const path of found) {
      rmSync(path, { recursive: true, force: true });
      const inside = relative(root, path);
      terminal.print(`deleted ${inside.startsWith('..') ? path : inside}`);
    }
    const swept = await sweepEngines();
    for (const what of swept) terminal.print(`deleted ${what}`);
    if (found.length + swept.length === 0) terminal.print('Nothing to delete.');
    return EXIT.fine;
  },
});

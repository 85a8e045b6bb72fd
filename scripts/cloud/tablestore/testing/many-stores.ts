import { join } from 'node:path';
import { createTablestore } from '../index.ts';

// Run as a process that a test kills: as many stores as it is told to, each with its own file.

const [folder = '.', count = '1', instance = '', accessKeyId = '', accessKeySecret = ''] =
  process.argv.slice(2);
const stores = await Promise.all(
  Array.from({ length: Number(count) }, (_, index) =>
    createTablestore({
      file: join(folder, `${index}.log`),
      instance,
      accessKeys: { [accessKeyId]: accessKeySecret },
      // Small enough that many of the kills meet a compaction.
      minCompactedBytes: 4_096,
    }),
  ),
);
console.log(JSON.stringify(stores.map(({ url }) => url)));
// Ends with its parent: the pipe closes when that is gone.
process.stdin.resume().once('end', () => process.exit());

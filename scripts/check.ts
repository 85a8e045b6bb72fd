// `npm run check`: everything that can be said of the files without running them. With names
// (`npm run check lint types`) only those parts.
import { checkParts } from './checks/parts.ts';
import { runAll } from './testing/run-all.ts';

process.exitCode = await runAll({
  what: 'checks',
  parts: checkParts(),
  names: process.argv.slice(2),
  atOnce: 2,
  live: false,
});

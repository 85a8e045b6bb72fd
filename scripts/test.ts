// `npm test`: every suite, or those named: `npm test -- unit e2e`.
import { runAll } from './testing/run-all.ts';
import { suites } from './testing/suites/index.ts';

process.exitCode = await runAll({
  what: 'tests',
  parts: suites(),
  names: process.argv.slice(2),
  atOnce: 1,
  live: true,
});

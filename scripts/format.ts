// `npm run format`: writes every file the way `npm run check` wants it, the stages' too.
import { runTool } from './testing/run-tool.ts';

const { code } = await runTool('oxfmt', process.argv.slice(2), { live: true });
process.exitCode = code;

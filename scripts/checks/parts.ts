import { readStages } from '../stages/catalogue.ts';
import { installStage } from '../stages/install.ts';
import { repositoryRoot } from '../stages/root.ts';
import { BENCHMARKS, SUITES } from '../testing/names.ts';
import type { Outcome, Part } from '../testing/part.ts';
import { runTool } from '../testing/run-tool.ts';
import { checkCommandLines } from './command-lines.ts';
import { documentedCommands } from './documented-commands.ts';
import { checkDocuments } from './documents.ts';
import { checkParity } from './parity.ts';
import { formatProblem } from './problem.ts';
import type { Problem } from './problem.ts';
import { checkSources } from './sources.ts';
import { readTree } from './tree.ts';
import { checkTypography } from './typography.ts';

const ASTRO = { environment: { ASTRO_TELEMETRY_DISABLED: '1' } };

const WITHOUT_TYPES: Outcome = {
  passed: 0,
  failed: 1,
  report: 'needs the types that Astro writes; "types-site" says why it could not.',
};

/**
 * The parts of `npm run check`, slow ones first so that the fast ones fill the other core.
 *
 * @example checkParts().map(({ name }) => name)
 */
export function checkParts(): Part[] {
  const root = repositoryRoot();
  // Astro writes the types of its virtual modules, which the linter and the compiler read.
  let synced: Promise<Outcome> | undefined;
  const sync = () => (synced ??= tool('astro', ['sync'], ASTRO));
  const afterSync = (part: () => Promise<Outcome>) => async () =>
    (await sync()).failed > 0 ? WITHOUT_TYPES : part();
  // The linter and the stages' compilers read the types of the stages' packages.
  let installed: Promise<void> | undefined;
  const afterInstall = async (part: () => Promise<Outcome>) => {
    await (installed ??= installStages());
    return part();
  };
  return [
    { name: 'types-site', run: () => checkSite(sync) },
    { name: 'format', run: () => tool('oxfmt', ['--check']) },
    { name: 'lint', run: afterSync(() => afterInstall(() => tool('oxlint', []))) },
    { name: 'types', run: afterSync(() => tool('tsc', ['--project', 'tsconfig.json'])) },
    { name: 'types-stages', run: () => afterInstall(checkStageTypes) },
    { name: 'lineage', run: () => tool(process.execPath, ['scripts/stage.ts', 'lineage']) },
    { name: 'sources', run: async () => judge(checkSources(readTree(root))) },
    { name: 'parity', run: async () => judge(checkParity(readTree(root))) },
    { name: 'typography', run: async () => judge(checkTypography(readTree(root))) },
    { name: 'documents', run: async () => judge(checkDocuments(readTree(root))) },
    { name: 'spelling', run: () => tool('cspell', ['--no-progress', '--dot']) },
    { name: 'commands', run: () => checkCommands(root) },
  ];
}

async function tool(...args: Parameters<typeof runTool>): Promise<Outcome> {
  const { code, all } = await runTool(...args);
  return code === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1, report: all };
}

async function checkSite(sync: () => Promise<Outcome>): Promise<Outcome> {
  const synced = await sync();
  return synced.failed > 0
    ? synced
    : tool('astro', ['check', '--noSync', '--tsconfig', 'site/tsconfig.json'], ASTRO);
}

/** Each stage is typed by its own TypeScript and tsconfig. */
async function checkStageTypes(): Promise<Outcome> {
  const reports: string[] = [];
  let passed = 0;
  for (const stage of readStages()) {
    const { code, all } = await runTool('npm', ['run', '--silent', 'types'], {
      cwd: stage.directory,
    });
    if (code === 0) passed += 1;
    else reports.push(`${stage.id}:\n${all}`);
  }
  return { passed, failed: reports.length, report: reports.join('\n') };
}

async function installStages(): Promise<void> {
  for (const stage of readStages()) await installStage(stage.directory);
}

async function checkCommands(root: string): Promise<Outcome> {
  const tree = readTree(root);
  const names = { test: SUITES, bench: BENCHMARKS, check: checkParts().map(({ name }) => name) };
  return judge(
    await checkCommandLines(documentedCommands(tree), { tree, stages: readStages(), names }),
  );
}

function judge(problems: readonly Problem[]): Outcome {
  return problems.length === 0
    ? { passed: 1, failed: 0 }
    : { passed: 0, failed: problems.length, report: problems.map(formatProblem).join('\n') };
}

import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Stage } from './catalogue.ts';
import { repositoryRoot } from './root.ts';

/** Where a copy of a stage has it. No stage in the repository does: it is made from scripts/cloud. */
export const LOCAL_CLOUD = 'local/cloud.mjs';

/** The oldest Node that a copy promises to run on. */
const TARGET = 'node20.17';

const NOTICE = `// The local cloud of the course "Serverless Evolution", in one file and without packages: what stands
// beside the stage on your machine. It is made from the course's scripts/cloud; the stage never imports it.`;

let text: Promise<string> | undefined;

/**
 * What stands beside stages on one machine, as a program of one file.
 *
 * @example writeFileSync('local/cloud.mjs', await localCloudText());
 */
export function localCloudText(): Promise<string> {
  return (text ??= bundle());
}

/**
 * Puts the local cloud into a copy of a stage that needs one.
 *
 * @example await addLocalCloud(stage, '/tmp/my-copy') // /tmp/my-copy/local/cloud.mjs
 */
export async function addLocalCloud(
  stage: Pick<Stage, 'services' | 'secrets'>,
  copy: string,
): Promise<void> {
  if (!needsLocalCloud(stage)) return;
  const file = join(copy, LOCAL_CLOUD);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, await localCloudText());
}

/**
 * Whether a stage cannot start by itself.
 *
 * @example needsLocalCloud({ services: { tablestore: {} } }) // true
 */
export function needsLocalCloud({
  services,
  secrets,
}: Pick<Stage, 'services' | 'secrets'>): boolean {
  return services !== undefined || secrets !== undefined;
}

async function bundle(): Promise<string> {
  // Loaded here because most commands copy nothing.
  const { build } = await import('esbuild');
  const { outputFiles } = await build({
    absWorkingDir: repositoryRoot(),
    entryPoints: ['scripts/targets/local-cloud.ts'],
    bundle: true,
    write: false,
    platform: 'node',
    target: TARGET,
    format: 'esm',
    banner: { js: NOTICE },
    logLevel: 'warning',
  });
  return outputFiles[0]?.text ?? '';
}

import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import {
  createFunctions,
  FC,
  parseFcManifest,
  parseScfManifest,
  runtimeProgram,
  SCF,
} from '../cloud/functions/index.ts';
import { createNodeHost } from '../cloud/hosts/node/host.ts';
import { serve } from '../cloud/server/serve.ts';
import { createSkippableClock } from '../cloud/shared/skippable-clock.ts';
import { systemClock } from '../cloud/shared/system-clock.ts';
import { EXIT, Failure } from '../shared/failure.ts';
import { buildStage } from './build.ts';
import { portFailure } from './port.ts';
import type { TargetDeployment, TargetOptions } from './target.ts';

/** Whose functions run, and who reads their manifest. */
const CLOUDS = {
  fc: { cloud: FC, parseManifest: parseFcManifest },
  scf: { cloud: SCF, parseManifest: parseScfManifest },
} as const;

/**
 * Runs a stage's bundle on a local function platform, as its own manifest says.
 *
 * @example const deployment = await deployFunctions('fc', options);
 */
export async function deployFunctions(
  name: keyof typeof CLOUDS,
  options: TargetOptions,
): Promise<TargetDeployment> {
  const { cloud, parseManifest } = CLOUDS[name];
  const { stage, port, emit, environment, idle } = options;
  const target = stage.targets[name];
  if (!target) {
    throw new Failure('E_TARGET', `stage ${stage.number} has no target "${name}"`, EXIT.bug);
  }
  const file = join(stage.directory, target.manifest);
  const variables = { ...process.env, ...options.services };
  const manifest = parseManifest(readFileSync(file, 'utf8'), file, variables);
  const folders = manifest.functions.map(({ code }) => code);
  if (options.prepare) await buildStage(stage, target.build, folders, options.say);

  const functions = createFunctions({
    manifest,
    cloud,
    host: createNodeHost(),
    programFor: (spec) => runtimeProgram(spec, dirname(file), cloud),
    clock: createSkippableClock(systemClock),
    requestClock: systemClock,
    emit,
    environment,
    ...(idle !== undefined && { idle }),
  });
  try {
    const server = await serve(port, functions.handle);
    return {
      ...functions,
      url: `http://localhost:${server.port}`,
      async close() {
        await functions.close();
        await server.close();
      },
    };
  } catch (error) {
    throw portFailure(error, port, stage.number);
  }
}

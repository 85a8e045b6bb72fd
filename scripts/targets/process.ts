import { createNodeHost } from '../cloud/hosts/node/host.ts';
import { createMachine } from '../cloud/process/index.ts';
import { createSkippableClock } from '../cloud/shared/skippable-clock.ts';
import { systemClock } from '../cloud/shared/system-clock.ts';
import { buildStage } from './build.ts';
import type { TargetDeployment, TargetOptions } from './target.ts';
import { ensureFree } from './port.ts';

/**
 * Runs a stage as one process on this machine; the program itself listens on the port.
 *
 * @example const deployment = await deployProcess(stage, options);
 */
export async function deployProcess({
  stage,
  port,
  emit,
  environment,
  services,
  say,
  prepare,
}: TargetOptions): Promise<TargetDeployment> {
  const { entry = 'index.ts', compiled } = stage.targets.process ?? {};
  await ensureFree(port, stage.number);
  if (stage.targets.docker) {
    say(`No container here: what the image runs, "node ${entry}", is a process of this machine.`);
  }
  if (prepare && compiled) await buildStage(stage, compiled.build, [compiled.folder], say);
  const machine = await createMachine({
    program: { directory: stage.directory, entry },
    service: 'web',
    port,
    environment: { ...services, ...environment },
    host: createNodeHost(),
    clock: createSkippableClock(systemClock),
    emit,
  });
  return { ...machine, url: `http://localhost:${machine.port}` };
}

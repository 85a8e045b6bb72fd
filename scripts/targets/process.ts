import { createNodeHost } from '../cloud/hosts/node/host.ts';
import { createMachine } from '../cloud/process/index.ts';
import type { Deployment } from '../cloud/shared/platform.ts';
import { createSkippableClock } from '../cloud/shared/skippable-clock.ts';
import { systemClock } from '../cloud/shared/system-clock.ts';
import type { TargetOptions } from './target.ts';
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
}: TargetOptions): Promise<Deployment> {
  const entry = stage.targets.process?.entry ?? 'index.ts';
  await ensureFree(port, stage.number);
  const machine = await createMachine({
    program: { directory: stage.directory, entry },
    service: 'web',
    port,
    environment,
    host: createNodeHost(),
    clock: createSkippableClock(systemClock),
    emit,
  });
  return { ...machine, url: `http://localhost:${machine.port}` };
}

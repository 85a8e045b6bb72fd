import { createDocker, createDockerHost, sweepContainers } from '../cloud/hosts/docker/index.ts';
import { createMachine } from '../cloud/process/index.ts';
import { createSkippableClock } from '../cloud/shared/skippable-clock.ts';
import { systemClock } from '../cloud/shared/system-clock.ts';
import { EXIT, Failure } from '../shared/failure.ts';
import { isAlive } from '../stages/lock.ts';
import { buildImage } from './image.ts';
import { openToContainers } from './outside.ts';
import { ensureFree } from './port.ts';
import type { TargetDeployment, TargetOptions } from './target.ts';

/** What `docker stop` waits between SIGTERM and SIGKILL, unless it is told otherwise. */
const DOCKER_STOP_MS = 10_000;

/**
 * Builds a stage's image with the machine's own Docker and runs it as one container, which nobody starts again.
 *
 * @example const deployment = await deployDocker(options);
 */
export async function deployDocker(options: TargetOptions): Promise<TargetDeployment> {
  const { stage, port, emit, environment, services, say } = options;
  const target = stage.targets.docker;
  if (!target)
    throw new Failure('E_TARGET', `stage ${stage.number} has no target "docker"`, EXIT.bug);
  const docker = createDocker();
  await ensureFree(port, stage.number);
  await sweepContainers(docker, isAlive);
  const image = await buildImage({ docker, stage, dockerfile: target.dockerfile, say });
  const outside = await openToContainers(docker, { ...services, ...environment });
  const host = createDockerHost({ docker, stage: stage.id });
  try {
    const machine = await createMachine({
      program: { directory: stage.directory, entry: image },
      service: 'web',
      port,
      environment: outside.environment,
      host,
      clock: createSkippableClock(systemClock),
      grace: DOCKER_STOP_MS,
      emit,
    });
    return {
      ...machine,
      url: `http://localhost:${machine.port}`,
      async docker(line) {
        const own: Readonly<Record<string, string | undefined>> = {
          IMAGE: image,
          CONTAINER: host.containerOf(machine.instances()[0]?.id ?? ''),
        };
        const said = await docker.run(line.split(' ').map((word) => own[word] ?? word));
        return Object.entries(own).reduce(
          (text, [word, name]) => (name === undefined ? text : text.replaceAll(name, word)),
          said,
        );
      },
      async close() {
        await machine.close();
        await outside.close();
      },
    };
  } catch (error) {
    await outside.close();
    throw error;
  }
}

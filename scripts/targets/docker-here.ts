import { createDocker, diagnose, type Docker } from '../cloud/hosts/docker/index.ts';
import type { Availability } from './availability.ts';

/** A daemon on another machine publishes its ports there. */
const ON_THIS_MACHINE = /^(unix|npipe):|^tcp:\/\/(localhost|127\.0\.0\.1|\[::1\])[:/]/;

/**
 * Whether a Docker that runs Linux images answers on this machine.
 *
 * @example await findDocker() // { available: true, reason: 'Docker 28.2.2' }
 */
export async function findDocker(
  docker: Docker = createDocker(),
): Promise<Omit<Availability, 'target'>> {
  try {
    const server = await docker.run(['version', '--format', '{{.Server.Version}} {{.Server.Os}}']);
    const [version, system] = server.split(' ');
    if (system !== 'linux') {
      return {
        available: false,
        reason: `Docker ${version} runs ${system} containers`,
        remedy: 'Switch it to Linux containers.',
      };
    }
    const where = await docker.run([
      'context',
      'inspect',
      '--format',
      '{{.Endpoints.docker.Host}}',
    ]);
    if (!ON_THIS_MACHINE.test(where)) {
      return {
        available: false,
        reason: `Docker is on another machine (${where})`,
        remedy: 'Unset DOCKER_HOST, or choose a local context: docker context use default',
      };
    }
    return { available: true, reason: `Docker ${version}` };
  } catch (error) {
    const { message, cause } = error as Error;
    const fault = diagnose(cause as NodeJS.ErrnoException);
    return {
      available: false,
      reason: fault?.reason ?? message,
      remedy: fault?.remedy ?? 'See what "docker version" says.',
    };
  }
}

import { Failure } from '../../../shared/failure.ts';
import { createProgram, type Program } from '../../../shared/program.ts';

/** How much of what a failing command said is worth reading. */
const LAST_LINES = 15;

/** The `docker` command line: it knows the reader's contexts, sockets and passwords better than any client of ours. */
export type Docker = Program;

/**
 * The Docker of this machine.
 *
 * @example await createDocker().run(['version', '--format', '{{.Server.Version}}']) // '28.2.2'
 */
export function createDocker(program = 'docker'): Docker {
  return createProgram(program, explained);
}

/** What keeps `docker` from working, and what a person can do about it. */
export interface Fault {
  readonly code: string;
  /** A part of a sentence: `no Docker here`. */
  readonly reason: string;
  readonly remedy: string;
}

/**
 * Reads an error of the command line.
 *
 * @example diagnose(new Error('Cannot connect to the Docker daemon ...'))?.code // 'E_DOCKER_DOWN'
 */
export function diagnose({ code, message }: NodeJS.ErrnoException): Fault | undefined {
  if (code === 'ENOENT') {
    return {
      code: 'E_DOCKER_MISSING',
      reason: 'no Docker here',
      remedy: 'Get it: https://docs.docker.com/get-started/get-docker',
    };
  }
  if (/permission denied.*(docker\.sock|daemon socket)/is.test(message)) {
    return {
      code: 'E_DOCKER_DENIED',
      reason: 'this user may not talk to Docker',
      remedy:
        'Add it to the group "docker" and log in again: https://docs.docker.com/engine/install/linux-postinstall',
    };
  }
  if (/cannot connect to the docker|is the docker daemon running|docker_engine/i.test(message)) {
    return {
      code: 'E_DOCKER_DOWN',
      reason: 'Docker is installed and not running',
      remedy: 'Start it: Docker Desktop, "colima start" or "sudo systemctl start docker".',
    };
  }
  return undefined;
}

/** A failure of the command line in words that a person can act on. */
function explained(words: readonly string[], error: NodeJS.ErrnoException): Failure {
  const cause = { cause: error };
  const fault = diagnose(error);
  if (fault) return new Failure(fault.code, `${fault.reason}. ${fault.remedy}`, undefined, cause);
  const said = error.message.split('\n').slice(-LAST_LINES).join('\n');
  return new Failure(
    'E_DOCKER',
    `"docker ${words.slice(0, 2).join(' ')}" failed. Mend what it says and run the command again:\n${said}`,
    undefined,
    cause,
  );
}

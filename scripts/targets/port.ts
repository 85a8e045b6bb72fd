import { createServer } from 'node:net';
import { Failure } from '../shared/failure.ts';

/** Where a stage listens unless another port is asked for: the 2020 course's port. */
export const DEFAULT_PORT = 3001;

/**
 * Fails in one line when somebody else listens on a port already. Port 0 is always free.
 *
 * @example await ensureFree(3001, 1)
 */
export async function ensureFree(port: number, stage: number): Promise<void> {
  const server = createServer();
  try {
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject).listen(port, resolve);
    });
  } catch (error) {
    throw portFailure(error, port, stage);
  }
  await new Promise((resolve) => server.close(resolve));
}

/** Says in one line why a server cannot listen, with the command that can. */
export function portFailure(error: unknown, port: number, stage: number): unknown {
  const { code } = error as NodeJS.ErrnoException;
  const other = `"npm run -s stage -- run ${stage} --port ${port < 1024 ? DEFAULT_PORT : port + 1}"`;
  if (code === 'EADDRINUSE') {
    return new Failure(
      'E_PORT_TAKEN',
      `port ${port} is taken by another program. Give another one: ${other}.`,
    );
  }
  if (code === 'EACCES') {
    return new Failure(
      'E_PORT_DENIED',
      `port ${port} needs more rights than this user has. Give another one: ${other}.`,
    );
  }
  return error;
}

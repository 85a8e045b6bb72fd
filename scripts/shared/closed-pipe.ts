import { EXIT } from './failure.ts';

/**
 * A reader that stops reading (`| head -1`) is no error: a command that holds something open ends as at a
 * hang-up, any other one at once. What is said after that is lost, as it is on a terminal that was closed.
 *
 * @example endQuietlyOnClosedPipe();
 */
export function endQuietlyOnClosedPipe(): void {
  process.stdout.on('error', () => {});
  process.stdout.once('error', ({ code }: NodeJS.ErrnoException) => {
    if (code === 'EPIPE' && !process.emit('SIGHUP', 'SIGHUP')) process.exit(EXIT.fine);
  });
}

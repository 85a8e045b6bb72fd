import { EXIT } from '../shared/failure.ts';
import { onShutdown } from '../shared/lifetime.ts';

/**
 * Closes what a check holds open when somebody ends it early, and ends it with 1: what was broken off has
 * not passed. The answer calls it off.
 *
 * @example const callOff = whenBrokenOff(() => deployment.close());
 */
export function whenBrokenOff(close: () => Promise<void>): () => void {
  return onShutdown(async () => {
    await close();
    process.exit(EXIT.checkFailed);
  });
}

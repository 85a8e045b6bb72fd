import type { Platform } from '../cloud/shared/platform.ts';

/** How many failures are worth reading one by one. */
const TOLD_FAILURES = 20;
/** After a failure a client waits so many milliseconds: a port where nobody listens refuses at once. */
const AFTER_FAILURE_MILLISECONDS = 50;

export interface LoadOutcome {
  readonly answered: number;
  readonly failures: readonly string[];
  readonly milliseconds: number;
}

/**
 * Clients that ask a platform for a path, each of them again as soon as it is answered, until they are stopped.
 *
 * @example
 * const load = startLoad(platform, '/api/rule', 8);
 * const { answered, failures } = await load.stop();
 */
export function startLoad(
  platform: Pick<Platform, 'fetch'>,
  path: string,
  clients: number,
): { stop(): Promise<LoadOutcome> } {
  const over = new AbortController();
  const begun = performance.now();
  const failures: string[] = [];
  let answered = 0;

  async function ask(): Promise<void> {
    const failure = await platform.fetch(path).then(
      async (response) => {
        // A client reads the answer; one that breaks off half-way has failed.
        await response.arrayBuffer();
        return response.ok ? undefined : String(response.status);
      },
      (error: Error) => error.message,
    );
    if (failure === undefined) {
      answered += 1;
      return;
    }
    if (failures.length < TOLD_FAILURES) failures.push(failure);
    await new Promise((resolve) => setTimeout(resolve, AFTER_FAILURE_MILLISECONDS));
  }

  const asking = Array.from({ length: clients }, async () => {
    while (!over.signal.aborted) await ask();
  });
  return {
    async stop() {
      over.abort();
      await Promise.all(asking);
      return { answered, failures, milliseconds: Math.round(performance.now() - begun) };
    },
  };
}

import type { Clock } from '../../shared/clock.ts';
import { createResponse } from '../../shared/web-messages.ts';

/** What `within` answers when the time was up. */
export const LATE = Symbol('late');

/**
 * Waits for work until a moment, however it ends after that.
 *
 * @example if ((await within(realClock, 300_000, fetch(request))) === LATE) return answer('requestTimeout');
 */
export async function within<Result>(
  clock: Clock,
  milliseconds: number,
  work: Promise<Result>,
): Promise<Result | typeof LATE> {
  const { promise: late, resolve } = Promise.withResolvers<typeof LATE>();
  const cancel = clock.after(milliseconds, () => resolve(LATE));
  work.catch(() => undefined);
  try {
    return await Promise.race([work, late]);
  } finally {
    cancel();
  }
}

/**
 * The same answer, and a call when all of it has been read or nobody reads on: until then its request counts
 * as one that is being worked on.
 *
 * @example return whenRead(response, () => stats.leave(clock.now()));
 */
export function whenRead(response: Response, ended: () => void): Response {
  const { body, status, statusText, headers } = response;
  if (!body) {
    ended();
    return response;
  }
  const reader = body.getReader();
  let isOver = false;
  const end = (): void => {
    if (!isOver) ended();
    isOver = true;
  };
  const counted = new ReadableStream<Uint8Array>({
    async pull(controller) {
      try {
        const { done, value } = await reader.read();
        if (!done) return controller.enqueue(value);
        end();
        controller.close();
      } catch (error) {
        end();
        controller.error(error);
      }
    },
    cancel(reason) {
      end();
      return reader.cancel(reason);
    },
  });
  return createResponse(counted, { status, statusText, headers });
}

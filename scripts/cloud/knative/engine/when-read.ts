import { createResponse } from '../../shared/web-messages.ts';

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

import type { Clock } from './clock.ts';
import type { PlatformChange } from './events.ts';

/** Stamps a change with the clock's time and passes it on. */
export type Tell = (change: PlatformChange) => void;

/**
 * Tells when a request comes in and when it is answered; one that fails has no response.
 *
 * @example
 * const response = await traced(request, { id: 'r1', to: 'web', clock, tell }, () => instance.fetch(request));
 */
export async function traced(
  request: Request,
  trace: { readonly id: string; readonly to: string; readonly clock: Clock; readonly tell: Tell },
  answer: () => Promise<Response>,
): Promise<Response> {
  const { id, to, clock, tell } = trace;
  const { pathname, search } = new URL(request.url);
  const begun = clock.now();
  tell({ type: 'request', request: id, to, method: request.method, path: pathname + search });
  const response = await answer();
  tell({
    type: 'response',
    request: id,
    from: to,
    status: response.status,
    milliseconds: clock.now() - begun,
  });
  return response;
}

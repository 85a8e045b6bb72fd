import type { PlatformEvent } from '../../shared/events.ts';
import { createTestClock } from '../../shared/test-clock.ts';
import { type CdnOptions, createCdn } from '../engine/cdn.ts';

export const SECOND = 1_000;
export const BEGIN = Date.UTC(2026, 10, 25);

type Answer = (request: Request) => Promise<Response> | Response;

/**
 * An edge before an origin that a test describes, with a clock that it turns.
 *
 * @example const { get } = startEdge(file({ 'cache-control': 'max-age=60' }));
 */
export function startEdge(answer: Answer, options: Partial<CdnOptions> = {}) {
  const clock = createTestClock(BEGIN);
  const requestClock = createTestClock(BEGIN);
  const events: PlatformEvent[] = [];
  const asked: Request[] = [];
  const cdn = createCdn({
    async origin(request) {
      asked.push(request);
      return answer(request);
    },
    clock,
    requestClock,
    emit: (event) => events.push(event),
    ...options,
  });
  const get = async (path: string, headers: Record<string, string> = {}, method = 'GET') => {
    const response = await cdn.fetch(path, { method, headers });
    return {
      status: response.status,
      cache: response.headers.get('x-cache')?.replace(' dirn:-2:-2', ''),
      age: response.headers.get('age'),
      body: await response.text(),
      headers: response.headers,
    };
  };
  const told = (): string[] => events.splice(0).map(label);
  return { cdn, clock, requestClock, asked, get, told };
}

/**
 * An origin that always sends the same.
 *
 * @example startEdge(file({ 'cache-control': 'max-age=60' }))
 */
export const file =
  (headers: Record<string, string>, body = 'content'): Answer =>
  () =>
    new Response(body, { headers });

/**
 * An origin that answers 304 when its tag is known.
 *
 * @example startEdge(tagged({ text: 'one' }))
 */
export function tagged(content: { text: string }, cacheControl = 'max-age=60'): Answer {
  return ({ headers }) => {
    const etag = `"${content.text}"`;
    const own = { etag, 'cache-control': cacheControl };
    if (headers.get('if-none-match') === etag)
      return new Response(null, { status: 304, headers: own });
    return new Response(content.text, { headers: own });
  };
}

function label(event: PlatformEvent): string {
  if (event.type === 'request') return `${event.request} ${event.method} ${event.path}`;
  if (event.type === 'hop') return `${event.from} > ${event.to}`;
  if (event.type === 'cache') return event.outcome;
  return event.type === 'response' ? String(event.status) : event.type;
}

import type { HttpRequest, HttpResponse } from './webernetes.ts';

/** Marks a request whose body and answer stay outside of the simulated network, which carries texts only. */
const MARK = 'x-local-exchange';

/** A request on its way through the cluster. */
export interface Exchange {
  readonly id: string;
  readonly request: Request;
  /** Called as soon as it is known which pod it goes to. */
  onPod(pod: string): void;
  outcome?: { response: Response } | { error: unknown };
}

/**
 * The requests that are under way. The cluster's network decides where each goes; the real Request and
 * Response pass it by, so that bodies may be binary and may stream.
 *
 * @example const exchanges = createExchanges(); const headers = exchanges.open(exchange);
 */
export function createExchanges() {
  const open = new Map<string, Exchange>();
  return {
    /** The headers with which the network carries it. */
    open(exchange: Exchange): Record<string, string> {
      open.set(exchange.id, exchange);
      return { [MARK]: exchange.id };
    },
    close: (exchange: Exchange): void => void open.delete(exchange.id),
    /** The exchange that a request of the network stands for; undefined for a probe. */
    find({ header }: HttpRequest): Exchange | undefined {
      const name = Object.keys(header).find((key) => key.toLowerCase() === MARK);
      return name === undefined ? undefined : open.get(header[name]?.[0] ?? '');
    },
  };
}

export type Exchanges = ReturnType<typeof createExchanges>;

/** Answers for a request of the network, by a program's own fetch. */
export async function answerExchange(
  exchange: Exchange,
  pod: string,
  fetch: (request: Request) => Promise<Response>,
): Promise<HttpResponse> {
  exchange.onPod(pod);
  try {
    const response = await fetch(exchange.request);
    exchange.outcome = { response };
    return { status: response.status, body: '' };
  } catch (error) {
    exchange.outcome = { error };
    return { status: 502, body: '' };
  }
}

/** Answers a probe, or a hook, which has no body worth keeping. */
export async function answerProbe(
  { method, url, header }: HttpRequest,
  fetch: (request: Request) => Promise<Response>,
): Promise<HttpResponse> {
  const headers = new Headers();
  for (const [name, values] of Object.entries(header)) {
    if (!name.toLowerCase().startsWith('x-webernetes-')) headers.set(name, values.join(', '));
  }
  const address = new URL(url.pathname + url.search, `http://${url.host}`);
  const response = await fetch(new Request(address, { method, headers }));
  return { status: response.status, body: await response.text() };
}

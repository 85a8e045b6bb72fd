import { createRequest } from '../../shared/web-messages.ts';
import { HOP_BY_HOP } from './request-channel.ts';
import type { Header, OutgoingCall, ToAnswerer, ToRequester } from './protocol.ts';

/** What the programs of a host reach outside their instances. */
export interface Network {
  /** Origins that have an address: `http://tablestore.lab`. All others are unknown hosts. */
  readonly origins: readonly string[];
  /** Answers a request to one of them; rejects with `nobodyThere` when nothing listens. */
  fetch(request: Request): Promise<Response>;
}

/**
 * What a network says of an address where nothing listens, in Node's words.
 *
 * @example throw nobodyThere('http://tablestore.lab') // connect ECONNREFUSED 127.0.0.1:80
 */
export function nobodyThere(origin: string): Error {
  const message = `connect ECONNREFUSED 127.0.0.1:${new URL(origin).port || '80'}`;
  return Object.assign(new Error(message), { code: 'ECONNREFUSED' });
}

/**
 * Passes a program's request on to the network, and the answer back through the port, streamed.
 *
 * @example await passOn(call, event.ports[0], { network, signal });
 */
export async function passOn(
  { method, url, headers, body }: OutgoingCall,
  port: MessagePort,
  { network, signal }: { network: Network; signal: AbortSignal },
): Promise<void> {
  const reply = (part: ToRequester, transfer: Transferable[] = []): void =>
    port.postMessage(part, transfer);
  const given = new AbortController();
  port.onmessage = ({ data }: MessageEvent<ToAnswerer>) => {
    if (data.type === 'abort') given.abort();
  };
  try {
    const request = createRequest(new URL(url), {
      method,
      headers: headers.map(([name, value]): [string, string] => [name, value]),
      body,
      signal: AbortSignal.any([signal, given.signal]),
    });
    const response = await network.fetch(request);
    const { status, statusText } = response;
    const told = [...response.headers].filter(([name]) => !HOP_BY_HOP.has(name)) satisfies Header[];
    reply({ type: 'head', status, statusText, headers: told });
    const reader = response.body?.getReader();
    for (;;) {
      const { done, value } = (await reader?.read()) ?? { done: true, value: undefined };
      if (done || !value) break;
      // A copy: what is sent away must not be somebody else's buffer.
      const bytes = new Uint8Array(value);
      reply({ type: 'chunk', bytes }, [bytes.buffer]);
    }
    reply({ type: 'end' });
  } catch (error) {
    const { message, code } = error as Error & { code?: unknown };
    reply({ type: 'failed', message, ...(typeof code === 'string' && { code }) });
  } finally {
    port.close();
  }
}

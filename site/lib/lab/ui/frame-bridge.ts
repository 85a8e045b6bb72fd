import { CANCEL, type FrameAnswer, type FrameRequest } from '../frame-protocol.ts';
import { locationInFrame } from '../frame-protocol.ts';
import type { CookieJar } from './cookie-jar.ts';

export interface BridgeOptions {
  /** The lab's name in addresses. */
  readonly lab: string;
  /** Path of the frame, without a slash at its end: `/lab/frame/a1`. */
  readonly frame: string;
  readonly jar: CookieJar;
  /** Where the stage believes that it is: `http://localhost:3001`. */
  origin(): string;
  fetch(path: string, init: RequestInit): Promise<Response>;
}

/** They describe a connection that is not there, or are dropped by browsers. */
const LEFT_OUT = new Set(['connection', 'content-length', 'transfer-encoding', 'set-cookie']);

/**
 * Answers what the service worker asks for a lab's frame; the answer takes that back.
 *
 * @example const stop = answerFrames({ lab, frame, jar, origin, fetch: deployment.fetch });
 */
export function answerFrames(options: BridgeOptions): () => void {
  const hear = ({ data, ports: [port] }: MessageEvent<{ type?: string; lab?: string }>): void => {
    if (!port || !data.type?.startsWith('lab:')) return;
    const own = data.lab === options.lab;
    if (data.type === 'lab:owner?') port.postMessage(own);
    else if (own) void answerRequest(data as FrameRequest, port, options);
  };
  navigator.serviceWorker.addEventListener('message', hear);
  navigator.serviceWorker.startMessages();
  return () => navigator.serviceWorker.removeEventListener('message', hear);
}

/** The part of a port that is needed to answer. */
export interface AnswerPort {
  postMessage(answer: FrameAnswer, transfer: Transferable[]): void;
  addEventListener(type: 'message', listener: (event: { data: unknown }) => void): void;
  start(): void;
  close(): void;
}

/**
 * Sends one request to the stage and its answer through the port, chunk by chunk.
 *
 * @example await answerRequest(message, port, { lab, frame, jar, origin, fetch });
 */
export async function answerRequest(
  { method, path, headers, body }: FrameRequest,
  port: AnswerPort,
  { frame, jar, origin, fetch }: Omit<BridgeOptions, 'lab'>,
): Promise<void> {
  const send = (answer: FrameAnswer, transfer: Transferable[] = []): void =>
    port.postMessage(answer, transfer);
  try {
    const cookie = jar.header(path.split('?')[0] ?? '/');
    const response = await fetch(path, {
      method,
      headers: [
        ...headers.map(([name, value]): [string, string] => [name, value]),
        ...(cookie === undefined ? [] : [['cookie', cookie] as [string, string]]),
      ],
      ...(body && body.byteLength > 0 ? { body } : {}),
    });
    for (const each of response.headers.getSetCookie()) jar.set(each);
    const { status, statusText } = response;
    const told = [...response.headers]
      .filter(([name]) => !LEFT_OUT.has(name))
      .map(([name, value]): [string, string] => [
        name,
        name === 'location' ? locationInFrame(value, frame, origin()) : value,
      ]);
    send({ type: 'head', status, statusText, headers: told });
    await stream(response, port, send);
    send({ type: 'end' });
  } catch (error) {
    send({ type: 'error', message: (error as Error).message });
  } finally {
    port.close();
  }
}

async function stream(
  { body }: Response,
  port: AnswerPort,
  send: (answer: FrameAnswer, transfer: Transferable[]) => void,
): Promise<void> {
  const reader = body?.getReader();
  if (!reader) return;
  port.addEventListener('message', ({ data }) => void (data === CANCEL && reader.cancel()));
  port.start();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    // A copy: what is sent away must not be somebody else's buffer.
    const bytes = new Uint8Array(value);
    send({ type: 'chunk', bytes }, [bytes.buffer]);
  }
}

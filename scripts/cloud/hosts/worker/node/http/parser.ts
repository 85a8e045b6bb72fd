// Takes HTTP/1.1 messages out of a connection's bytes (RFC 9112).

/** Node's own limit for all header lines together, in bytes. */
export const MAX_HEADER_BYTES = 16 * 1024;

const CRLF = '\r\n';
const TOKEN = /^[\^`\-\w!#$%&'*+.|~]+$/;

/** The first line and the headers of a message. */
export interface Head {
  readonly startLine: string;
  /** Names and values in turn, as they were sent. */
  readonly rawHeaders: readonly string[];
}

/** How the end of a message's body is known. */
export type Framing =
  | { readonly kind: 'none' }
  | { readonly kind: 'length'; readonly bytes: number }
  | { readonly kind: 'chunked' }
  | { readonly kind: 'until-close' };

export interface ParserEvents {
  /** Answers how the body is framed. */
  onHead(head: Head): Framing;
  onBody(bytes: Uint8Array): void;
  onEnd(): void;
  onError(error: ParseError): void;
}

export class ParseError extends Error {
  readonly code: string;

  constructor(code: string, reason: string) {
    super(`Parse Error: ${reason}`);
    this.code = code;
  }
}

type State =
  | { readonly kind: 'head' }
  | { readonly kind: 'body'; left: number }
  | { readonly kind: 'chunk-size' }
  | { readonly kind: 'chunk'; left: number }
  | { readonly kind: 'chunk-end' }
  | { readonly kind: 'trailers' }
  | { readonly kind: 'until-close' }
  | { readonly kind: 'failed' };

/** Is fed what arrives, in pieces of any size. */
export interface Parser {
  feed(bytes: Uint8Array): void;
  /** The other side sends no more. */
  finish(): void;
  /** Between two messages nothing more is read until `resume`: answers leave in the order of requests. */
  pause(): void;
  resume(): void;
}

/**
 * Reads one message after the other.
 *
 * @example
 * const parser = createParser({ onHead: ({ rawHeaders }) => framingOf(rawHeaders), onBody, onEnd, onError });
 * parser.feed(bytes);
 */
export function createParser(events: ParserEvents): Parser {
  let state: State = { kind: 'head' };
  let rest = new Uint8Array(0);
  let isPaused = false;

  const fail = (code: string, reason: string): void => {
    state = { kind: 'failed' };
    events.onError(new ParseError(code, reason));
  };

  const end = (): void => {
    state = { kind: 'head' };
    events.onEnd();
  };

  /** As many of the bytes as belong to the body; what is behind them stays. */
  const take = (most: number): number => {
    const part = rest.subarray(0, most);
    rest = rest.subarray(part.length);
    if (part.length > 0) events.onBody(part);
    return part.length;
  };

  /** A line without its end, or undefined until it is whole. */
  const line = (): string | undefined => {
    const at = indexOf(rest, CRLF);
    if (at < 0) return undefined;
    const text = latin1(rest.subarray(0, at));
    rest = rest.subarray(at + CRLF.length);
    return text;
  };

  const head = (): boolean => {
    // A blank line before a request is let pass (RFC 9112, 2.2).
    while (rest[0] === 0x0d && rest[1] === 0x0a) rest = rest.subarray(2);
    const at = indexOf(rest, CRLF + CRLF);
    if ((at < 0 ? rest.length : at) > MAX_HEADER_BYTES) {
      fail('HPE_HEADER_OVERFLOW', 'Header overflow');
      return false;
    }
    if (at < 0) return false;
    const [startLine = '', ...lines] = latin1(rest.subarray(0, at)).split(CRLF);
    rest = rest.subarray(at + 2 * CRLF.length);
    const rawHeaders: string[] = [];
    for (const each of lines) {
      const [, name = '', value = ''] = /^([^:]*):[\t ]*(.*?)[\t ]*$/s.exec(each) ?? [];
      if (!TOKEN.test(name)) {
        fail('HPE_INVALID_HEADER_TOKEN', 'Invalid header token');
        return false;
      }
      rawHeaders.push(name, value);
    }
    begin(events.onHead({ startLine, rawHeaders }));
    return true;
  };

  const begin = (framing: Framing): void => {
    if (state.kind === 'failed') return;
    switch (framing.kind) {
      case 'none':
        return end();
      case 'length':
        if (framing.bytes === 0) return end();
        state = { kind: 'body', left: framing.bytes };
        break;
      case 'chunked':
        state = { kind: 'chunk-size' };
        break;
      case 'until-close':
        state = { kind: 'until-close' };
    }
  };

  /** One step; false when more bytes are needed for the next. */
  const step = (): boolean => {
    switch (state.kind) {
      case 'head':
        return !isPaused && rest.length > 0 && head();
      case 'body':
        state.left -= take(state.left);
        if (state.left === 0) end();
        return true;
      case 'chunk-size': {
        const size = line();
        if (size === undefined) return false;
        const digits = /^([\da-f]+)\s*(;.*)?$/i.exec(size)?.[1];
        if (digits === undefined) {
          fail('HPE_INVALID_CHUNK_SIZE', 'Invalid character in chunk size');
          return false;
        }
        const left = Number.parseInt(digits, 16);
        state = left === 0 ? { kind: 'trailers' } : { kind: 'chunk', left };
        return true;
      }
      case 'chunk':
        state.left -= take(state.left);
        if (state.left === 0) state = { kind: 'chunk-end' };
        return true;
      case 'chunk-end': {
        const empty = line();
        if (empty === undefined) return false;
        if (empty !== '') fail('HPE_STRICT', 'Expected LF after chunk data');
        else state = { kind: 'chunk-size' };
        return true;
      }
      case 'trailers': {
        const trailer = line();
        if (trailer === undefined) return false;
        if (trailer === '') end();
        return true;
      }
      case 'until-close':
        take(rest.length);
        return true;
      case 'failed':
        return false;
    }
  };

  const run = (): void => {
    let before: State | undefined;
    let length = -1;
    // As long as something moves.
    while (state !== before || rest.length !== length) {
      before = state;
      length = rest.length;
      if (!step()) return;
    }
  };

  return {
    feed(bytes) {
      rest = rest.length === 0 ? new Uint8Array(bytes) : joined(rest, bytes);
      run();
    },
    finish() {
      if (state.kind === 'until-close') return end();
      const isBetween = state.kind === 'head' && rest.length === 0;
      if (!isBetween && state.kind !== 'failed' && !isPaused)
        fail('HPE_INVALID_EOF_STATE', 'Invalid EOF state');
    },
    pause: () => void (isPaused = true),
    resume() {
      isPaused = false;
      run();
    },
  };
}

/**
 * How a message's body is framed by its headers; undefined when they contradict each other (RFC 9112, 6.3).
 *
 * @example framingOf(['Content-Length', '3']) // { kind: 'length', bytes: 3 }
 */
export function framingOf(rawHeaders: readonly string[]): Framing | undefined {
  const encodings = valuesOf(rawHeaders, 'transfer-encoding');
  const lengths = new Set(valuesOf(rawHeaders, 'content-length'));
  if (encodings.length > 0) {
    const isChunked = encodings.join(',').toLowerCase().endsWith('chunked');
    return isChunked && lengths.size === 0 ? { kind: 'chunked' } : undefined;
  }
  const [length] = lengths;
  if (length === undefined) return { kind: 'none' };
  return lengths.size === 1 && /^\d{1,15}$/.test(length)
    ? { kind: 'length', bytes: Number(length) }
    : undefined;
}

export function valuesOf(rawHeaders: readonly string[], name: string): string[] {
  return rawHeaders.filter(
    (_, index) => index % 2 === 1 && rawHeaders[index - 1]?.toLowerCase() === name,
  );
}

function indexOf(bytes: Uint8Array, text: string): number {
  const first = text.charCodeAt(0);
  for (let at = bytes.indexOf(first); at >= 0; at = bytes.indexOf(first, at + 1)) {
    let matched = 1;
    while (matched < text.length && bytes[at + matched] === text.charCodeAt(matched)) matched += 1;
    if (matched === text.length) return at;
  }
  return -1;
}

function joined(one: Uint8Array, other: Uint8Array): Uint8Array<ArrayBuffer> {
  const both = new Uint8Array(one.length + other.length);
  both.set(one);
  both.set(other, one.length);
  return both;
}

/** Byte for character, as headers are; `TextDecoder('latin1')` is Windows-1252. */
export function latin1(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += String.fromCharCode(byte);
  return text;
}

/** The opposite of `latin1`. */
export function toLatin1(text: string): Uint8Array {
  return Uint8Array.from(text, (character) => character.charCodeAt(0));
}

import { isUtf8 } from 'node:buffer';
import path from 'node:path';
import { AbstractBootstrapStarter, type Framework } from '@midwayjs/faas';
import { WarningLoggers } from './loggers.ts';

/** A request as Midway's context reads it, whatever it came as. */
export interface HttpEvent {
  readonly httpMethod: string;
  /** As it was sent, still percent-encoded. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  /** A name that comes more than once has its values joined by commas, as Function Compute joins them. */
  readonly queryParameters: Readonly<Record<string, string>>;
  /** Middleware puts what it has parsed in its place. */
  body: Buffer | object;
  readonly clientIP: string;
}

/** What a function answers, before a cloud's own form of it. */
export interface HttpAnswer {
  readonly statusCode: number;
  /** Only Set-Cookie is ever a list. */
  readonly headers: Readonly<Record<string, string | readonly string[]>>;
  readonly body: Buffer;
}

/** Text stays readable in an answer, bytes that are no text travel as base64. */
export interface EncodedBody {
  readonly isBase64Encoded: boolean;
  readonly body: string;
}

/** Which program to start, and where its folder is. */
export interface StartOptions {
  readonly appDir: string;
  /** Classes that are `@Configuration`s. */
  readonly imports: readonly (new () => object)[];
}

/** What there can be a function for; no other method gets as far as Midway. */
const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'];

/** They say how many bytes follow or how a connection ends, which is not the function's to say. */
const NOT_ANSWERED = new Set(['connection', 'content-length', 'transfer-encoding']);

/**
 * Starts Midway and hands it requests. What is left to a cloud's own starter: how an event becomes a request,
 * and an answer a result.
 */
export abstract class HttpStarter<Exports extends object> extends AbstractBootstrapStarter {
  private booting: Promise<void> | undefined;
  declare protected framework: Framework;

  /** How the cloud calls this function: for logs. */
  protected abstract functionName(): string;

  abstract override onStart(): Exports;

  /** What the entry of a package exports. */
  open(options: StartOptions): Exports & { getStarter(): HttpStarter<Exports> } {
    return this.start(options) as Exports & { getStarter(): HttpStarter<Exports> };
  }

  // #region boot
  /** Once in the life of an instance; a start that failed is tried again with the next request. */
  boot(): Promise<void> {
    const applicationAdapter = {
      getFunctionName: () => this.functionName(),
      getFunctionServiceName: () => '',
    };
    this.booting ??= this.initFramework({
      ...this.options,
      loggerFactory: new WarningLoggers(),
      globalConfig: { faas: { applicationAdapter } },
    }).catch((error: unknown) => {
      this.booting = undefined;
      throw error;
    });
    return this.booting;
  }
  // #endregion boot

  override onInit(): Promise<void> {
    return this.boot();
  }

  override async onRequest(): Promise<void> {
    // Requests come through `answer`.
  }

  override async onClose(): Promise<void> {
    // Nothing is open that the process does not close when it ends.
  }

  // #region answer
  /** Runs the function that a request is for. */
  protected async answer(event: HttpEvent, origin: object): Promise<HttpAnswer> {
    if (!METHODS.includes(event.httpMethod)) return unknownMethod(event.httpMethod);
    await this.boot();
    // A HEAD is a GET whose body nobody sends.
    const isHead = event.httpMethod === 'HEAD';
    const asked = isHead ? { ...event, httpMethod: 'GET' } : event;
    const context = await this.framework.wrapHttpRequest(asked, origin);
    const { statusCode, headers, body } = (await this.framework.invokeTriggerFunction(
      context,
      event.path,
      { isHttpFunction: true, supportBufferResponse: true },
    )) as { statusCode: number; headers: HttpAnswer['headers']; body: string | Buffer | undefined };
    const bytes = Buffer.from(body ?? '');
    return { statusCode, headers: answered(headers), body: isHead ? Buffer.alloc(0) : bytes };
  }
  // #endregion answer
}

function unknownMethod(method: string): HttpAnswer {
  const message = `${method} is answered nowhere; ${METHODS.join(', ')} are, each where it has a meaning`;
  return {
    statusCode: 405,
    headers: { 'content-type': 'application/json; charset=utf-8', allow: METHODS.join(', ') },
    body: Buffer.from(JSON.stringify({ success: false, code: 'METHOD_NOT_ALLOWED', message })),
  };
}

/** The stage's folder, or the package's: where public/ lies. */
export function appDirectory(entryDirectory: string): string {
  // A bundle lies beside public/, the compiled program three folders below.
  return path.basename(entryDirectory) === 'src'
    ? path.join(entryDirectory, '..', '..', '..')
    : entryDirectory;
}

/**
 * A body as both clouds want it.
 *
 * @example encodeBody(Buffer.from('hello')) // { isBase64Encoded: false, body: 'hello' }
 */
export function encodeBody(body: Buffer): EncodedBody {
  const isBase64Encoded = !isUtf8(body);
  return { isBase64Encoded, body: body.toString(isBase64Encoded ? 'base64' : 'utf8') };
}

/** The bytes of a body as an event carries it. */
export function decodeBody(body: string | undefined, isBase64Encoded = false): Buffer {
  return Buffer.from(body ?? '', isBase64Encoded ? 'base64' : 'utf8');
}

/** Header names in small letters. */
export function lowerCased(headers: Readonly<Record<string, string>> = {}): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]),
  );
}

function answered(headers: HttpAnswer['headers']): HttpAnswer['headers'] {
  return Object.fromEntries(
    Object.entries(headers).filter(([name]) => !NOT_ANSWERED.has(name.toLowerCase())),
  );
}

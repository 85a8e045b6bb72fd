import {
  decodeBody,
  encodeBody,
  type HttpAnswer,
  HttpStarter,
  lowerCased,
} from './http-starter.ts';

/** What an HTTP trigger of Function Compute 3.0 hands to a function, as far as it is read here. */
export interface FcEvent {
  readonly version: 'v1';
  readonly rawPath: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly queryParameters?: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly isBase64Encoded?: boolean;
  readonly requestContext: {
    readonly http: { readonly method: string; readonly sourceIp: string };
  };
}

export interface FcResult {
  readonly statusCode: number;
  /** A header is one text, so an answer can set one cookie at most. */
  readonly headers: Readonly<Record<string, string>>;
  readonly isBase64Encoded: boolean;
  readonly body: string;
}

export interface FcExports {
  /** Runs once in each new instance, before its first request. */
  initializer(): Promise<void>;
  handler(event: Buffer, context: object): Promise<FcResult>;
}

// #region starter
/**
 * Midway behind the HTTP trigger of Function Compute 3.0: the event is bytes of JSON.
 *
 * @example export const { initializer, handler } = new FcStarter().open(options);
 */
export class FcStarter extends HttpStarter<FcExports> {
  protected override functionName(): string {
    return process.env['FC_FUNCTION_NAME'] ?? '';
  }

  override onStart(): FcExports {
    return {
      initializer: () => this.onInit(),
      handler: async (bytes, context) => {
        const event = JSON.parse(bytes.toString()) as FcEvent;
        const { http } = event.requestContext;
        const answer = await this.answer(
          {
            httpMethod: http.method,
            path: event.rawPath,
            headers: lowerCased(event.headers),
            queryParameters: event.queryParameters ?? {},
            body: decodeBody(event.body, event.isBase64Encoded),
            clientIP: http.sourceIp,
          },
          context,
        );
        return {
          statusCode: answer.statusCode,
          headers: singles(answer.headers),
          ...encodeBody(answer.body),
        };
      },
    };
  }
}
// #endregion starter

/** Cookies cannot be joined: the first one is sent, the loss is said. */
function singles(headers: HttpAnswer['headers']): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => {
      if (typeof value === 'string') return [name, value];
      if (value.length > 1)
        console.warn(
          `fc-starter: ${value.length} ${name} headers, a result can carry 1: kept the first`,
        );
      return [name, value[0] ?? ''];
    }),
  );
}

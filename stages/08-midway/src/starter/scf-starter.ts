import {
  decodeBody,
  encodeBody,
  type HttpAnswer,
  HttpStarter,
  lowerCased,
} from './http-starter.ts';

/** What a function URL of Serverless Cloud Function hands to a function. */
export interface ScfEvent {
  readonly httpMethod: string;
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** A list where a name comes more than once. */
  readonly queryString?: Readonly<Record<string, string | readonly string[]>>;
  readonly body?: string;
  /** A function URL never says so; the API gateways of before did. */
  readonly isBase64Encoded?: boolean;
}

export interface ScfResult {
  readonly statusCode: number;
  /** A list is sent as one header each. */
  readonly headers: HttpAnswer['headers'];
  readonly isBase64Encoded: boolean;
  readonly body: string;
}

export interface ScfExports {
  /** Called by `createFunctionApp` in tests; the cloud itself has no such hook. */
  initializer(): Promise<void>;
  main_handler(event: ScfEvent, context: object): Promise<ScfResult>;
}

// #region starter
/**
 * Midway behind the function URL of Serverless Cloud Function: the event is an object.
 *
 * @example export const { main_handler } = new ScfStarter().open(options);
 */
export class ScfStarter extends HttpStarter<ScfExports> {
  protected override functionName(): string {
    return process.env['SCF_FUNCTIONNAME'] ?? '';
  }

  override onStart(): ScfExports {
    return {
      initializer: () => this.onInit(),
      main_handler: async (event, context) => {
        const headers = lowerCased(event.headers);
        const answer = await this.answer(
          {
            httpMethod: event.httpMethod,
            path: event.path || '/',
            headers,
            queryParameters: joined(event.queryString),
            body: decodeBody(event.body, event.isBase64Encoded),
            clientIP: headers['x-scf-remote-addr'] ?? '',
          },
          // Without this a table's open connection would be waited for.
          Object.assign(context, { callbackWaitsForEmptyEventLoop: false }),
        );
        return {
          statusCode: answer.statusCode,
          headers: answer.headers,
          ...encodeBody(answer.body),
        };
      },
    };
  }
}
// #endregion starter

function joined(query: ScfEvent['queryString'] = {}): Record<string, string> {
  return Object.fromEntries(
    Object.entries(query).map(([name, value]) => [
      name,
      typeof value === 'string' ? value : value.join(','),
    ]),
  );
}

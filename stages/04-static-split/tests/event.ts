/** An HTTP event as Function Compute 3.0 hands it to a function: the bytes of its JSON. */
export function httpEvent(
  method: string,
  rawPath: string,
  more: {
    readonly body?: string;
    readonly isBase64Encoded?: boolean;
    readonly headers?: Record<string, string>;
    readonly queryParameters?: Record<string, string>;
  } = {},
): Buffer {
  return Buffer.from(
    JSON.stringify({
      version: 'v1',
      rawPath,
      body: '',
      isBase64Encoded: false,
      queryParameters: {},
      requestContext: {
        accountId: '123456789',
        domainName: 'web-x.cn-hangzhou.fcapp.run',
        domainPrefix: 'web-x',
        requestId: '1-64f6cd87-abc',
        time: '2026-11-22T00:00:00Z',
        timeEpoch: '1795305600000',
        http: {
          method,
          path: decodeURIComponent(rawPath),
          protocol: 'HTTP/1.1',
          sourceIp: '11.11.11.1',
          userAgent: 'test',
        },
      },
      ...more,
      headers: { Host: 'web-x.cn-hangzhou.fcapp.run', Accept: '*/*', ...more.headers },
    }),
  );
}

import type { FcEvent } from '../src/starter/fc-starter.ts';
import type { ScfEvent } from '../src/starter/scf-starter.ts';

export interface Parts {
  readonly headers?: Readonly<Record<string, string>>;
  readonly query?: readonly (readonly [name: string, value: string])[];
  readonly body?: string;
  readonly isBase64Encoded?: boolean;
}

/** An event as Function Compute 3.0 hands it to a function: the bytes of its JSON. */
export function fcEvent(method: string, rawPath: string, parts: Parts = {}): Buffer {
  const { headers = {}, query = [], body = '', isBase64Encoded = false } = parts;
  const event: FcEvent = {
    version: 'v1',
    rawPath,
    headers: { Host: 'midway-x.cn-hangzhou.fcapp.run', Accept: '*/*', ...headers },
    queryParameters: Object.fromEntries(
      valuesOf(query).map(([name, values]) => [name, values.join(',')]),
    ),
    body,
    isBase64Encoded,
    requestContext: { http: { method, sourceIp: '11.11.11.1' } },
  };
  return Buffer.from(JSON.stringify(event));
}

/** The same as a function URL of Serverless Cloud Function hands it over: an object. */
export function scfEvent(method: string, path: string, parts: Parts = {}): ScfEvent {
  const { headers = {}, query = [], body = '', isBase64Encoded } = parts;
  const named = Object.entries(headers).map(
    ([name, value]) => [name.toLowerCase(), value] as const,
  );
  return {
    httpMethod: method,
    path,
    headers: { accept: '*/*', ...Object.fromEntries(named), 'x-scf-remote-addr': '11.11.11.1' },
    queryString: Object.fromEntries(
      valuesOf(query).map(([name, values]) => [
        name,
        values.length === 1 ? (values[0] ?? '') : values,
      ]),
    ),
    body,
    ...(isBase64Encoded !== undefined && { isBase64Encoded }),
  };
}

function valuesOf(query: NonNullable<Parts['query']>): [name: string, values: string[]][] {
  const names = [...new Set(query.map(([name]) => name))];
  return names.map((name) => [
    name,
    query.filter(([each]) => each === name).map(([, value]) => value),
  ]);
}

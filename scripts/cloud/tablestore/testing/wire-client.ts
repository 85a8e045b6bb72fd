import { createHash, createHmac } from 'node:crypto';
import { type Agent, request } from 'node:http';
import { ErrorMessage } from '../core/messages.ts';
import { decodeMessage } from '../core/protobuf.ts';
import type { Seen } from './failure.ts';

// A client that can send what the SDK cannot. It signs with node:crypto, not with the code under test.

export interface Access {
  readonly endpoint: string;
  readonly instance: string;
  readonly accessKeyId: string;
  readonly accessKeySecret: string;
}

export interface WireAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: Buffer;
}

export interface WireOptions {
  readonly method?: string;
  readonly path?: string;
  /** Put in the place of what is right before it is signed; undefined leaves a header out. */
  readonly headers?: Readonly<Record<string, string | undefined>>;
  /** Put there after signing. */
  readonly unsigned?: Readonly<Record<string, string | undefined>>;
  readonly agent?: Agent;
}

/**
 * Sends a request as it is told to.
 *
 * @example await send(service, 'ListTable', Buffer.alloc(0), { headers: { 'x-ots-date': undefined } })
 */
export async function send(
  access: Access,
  operation: string,
  body: Uint8Array,
  options: WireOptions = {},
): Promise<WireAnswer> {
  const { method = 'POST', path = `/${operation}`, agent } = options;
  return exchange(access.endpoint + path, body, {
    method,
    headers: signedHeaders(access, { ...options, method, path }, body),
    ...(agent && { agent }),
  });
}

/**
 * The headers of a request, as `options` spoil them.
 *
 * @example signedHeaders(service, { method: 'POST', path: '/ListTable' }, Buffer.alloc(0))
 */
export function signedHeaders(
  access: Omit<Access, 'endpoint'>,
  { method, path, ...options }: WireOptions & { readonly method: string; readonly path: string },
  body: Uint8Array,
): Record<string, string> {
  const headers = present({
    'x-ots-apiversion': '2015-12-31',
    'x-ots-instancename': access.instance,
    'x-ots-accesskeyid': access.accessKeyId,
    'x-ots-date': new Date().toISOString(),
    'x-ots-contentmd5': createHash('md5').update(body).digest('base64'),
    ...options.headers,
  });
  const content = `${path}\n${method}\n\n${canonical(headers)}\n`;
  return present({
    ...headers,
    'x-ots-signature': sign(access.accessKeySecret, content),
    ...options.unsigned,
  });
}

/** Checks an answer's headers as the Python SDK does; gives what is wrong with them. */
export function verifyAnswer(access: Access, path: string, answer: WireAnswer): string[] {
  const { headers, body } = answer;
  const faults: string[] = [];
  for (const name of ['x-ots-contentmd5', 'x-ots-requestid', 'x-ots-date', 'x-ots-contenttype'])
    if (!headers[name]) faults.push(`no ${name}`);
  if (headers['x-ots-contentmd5'] !== createHash('md5').update(body).digest('base64'))
    faults.push('MD5 mismatch');
  const age = Math.abs(Date.now() - Date.parse(headers['x-ots-date'] ?? ''));
  if (!(age < 15 * 60_000)) faults.push('date out of range');
  const signature = sign(access.accessKeySecret, `${canonical(headers)}\n${path}`);
  if (headers['authorization'] !== `OTS ${access.accessKeyId}:${signature}`)
    faults.push('signature mismatch');
  return faults;
}

/** What an answer says went wrong. */
export function errorOf({ status, body }: Pick<WireAnswer, 'status' | 'body'>): Seen {
  const { code, message } = decodeMessage(ErrorMessage, body);
  return { status, code, message };
}

function exchange(
  url: string,
  body: Uint8Array,
  options: { method: string; headers: Record<string, string>; agent?: Agent },
): Promise<WireAnswer> {
  return new Promise((resolve, reject) => {
    const outgoing = request(url, options, (incoming) => {
      const parts: Buffer[] = [];
      incoming.on('data', (part: Buffer) => parts.push(part));
      incoming.on('error', reject);
      incoming.on('end', () =>
        resolve({
          status: incoming.statusCode ?? 0,
          headers: incoming.headers as WireAnswer['headers'],
          body: Buffer.concat(parts),
        }),
      );
    });
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}

function canonical(headers: WireAnswer['headers']): string {
  return Object.keys(headers)
    .filter((name) => name.startsWith('x-ots-') && name !== 'x-ots-signature')
    .toSorted()
    .map((name) => `${name}:${headers[name]}`)
    .join('\n');
}

function sign(secret: string, content: string): string {
  return createHmac('sha1', secret).update(content).digest('base64');
}

function present(headers: Readonly<Record<string, string | undefined>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}

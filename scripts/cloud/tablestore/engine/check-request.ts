import { invalid, TablestoreError } from '../core/errors.ts';
import { MAX_CLOCK_SKEW_MILLISECONDS, MAX_REQUEST_BYTES } from '../core/limits.ts';
import { contentMd5, sameSignature, signRequest } from '../core/signature.ts';
import { OPERATIONS } from '../operations/index.ts';
import type { Operation } from '../operations/operation.ts';
import type { WireRequest } from './wire.ts';

export interface Access {
  /** Secrets by access key id. */
  readonly accessKeys: Readonly<Record<string, string>>;
  readonly instance: string;
}

/** What a request turned out to be. */
export interface CheckedRequest {
  readonly operation: Operation;
  readonly accessKeyId: string;
  readonly secret: string;
}

const API_VERSION = '2015-12-31';
const REQUIRED_HEADERS = [
  'x-ots-date',
  'x-ots-apiversion',
  'x-ots-accesskeyid',
  'x-ots-instancename',
  'x-ots-contentmd5',
  'x-ots-signature',
];
const ISO_DATE = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?Z$/;

/**
 * Checks a request before its body is understood. The order decides which error a request with several
 * faults gets, and is the service's: method, size, operation, headers, date, access key, MD5, signature,
 * instance; the operation then checks table, primary key and condition (operations/write-row.ts).
 *
 * @example const { operation } = checkRequest(request, access, clock.now());
 */
export function checkRequest(
  { method, path, headers, body }: WireRequest,
  { accessKeys, instance }: Access,
  now: number,
): CheckedRequest {
  if (method !== 'POST')
    throw new TablestoreError('OTSMethodNotAllowed', 'Only POST method for requests is supported.');
  if (body.length > MAX_REQUEST_BYTES)
    throw new TablestoreError('OTSRequestBodyTooLarge', 'The size of POST data is too large.');
  const operation = OPERATIONS.get(path);
  if (!operation) throw invalid(`Unsupported operation: ${path.slice(1)}.`);

  for (const name of REQUIRED_HEADERS)
    if (!headers[name]) throw invalid(`Missing header: ${name}.`);
  const header = (name: string): string => headers[name] ?? '';
  const version = header('x-ots-apiversion');
  if (version !== API_VERSION) throw invalid(`Unsupported API version: ${version}.`);

  const date = header('x-ots-date');
  const sent = ISO_DATE.test(date) ? Date.parse(date) : Number.NaN;
  if (Number.isNaN(sent)) throw invalid(`Invalid date format: ${date}.`);
  if (Math.abs(now - sent) > MAX_CLOCK_SKEW_MILLISECONDS)
    throw denied(`Mismatch between system time and x-ots-date: ${date}.`);

  const accessKeyId = header('x-ots-accesskeyid');
  const secret = Object.hasOwn(accessKeys, accessKeyId) ? accessKeys[accessKeyId] : undefined;
  if (secret === undefined) throw denied('The AccessKeyID does not exist.');
  if (header('x-ots-contentmd5') !== contentMd5(body))
    throw denied('Mismatch between MD5 value of request body and x-ots-contentmd5 in header.');
  if (!sameSignature(header('x-ots-signature'), signRequest(secret, { path, method, headers })))
    throw denied('Signature mismatch.');
  if (header('x-ots-instancename') !== instance) throw denied('The instance is not found.');
  return { operation, accessKeyId, secret };
}

function denied(message: string): TablestoreError {
  return new TablestoreError('OTSAuthFailed', message);
}

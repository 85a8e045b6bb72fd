import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { STATUS } from '../core/errors.ts';
import { MAX_REQUEST_BYTES } from '../core/limits.ts';
import { connect, openService, REMOTE, type Service } from '../testing/service.ts';
import { failure } from '../testing/failure.ts';
import { errorOf, send, verifyAnswer, type WireOptions } from '../testing/wire-client.ts';

// What a request must have before its body is looked at: the SDK sends nothing of this wrong.

let service: Service;
beforeAll(async () => {
  service = await openService();
});
afterAll(() => service.close());

const NOTHING = Buffer.alloc(0);
const list = (options: WireOptions = {}, body: Uint8Array = NOTHING) =>
  send(service, 'ListTable', body, options);
const refusal = async (options: WireOptions, body?: Uint8Array) =>
  errorOf(await list(options, body));
const at = (milliseconds: number) => ({
  headers: { 'x-ots-date': new Date(Date.now() + milliseconds).toISOString() },
});

describe('a request', () => {
  it('is answered with headers that the Python SDK accepts', async () => {
    const answer = await list();
    expect(answer.status).toBe(200);
    expect(verifyAnswer(service, '/ListTable', answer)).toEqual([]);
  });

  it('is refused by any method but POST', async () => {
    const answer = await list({ method: 'PUT' });
    expect(errorOf(answer)).toEqual({
      status: 405,
      code: 'OTSMethodNotAllowed',
      message: 'Only POST method for requests is supported.',
    });
  });

  it('is refused for an operation that does not exist', async () => {
    for (const name of ['Nonsense', 'listTable', 'ListTable/', '', 'constructor', 'ListTable?a=1'])
      expect(errorOf(await send(service, name, NOTHING))).toEqual({
        status: 400,
        code: 'OTSParameterInvalid',
        message: `Unsupported operation: ${name}.`,
      });
  });

  it.each([
    'x-ots-date',
    'x-ots-apiversion',
    'x-ots-accesskeyid',
    'x-ots-instancename',
    'x-ots-contentmd5',
    'x-ots-signature',
  ])('is refused without %s', async (name) => {
    expect(
      await refusal({ headers: { [name]: undefined }, unsigned: { [name]: undefined } }),
    ).toEqual({ status: 400, code: 'OTSParameterInvalid', message: `Missing header: ${name}.` });
  });

  it.each(['yesterday', '2026-13-40T00:00:00.000Z', '1700000000000', '2026-01-01'])(
    'is refused with the date %s',
    async (date) => {
      expect(await refusal({ headers: { 'x-ots-date': date } })).toEqual({
        status: 400,
        code: 'OTSParameterInvalid',
        message: `Invalid date format: ${date}.`,
      });
    },
  );

  it('is refused more than 15 minutes from now, and not before', async () => {
    for (const minutes of [-14.9, 14.9])
      expect((await list(at(minutes * 60_000))).status).toBe(200);
    for (const minutes of [-15.1, 15.1]) {
      const options = at(minutes * 60_000);
      expect(await refusal(options)).toEqual({
        status: 403,
        code: 'OTSAuthFailed',
        message: `Mismatch between system time and x-ots-date: ${options.headers['x-ots-date']}.`,
      });
    }
  });

  it.each([
    ['an unknown access key', { 'x-ots-accesskeyid': 'nobody' }, 'The AccessKeyID does not exist.'],
    [
      'an access key called as a property is',
      { 'x-ots-accesskeyid': 'constructor' },
      'The AccessKeyID does not exist.',
    ],
    [
      'the MD5 of another body',
      { 'x-ots-contentmd5': 'AAAAAAAAAAAAAAAAAAAAAA==' },
      'Mismatch between MD5 value of request body and x-ots-contentmd5 in header.',
    ],
    ['another instance', { 'x-ots-instancename': 'other' }, 'The instance is not found.'],
  ])('is refused with %s', async (_what, headers, message) => {
    const answer = await list({ headers });
    expect(errorOf(answer)).toEqual({ status: 403, code: 'OTSAuthFailed', message });
  });

  it('is refused when a signed header was changed, added or taken away', async () => {
    const changed = [
      { 'x-ots-date': new Date(Date.now() + 1_000).toISOString() },
      { 'x-ots-ststoken': 'token' },
      { 'x-ots-signature': 'AAAAAAAAAAAAAAAAAAAAAAAAAAA=' },
      { 'x-ots-signature': 'short' },
    ];
    for (const unsigned of changed)
      expect(await refusal({ unsigned }), JSON.stringify(unsigned)).toEqual({
        status: 403,
        code: 'OTSAuthFailed',
        message: 'Signature mismatch.',
      });
  });

  it('may bring a security token, which is signed too', async () => {
    expect((await list({ headers: { 'x-ots-ststoken': 'token' } })).status).toBe(200);
  });

  it('is refused by the secret that signed it, as the SDK sees it', async () => {
    const client = connect({ ...service, accessKeySecret: 'wrong' });
    expect(await failure(client.listTable({}))).toEqual({
      status: 403,
      code: 'OTSAuthFailed',
      message: 'Signature mismatch.',
    });
  });

  it('is refused with a body that is no message', async () => {
    const answer = await send(service, 'GetRow', Buffer.from([0xff, 0xff]));
    expect(errorOf(answer)).toEqual({
      status: 400,
      code: 'OTSParameterInvalid',
      message: 'Cannot deserialize the request data.',
    });
  });

  it.skipIf(REMOTE)(
    'is refused above the largest size, before anything else of it is read',
    async () => {
      const fits = Buffer.alloc(MAX_REQUEST_BYTES);
      expect(errorOf(await send(service, 'GetRow', fits)).code).toBe('OTSParameterInvalid');
      const tooLarge = Buffer.alloc(MAX_REQUEST_BYTES + 1);
      expect(errorOf(await send(service, 'GetRow', tooLarge))).toEqual({
        status: 413,
        code: 'OTSRequestBodyTooLarge',
        message: 'The size of POST data is too large.',
      });
      const spoilt = { headers: { 'x-ots-signature': undefined } };
      expect(errorOf(await send(service, 'GetRow', tooLarge, spoilt)).status).toBe(413);
    },
  );
});

describe('the order of checks', () => {
  it('is method, operation, headers, date, key, MD5, signature, instance', async () => {
    const faults: readonly [string, Partial<WireOptions>][] = [
      ['Only POST method', { method: 'PUT' }],
      ['Unsupported operation', { path: '/Nonsense' }],
      ['Missing header', { headers: { 'x-ots-apiversion': undefined } }],
      ['Invalid date format', { headers: { 'x-ots-date': 'never' } }],
      ['The AccessKeyID', { headers: { 'x-ots-accesskeyid': 'nobody' } }],
      ['Mismatch between MD5', { headers: { 'x-ots-contentmd5': 'x' } }],
      ['Signature mismatch', { unsigned: { 'x-ots-signature': 'x' } }],
      ['The instance', { headers: { 'x-ots-instancename': 'other' } }],
    ];
    for (let first = 0; first < faults.length; first += 1) {
      const all = faults.slice(first).map(([, options]) => options);
      const options: WireOptions = {
        ...Object.assign({}, ...all),
        headers: Object.assign({}, ...all.map(({ headers }) => headers)) as Record<string, string>,
        unsigned: Object.assign({}, ...all.map(({ unsigned }) => unsigned)) as Record<
          string,
          string
        >,
      };
      expect((await refusal(options)).message).toContain(faults[first]?.[0]);
    }
  });
});

describe('the signature of an answer', () => {
  it('is given to who proved to know the secret, of an error too, and to nobody else', async () => {
    const error = await send(service, 'DeleteTable', Buffer.from('\n\u0003abc'));
    expect(error.status).toBe(404);
    expect(verifyAnswer(service, '/DeleteTable', error)).toEqual([]);
    const denied = await list({ unsigned: { 'x-ots-signature': 'x' } });
    expect(denied.headers['authorization']).toBeUndefined();
    expect(denied.headers['x-ots-requestid']).toMatch(/^[0-9a-f-]{36}$/);
  });
});

describe.skipIf(REMOTE)('a fault that the emulator is told to have', () => {
  it.each([
    ['OTSTableNotReady', 'The table is not ready.'],
    ['OTSRowOperationConflict', 'Data is being modified by the other request.'],
    ['OTSInternalServerError', 'Internal server error.'],
    ['OTSServerBusy', 'Server is busy.'],
    ['OTSPartitionUnavailable', 'The partition is not available.'],
    ['OTSTimeout', 'Operation timeout.'],
    ['OTSServerUnavailable', 'Server is not available.'],
  ] as const)('answers %s until it is over', async (code, message) => {
    service.emulator?.fail(code);
    const status = STATUS[code];
    expect(await failure(service.client.deleteTable({ tableName: 'any' }))).toEqual({
      status,
      code,
      message,
    });
    service.emulator?.fail();
    expect((await list()).status).toBe(200);
  });
});

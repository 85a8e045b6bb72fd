import { describe, expect, it } from 'vitest';
import { createTestClock } from '../../shared/test-clock.ts';
import {
  CreateTableRequest,
  GetRowRequest,
  ListTableResponse,
  RowResponse,
  WriteRowRequest,
} from '../core/messages.ts';
import { decodeMessage, encodeMessage, type Message, type Schema } from '../core/protobuf.ts';
import { readRow } from '../core/read-plain-buffer.ts';
import { Tables } from '../core/tables.ts';
import { writeRows } from '../core/write-plain-buffer.ts';
import { errorOf, signedHeaders } from '../testing/wire-client.ts';
import { createEngine, type Engine } from './engine.ts';
import { type Log, memoryLog } from './log.ts';

const ACCESS = { instance: 'todo', accessKeyId: 'key', accessKeySecret: 'secret' };
const NOW = Date.parse('2026-01-01T00:00:00Z');
const KEY = writeRows([{ key: [{ name: 'id', value: 'a' }], cells: [], deleteMarker: false }]);

function make(log: Log = memoryLog) {
  const clock = createTestClock(NOW);
  const reported: unknown[] = [];
  const tables = new Tables();
  const engine = createEngine({
    tables,
    log,
    clock,
    instance: ACCESS.instance,
    accessKeys: { [ACCESS.accessKeyId]: ACCESS.accessKeySecret },
    report: (error) => reported.push(error),
  });
  const call = <S extends Schema>(operation: string, schema: S, message: Message<S>) =>
    answer(engine, operation, encodeMessage(schema, message), clock.now());
  return { engine, tables, clock, reported, call };
}

function answer(engine: Engine, operation: string, body: Uint8Array, now: number) {
  const path = `/${operation}`;
  const date = { 'x-ots-date': new Date(now).toISOString() };
  const headers = signedHeaders(ACCESS, { method: 'POST', path, headers: date }, body);
  return engine.answer({ method: 'POST', path, headers, body });
}

const table = (timeToLive: number): Message<typeof CreateTableRequest> => ({
  tableMeta: { tableName: 't', primaryKey: [{ name: 'id', type: 2 }], definedColumns: [] },
  reservedThroughput: { capacityUnit: {} },
  tableOptions: { timeToLive, maxVersions: 2 },
});
const put = (value: string): Message<typeof WriteRowRequest> => ({
  tableName: 't',
  row: writeRows([
    { key: [{ name: 'id', value: 'a' }], cells: [{ name: 'c', value }], deleteMarker: false },
  ]),
  condition: { rowExistence: 0 },
});
const get: Message<typeof GetRowRequest> = {
  tableName: 't',
  primaryKey: KEY,
  columnsToGet: [],
  maxVersions: 1,
};

describe('an engine', () => {
  it('needs no server: it answers web requests', async () => {
    const { engine } = make();
    const body = new Uint8Array();
    const date = { 'x-ots-date': new Date(NOW).toISOString() };
    const options = { method: 'POST', path: '/ListTable', headers: date };
    const response = await engine.handle(
      new Request('http://tablestore/ListTable', {
        method: 'POST',
        headers: signedHeaders(ACCESS, options, body),
        body,
      }),
    );
    expect(response.status).toBe(200);
    const answered = new Uint8Array(await response.arrayBuffer());
    expect(decodeMessage(ListTableResponse, answered)).toEqual({ tableNames: [] });
    const refused = await engine.handle(new Request('http://tablestore/ListTable'));
    expect(refused.status).toBe(405);
  });

  it('stamps what it writes by its clock', async () => {
    const { call, clock } = make();
    await call('CreateTable', CreateTableRequest, table(-1));
    await clock.skip(5_000);
    await call('PutRow', WriteRowRequest, put('x'));
    const { row } = decodeMessage(RowResponse, (await call('GetRow', GetRowRequest, get)).body);
    expect(readRow(row ?? KEY).cells[0]?.timestamp).toBe(NOW + 5_000);
  });

  it('no longer reads what is older than its table lets it live', async () => {
    const { call, clock } = make();
    await call('CreateTable', CreateTableRequest, table(86_400));
    await call('PutRow', WriteRowRequest, put('x'));
    const cells = async () => {
      const { row } = decodeMessage(RowResponse, (await call('GetRow', GetRowRequest, get)).body);
      return readRow(row ?? KEY).cells.length;
    };
    await clock.skip(86_400_000);
    expect(await cells()).toBe(1);
    await clock.skip(1);
    expect(await cells()).toBe(0);
  });

  it('answers nothing before it is flushed, a read of it neither', async () => {
    const flush = Promise.withResolvers<void>();
    const records: Uint8Array[] = [];
    const log: Log = {
      append: (record) => void records.push(record),
      flushed: () => (records.length < 2 ? Promise.resolve() : flush.promise),
    };
    const { call } = make(log);
    await call('CreateTable', CreateTableRequest, table(-1));
    const answered: string[] = [];
    const write = call('PutRow', WriteRowRequest, put('x')).then(() => answered.push('write'));
    const read = call('GetRow', GetRowRequest, get).then(() => answered.push('read'));
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(records).toHaveLength(2);
    expect(answered).toEqual([]);
    flush.resolve();
    await Promise.all([write, read]);
    expect(answered).toEqual(['write', 'read']);
  });

  it('is unavailable once its log cannot be written, and says why to who runs it', async () => {
    const full = new Error('no space left on device');
    let broken = false;
    const { call, reported } = make({
      append: () => undefined,
      flushed: () => (broken ? Promise.reject(full) : Promise.resolve()),
    });
    await call('CreateTable', CreateTableRequest, table(-1));
    broken = true;
    for (const request of [
      call('PutRow', WriteRowRequest, put('x')),
      call('GetRow', GetRowRequest, get),
    ])
      expect(errorOf(toAnswer(await request))).toMatchObject({
        status: 503,
        code: 'OTSServerUnavailable',
      });
    expect(reported).toEqual([full, full]);
  });

  it('keeps a fault of its own from the client, and reports it', async () => {
    const { call, reported, tables } = make();
    const fault = new Error('a fault of ours');
    tables.names = () => {
      throw fault;
    };
    expect(errorOf(toAnswer(await call('ListTable', {}, {})))).toEqual({
      status: 500,
      code: 'OTSInternalServerError',
      message: 'Internal server error.',
    });
    expect(reported).toEqual([fault]);
  });
});

function toAnswer({ status, body }: { status: number; body: Uint8Array }) {
  return { status, body: Buffer.from(body) };
}

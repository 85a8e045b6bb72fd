import { Tables } from '../core/tables.ts';
import { createEngine, type Engine } from '../engine/engine.ts';
import { memoryLog } from '../engine/log.ts';
import { serve } from '../server/serve.ts';
import { systemClock } from '../../shared/system-clock.ts';
import { combine, expectExist, ignore, long, TableStore } from './sdk.ts';
import { connect } from './service.ts';
import { signedHeaders } from './wire-client.ts';

export const SAMPLE_ACCESS = { instance: 'todo', accessKeyId: 'key', accessKeySecret: 'secret' };

export interface Sample {
  readonly path: string;
  readonly body: Uint8Array;
}

/** An engine by itself, with its tables and the faults of its own that it reported. */
export function sampleEngine(): { engine: Engine; tables: Tables; reported: unknown[] } {
  const tables = new Tables();
  const reported: unknown[] = [];
  const engine = createEngine({
    tables,
    log: memoryLog,
    clock: systemClock,
    instance: SAMPLE_ACCESS.instance,
    accessKeys: { [SAMPLE_ACCESS.accessKeyId]: SAMPLE_ACCESS.accessKeySecret },
    report: (error) => reported.push(error),
  });
  return { engine, tables, reported };
}

/** Answers a body that is signed as it should be, whatever is in it. */
export function answerSigned(engine: Engine, { path, body }: Sample): ReturnType<Engine['answer']> {
  const headers = signedHeaders(SAMPLE_ACCESS, { method: 'POST', path }, body);
  return engine.answer({ method: 'POST', path, headers, body });
}

/** A request of every operation, as the SDK sends it. */
export async function recordSamples(): Promise<Sample[]> {
  const { engine } = sampleEngine();
  const samples: Sample[] = [];
  const server = await serve(
    {
      answer(request) {
        samples.push({ path: request.path, body: Uint8Array.from(request.body) });
        return engine.answer(request);
      },
    },
    { port: 0, host: '127.0.0.1' },
  );
  try {
    await exercise(`http://127.0.0.1:${server.port}`);
  } finally {
    await server.close();
  }
  return samples;
}

async function exercise(endpoint: string): Promise<void> {
  const client = connect({ ...SAMPLE_ACCESS, endpoint });
  const tableName = 't';
  const key = (n: number) => [{ id: 'a' }, { n: long(n) }];
  const title = new TableStore.SingleColumnCondition(
    'title',
    'milk',
    TableStore.ComparatorType.EQUAL,
    true,
  );
  const columnFilter = combine('AND', title, combine('NOT', combine('OR', title, title)));
  await client.createTable({
    tableMeta: {
      tableName,
      primaryKey: [
        { name: 'id', type: 'STRING' },
        { name: 'n', type: 'INTEGER', option: 'AUTO_INCREMENT' },
      ],
      definedColumn: [{ name: 'title', type: 4 }],
    },
    reservedThroughput: { capacityUnit: { read: 0, write: 0 } },
    tableOptions: { timeToLive: -1, maxVersions: 3 },
  });
  await client.putRow({
    tableName,
    condition: ignore(),
    primaryKey: [{ id: 'a' }, { n: TableStore.PK_AUTO_INCR }],
    attributeColumns: [
      { title: 'milk', timestamp: Date.now() },
      { raw: Buffer.from('x') },
      { f: 1.5 },
    ],
    returnContent: { returnType: TableStore.ReturnType.Primarykey },
  });
  await client.updateRow({
    tableName,
    condition: expectExist(title),
    primaryKey: key(1),
    updateOfAttributeColumns: [
      { PUT: [{ done: true }] },
      { INCREMENT: [{ count: long(1) }] },
      { DELETE: [{ f: Date.now() }] },
      { DELETE_ALL: ['raw'] },
    ],
    returnContent: { returnType: TableStore.ReturnType.AfterModify, returnColumns: ['count'] },
  });
  const asked = { columnsToGet: ['title', 'count'], maxVersions: 2, columnFilter };
  await client.getRow({
    tableName,
    primaryKey: key(1),
    ...asked,
    timeRange: { startTime: 0, endTime: Date.now() + 1_000 },
  });
  await client.getRange({
    tableName,
    direction: TableStore.Direction.BACKWARD,
    inclusiveStartPrimaryKey: [{ id: TableStore.INF_MAX }, { n: TableStore.INF_MAX }],
    exclusiveEndPrimaryKey: [{ id: TableStore.INF_MIN }, { n: TableStore.INF_MIN }],
    ...asked,
    limit: 3,
  });
  await client.getRow({
    tableName,
    primaryKey: key(1),
    columnFilter: new TableStore.ColumnPaginationFilter(2, 1),
  });
  await client.batchWriteRow({
    tables: [
      {
        tableName,
        rows: [
          { type: 'PUT', condition: ignore(), primaryKey: key(7), attributeColumns: [{ c: 'x' }] },
          {
            type: 'UPDATE',
            condition: ignore(),
            primaryKey: key(8),
            attributeColumns: [{ PUT: [{ c: 'x' }] }],
          },
          { type: 'DELETE', condition: ignore(title), primaryKey: key(9) },
        ],
      },
    ],
  });
  await client.batchGetRow({ tables: [{ tableName, primaryKey: [key(1), key(7)], ...asked }] });
  await client.deleteRow({ tableName, condition: ignore(), primaryKey: key(7) });
  await client.listTable({});
  await client.describeTable({ tableName });
  await client.updateTable({ tableName, tableOptions: { maxVersions: 2 } });
  await client.deleteTable({ tableName });
}

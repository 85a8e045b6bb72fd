// The local Tablestore beside dynalite, each through its official SDK: the same work in the same run.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ignore, long, TableStore } from '../cloud/tablestore/testing/sdk.ts';
import { connect } from '../cloud/tablestore/testing/service.ts';
import { Failure } from '../shared/failure.ts';
import { runTool } from '../testing/run-tool.ts';
import { withTemporaryFolder } from '../testing/temporary.ts';
import { median } from './median.ts';

const ROWS = [100, 1_000, 10_000, 100_000];
const OPERATIONS = ['put', 'get', 'update', 'page'] as const;
/** Calls of each operation in each round, after as many again to warm up in the first. */
const CALLS = 400;
const ROUNDS = 3;
/** Calls that are under way at the same time. */
const CONCURRENCY = 8;
const PAGE_ROWS = 20;
const PACKAGES = ['dynalite@4.0.0', '@aws-sdk/client-dynamodb@3.1164.0'];
const ACCESS = { instance: 'bench', accessKeyId: 'key', accessKeySecret: 'secret' };
const TABLE = 'todos';

type Operation = (typeof OPERATIONS)[number];

/** A table of todos in one list, numbered from 0, as both SDKs can have it. */
interface Store {
  /** Adds rows, so many at once as the SDK may send. */
  fill(from: number, to: number): Promise<void>;
  readonly call: Readonly<Record<Operation, (number: number) => Promise<void>>>;
}

/**
 * Operations a second of both, for tables of growing size, as a Markdown table.
 *
 * @example console.log(await benchTablestore());
 */
export async function benchTablestore(): Promise<string> {
  return withTemporaryFolder('bench-tablestore', async (folder) => {
    const { code, all } = await runTool(
      'npm',
      ['install', '--ignore-scripts', '--no-audit', '--no-fund', ...PACKAGES],
      { cwd: prepare(folder) },
    );
    if (code !== 0)
      throw new Failure(
        'E_BENCH_INSTALL',
        `npm must install ${PACKAGES.join(', ')}, and said:\n${all}`,
      );
    return withServer(tablestoreProgram(), folder, (ours) =>
      withServer(dynaliteProgram(), folder, async (theirs) =>
        compare(await openTablestore(ours), await openDynalite(theirs, folder)),
      ),
    );
  });
}

async function compare(ours: Store, theirs: Store): Promise<string> {
  const lines = [
    `| rows | ${OPERATIONS.map((name) => `${name} | dynalite | ratio`).join(' | ')} |`,
    `|---:|${'---:|---:|---:|'.repeat(OPERATIONS.length)}`,
  ];
  let filled = 0;
  for (const rows of ROWS) {
    for (const store of [ours, theirs]) await store.fill(filled, rows);
    filled = rows;
    const cells: string[] = [];
    for (const operation of OPERATIONS) {
      const speeds: [number[], number[]] = [[], []];
      for (let round = 0; round < ROUNDS; round += 1)
        // One after the other, so that what else the machine does slows both.
        for (const [index, store] of [ours, theirs].entries()) {
          if (round === 0) await measure(store, operation, rows);
          speeds[index]?.push(await measure(store, operation, rows));
        }
      const [mine, other] = speeds.map(median) as [number, number];
      cells.push(mine.toFixed(0), other.toFixed(0), (mine / other).toFixed(1));
    }
    lines.push(`| ${rows.toLocaleString('en')} | ${cells.join(' | ')} |`);
  }
  return [
    ...lines,
    '',
    `Calls a second, ${CONCURRENCY} at a time, through each SDK, both servers in processes of their own that keep rows in memory; median of ${ROUNDS} rounds of ${CALLS} calls. A page is ${PAGE_ROWS} rows from a random place; an update has a condition. Beside ${PACKAGES.join(' and ')}.`,
  ].join('\n');
}

/** Calls a second. */
async function measure(store: Store, operation: Operation, rows: number): Promise<number> {
  let next = 0;
  const work = async (): Promise<void> => {
    while (next < CALLS) {
      next += 1;
      // Spread over the table, the same in every run.
      await store.call[operation]((next * 7_919) % (rows - PAGE_ROWS));
    }
  };
  const started = performance.now();
  await Promise.all(Array.from({ length: CONCURRENCY }, work));
  return (CALLS / (performance.now() - started)) * 1000;
}

async function openTablestore(endpoint: string): Promise<Store> {
  const client = connect({ ...ACCESS, endpoint });
  const key = (number: number) => [{ list: 'a' }, { number: long(number) }];
  const columns = (number: number) => [
    { title: `todo ${number}` },
    { done: false },
    { version: long(1) },
  ];
  await client.createTable({
    tableMeta: {
      tableName: TABLE,
      primaryKey: [
        { name: 'list', type: 'STRING' },
        { name: 'number', type: 'INTEGER' },
      ],
    },
    reservedThroughput: { capacityUnit: { read: 0, write: 0 } },
    tableOptions: { timeToLive: -1, maxVersions: 1 },
  });
  const versionIs1 = new TableStore.SingleColumnCondition(
    'version',
    long(1),
    TableStore.ComparatorType.EQUAL,
    false,
  );
  return {
    async fill(from, to) {
      for (let start = from; start < to; start += 200) {
        const rows = numbers(start, Math.min(start + 200, to)).map((number) => ({
          type: 'PUT',
          condition: ignore(),
          primaryKey: key(number),
          attributeColumns: columns(number),
        }));
        await client.batchWriteRow({ tables: [{ tableName: TABLE, rows }] });
      }
    },
    call: {
      async put(number) {
        await client.putRow({
          tableName: TABLE,
          condition: ignore(),
          primaryKey: key(number),
          attributeColumns: columns(number),
        });
      },
      async get(number) {
        const { row } = await client.getRow({ tableName: TABLE, primaryKey: key(number) });
        expectRows(row.attributes ? 1 : 0, 1);
      },
      async update(number) {
        await client.updateRow({
          tableName: TABLE,
          condition: ignore(versionIs1),
          primaryKey: key(number),
          updateOfAttributeColumns: [{ PUT: [{ done: true }] }],
        });
      },
      async page(number) {
        const { rows } = await client.getRange({
          tableName: TABLE,
          direction: TableStore.Direction.FORWARD,
          inclusiveStartPrimaryKey: key(number),
          exclusiveEndPrimaryKey: [{ list: 'a' }, { number: TableStore.INF_MAX }],
          limit: PAGE_ROWS,
        });
        expectRows(rows.length, PAGE_ROWS);
      },
    },
  };
}

/** What is used of @aws-sdk/client-dynamodb. */
interface Dynamo {
  readonly DynamoDB: new (
    options: object,
  ) => Record<
    'createTable' | 'putItem' | 'getItem' | 'updateItem' | 'query' | 'batchWriteItem',
    (input: object) => Promise<{ Item?: object; Items?: readonly object[] }>
  >;
}

async function openDynalite(endpoint: string, folder: string): Promise<Store> {
  const { DynamoDB } = createRequire(join(folder, 'package.json'))(
    '@aws-sdk/client-dynamodb',
  ) as Dynamo;
  const credentials = { accessKeyId: 'key', secretAccessKey: 'secret' };
  const client = new DynamoDB({ endpoint, region: 'local', credentials });
  const key = (number: number) => ({ list: { S: 'a' }, number: { N: String(number) } });
  const item = (number: number) => ({
    ...key(number),
    title: { S: `todo ${number}` },
    done: { BOOL: false },
    version: { N: '1' },
  });
  await client.createTable({
    TableName: TABLE,
    KeySchema: [
      { AttributeName: 'list', KeyType: 'HASH' },
      { AttributeName: 'number', KeyType: 'RANGE' },
    ],
    AttributeDefinitions: [
      { AttributeName: 'list', AttributeType: 'S' },
      { AttributeName: 'number', AttributeType: 'N' },
    ],
    BillingMode: 'PAY_PER_REQUEST',
  });
  return {
    async fill(from, to) {
      for (let start = from; start < to; start += 25) {
        const requests = numbers(start, Math.min(start + 25, to)).map((number) => ({
          PutRequest: { Item: item(number) },
        }));
        await client.batchWriteItem({ RequestItems: { [TABLE]: requests } });
      }
    },
    call: {
      async put(number) {
        await client.putItem({ TableName: TABLE, Item: item(number) });
      },
      async get(number) {
        const { Item } = await client.getItem({
          TableName: TABLE,
          Key: key(number),
          ConsistentRead: true,
        });
        expectRows(Item ? 1 : 0, 1);
      },
      async update(number) {
        await client.updateItem({
          TableName: TABLE,
          Key: key(number),
          UpdateExpression: 'SET done = :done',
          ConditionExpression: 'version = :version',
          ExpressionAttributeValues: { ':done': { BOOL: true }, ':version': { N: '1' } },
        });
      },
      async page(number) {
        const { Items = [] } = await client.query({
          TableName: TABLE,
          KeyConditionExpression: '#list = :list AND #number >= :number',
          ExpressionAttributeNames: { '#list': 'list', '#number': 'number' },
          ExpressionAttributeValues: { ':list': { S: 'a' }, ':number': { N: String(number) } },
          ConsistentRead: true,
          Limit: PAGE_ROWS,
        });
        expectRows(Items.length, PAGE_ROWS);
      },
    },
  };
}

function tablestoreProgram(): string {
  const module = pathToFileURL(join(import.meta.dirname, '../cloud/tablestore/index.ts')).href;
  const { instance, accessKeyId, accessKeySecret } = ACCESS;
  const options = { instance, accessKeys: { [accessKeyId]: accessKeySecret } };
  return `import { createTablestore } from ${JSON.stringify(module)};
console.log((await createTablestore(${JSON.stringify(options)})).url);`;
}

function dynaliteProgram(): string {
  return `import dynalite from 'dynalite';
const server = dynalite({ createTableMs: 0 });
server.listen(0, '127.0.0.1', () => console.log('http://127.0.0.1:' + server.address().port));`;
}

/** Runs a program that prints its URL, in a folder where it finds its packages. */
async function withServer<Result>(
  program: string,
  folder: string,
  work: (url: string) => Promise<Result>,
): Promise<Result> {
  const child = spawn(process.execPath, ['--input-type=module', '--eval', program], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(child, 'exit');
  try {
    const first = once(child.stdout.setEncoding('utf8'), 'data') as Promise<[string]>;
    const [url] = await Promise.race([first, ended.then(() => [''])]);
    if (!url)
      throw new Failure('E_BENCH_SERVER', `a server must print its URL, and ended:\n${program}`);
    return await work(url.trim());
  } finally {
    child.kill('SIGKILL');
    await ended;
  }
}

/** npm installs into the nearest package: this one. */
function prepare(folder: string): string {
  writeFileSync(join(folder, 'package.json'), '{ "private": true }');
  return folder;
}

function expectRows(found: number, expected: number): void {
  if (found !== expected) throw new Error(`expected ${expected} rows, found ${found}`);
}

function numbers(from: number, to: number): number[] {
  return Array.from({ length: to - from }, (_, index) => from + index);
}

if (process.argv[1] === import.meta.filename) console.log(await benchTablestore());

// What stands beside a stage, in a tab: the stage's programs reach it by Node's http and by fetch, and
// nothing else outside their instance.
import './lab/lab-global.ts';
import { expect, test } from './lab/lab-test.ts';

/** A program that calls the address in its path, both ways, and tells what came of it. */
const CALLER = `
import http from 'node:http';

const byHttp = (url: string) =>
  new Promise((resolve) => {
    const request = http.request(url, { method: 'POST', headers: { 'x-a': 'b' } }, (response) => {
      response.resume();
      response.on('end', () => resolve([response.statusCode, response.headers['x-ots-contenttype']]));
    });
    request.on('error', ({ code, message }: NodeJS.ErrnoException) => resolve([code, message]));
    request.end('body');
  });

const byFetch = (url: string) =>
  fetch(url, { method: 'POST', body: 'body' }).then(
    (response) => [response.status, response.headers.get('x-ots-contenttype')],
    (error: Error) => [error.message, (error.cause as NodeJS.ErrnoException)?.code],
  );

http
  .createServer((request, response) => {
    const url = decodeURIComponent((request.url ?? '').slice(1)).replace('TABLE', process.env['TABLESTORE_ENDPOINT'] ?? '');
    void Promise.all([byHttp(url), byFetch(url)]).then((told) => response.end(JSON.stringify(told)));
  })
  .listen(Number(process.env['PORT']));
`;

test('lab: a program reaches its table by http and by fetch, and no other host', async ({
  page,
  program,
}) => {
  const strangers: string[] = [];
  page.on('request', (request) => {
    if (!/^(blob|data):/.test(request.url()) && !request.url().startsWith(program.url))
      strangers.push(request.url());
  });
  const seen = await page.evaluate(async (caller) => {
    const deployment = await globalThis.lab.create({
      ...{ stage: '03-table-store', target: 'process', edits: { 'index.ts': caller } },
    });
    const ask = async (url: string): Promise<unknown> =>
      (await deployment.fetch(`/${encodeURIComponent(url)}`)).json();
    const there = await ask('TABLE/ListTable');
    await deployment.interrupt('tablestore');
    const away = await ask('TABLE/ListTable');
    await deployment.restore('tablestore');
    const back = await ask('TABLE/ListTable');
    const others = [
      await ask('http://nobody.example/'),
      await ask(`${location.origin}/page.js`),
      await ask('http://tablestore.lab:8080/'),
    ];
    const unknown = await deployment.interrupt('cdn').then(
      () => 'interrupted',
      (error: Error) => error.message,
    );
    await deployment.close();
    return { there, away, back, others, unknown };
  }, CALLER);
  // Nobody signed the call: the table answers that, in its own protocol.
  const refusedByTable = [
    [400, 'protocol buffer'],
    [400, 'protocol buffer'],
  ];
  expect(seen).toEqual({
    there: refusedByTable,
    away: [
      ['ECONNREFUSED', 'connect ECONNREFUSED 127.0.0.1:80'],
      ['fetch failed', 'ECONNREFUSED'],
    ],
    back: refusedByTable,
    others: [
      [
        ['ENOTFOUND', 'getaddrinfo ENOTFOUND nobody.example'],
        ['fetch failed', 'ENOTFOUND'],
      ],
      [
        ['ECONNREFUSED', expect.stringMatching(/^connect ECONNREFUSED 127\.0\.0\.1:\d+$/)],
        ['fetch failed', 'ECONNREFUSED'],
      ],
      [
        ['ENOTFOUND', 'getaddrinfo ENOTFOUND tablestore.lab'],
        ['fetch failed', 'ENOTFOUND'],
      ],
    ],
    unknown: 'nothing called "cdn" runs beside this stage in the Lab. There is tablestore.',
  });
  expect(strangers).toEqual([]);
});

test('lab: two labs have a table each, which a restart leaves alone and a reset empties', async ({
  page,
}) => {
  const seen = await page.evaluate(async () => {
    const create = () => globalThis.lab.create({ stage: '03-table-store', target: 'fc' });
    const [one, other] = await Promise.all([create(), create()]);
    const total = async (deployment: typeof one): Promise<number> =>
      ((await (await deployment.fetch('/api/rule')).json()) as { total: number }).total;
    const added = await one.fetch('/api/rule', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"name":"Buy milk"}',
    });
    const totals = [await total(one), await total(other)];
    await one.restart();
    totals.push(await total(one));
    await one.reset();
    totals.push(await total(one));
    await Promise.all([one.close(), other.close()]);
    return { status: added.status, totals };
  });
  expect(seen).toEqual({ status: 201, totals: [1, 0, 1, 0] });
});

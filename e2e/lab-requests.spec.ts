// What of a request comes out of a worker while it is being answered.
import { expect, test } from './lab/lab-test.ts';

test('lab: an answer streams, and the program hears when its reader goes', async ({ page }) => {
  const seen = await page.evaluate(async () => {
    const logs: string[] = [];
    const deployment = await globalThis.lab.create({
      stage: '01-all-in-one',
      target: 'process',
      edits: {
        'index.ts': `
import http from 'node:http';
http.createServer((request, response) => {
  response.writeHead(200, { 'content-type': 'text/event-stream', 'set-cookie': ['a=1', 'b=2'] });
  let count = 0;
  const timer = setInterval(() => response.write('data: ' + ++count + '\\n\\n'), 20);
  response.on('close', () => { clearInterval(timer); console.log('gone, cookie ' + request.headers.cookie); });
}).listen(Number(process.env.PORT));
`,
      },
      emit: (event) => {
        if (event.type === 'log') logs.push(event.text ?? '');
      },
    });
    const leave = new AbortController();
    const response = await deployment.fetch('/', {
      signal: leave.signal,
      headers: { cookie: 'c=3' },
    });
    const reader = response.body?.getReader();
    const parts: string[] = [];
    for (let index = 0; index < 3; index += 1)
      parts.push(new TextDecoder().decode((await reader?.read())?.value));
    leave.abort();
    const broken = await reader?.read().then(
      () => 'went on',
      (error: Error) => error.name,
    );
    await new Promise((resolve) => setTimeout(resolve, 100));
    const cookies = response.headers.getSetCookie();
    await deployment.close();
    return { parts, broken, logs, cookies };
  });
  expect(seen).toEqual({
    parts: ['data: 1\n\n', 'data: 2\n\n', 'data: 3\n\n'],
    broken: 'AbortError',
    logs: ['gone, cookie c=3'],
    cookies: ['a=1', 'b=2'],
  });
});

test('lab: what a request does inside is told with its name', async ({ page }) => {
  const traces = await page.evaluate(async () => {
    const seen: unknown[] = [];
    const deployment = await globalThis.lab.create({
      stage: '02-file-db',
      target: 'process',
      onTrace: (trace) => seen.push(trace),
    });
    await deployment.fetch('/api/rule', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"name":"Buy milk"}',
    });
    await new Promise((resolve) => setTimeout(resolve, 50));
    await deployment.close();
    return seen as {
      request?: string;
      kind: string;
      name?: string;
      file?: string;
      phase?: string;
      operation?: string;
      path?: string;
    }[];
  });
  const started = traces.filter(({ phase }) => phase === 'start').map(({ name }) => name);
  expect(started).toEqual([
    'securityHeaders',
    'neverCached',
    'refuseCrossSiteWrites',
    'router',
    'onlyJson',
    'jsonParser',
    'post',
  ]);
  const placed = traces.filter(({ phase }) => phase === 'start').map(({ file }) => file);
  expect(placed).toEqual([
    ...['app.ts', 'app.ts', 'app.ts', 'app.ts'],
    ...['controllers/rule.ts', 'controllers/rule.ts', 'controllers/rule.ts'],
  ]);
  const ended = traces.filter(({ phase }) => phase === 'end').map(({ name }) => name);
  expect(new Set(ended)).toEqual(new Set(started));
  expect(ended.length).toBe(started.length);
  expect(
    traces.filter(({ kind }) => kind === 'middleware').every(({ request }) => request === 'r1'),
  ).toBe(true);
  const disk = traces
    .filter(({ kind }) => kind === 'disk')
    .map(({ operation, path }) => `${operation} ${path}`);
  expect(disk).toEqual(expect.arrayContaining(['write /code/.db.json.tmp', 'write /code/db.json']));
});

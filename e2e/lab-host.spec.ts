// What a stage can do to its worker, and what the worker lets it: each test deploys an edited stage.
// One host under every attack and mishap, one test each: over 400 lines, since each brings its own program.
import { expect, test } from 'playwright/test';
import type { Deployment } from './lab/lab-global.ts';
import { type LabProgram, startLabProgram } from './lab/lab-program.ts';

test.describe.configure({ mode: 'default' });

let program: LabProgram;
test.beforeAll(async () => {
  program = await startLabProgram();
});
test.afterAll(() => program?.stop());

test.beforeEach(async ({ page }) => {
  await page.goto(program.url);
  await page.waitForFunction(() => 'lab' in globalThis);
});

test('lab: a killed process answers nothing, and what it had on disk is there again', async ({
  page,
}) => {
  const seen = await page.evaluate(async () => {
    const deployment = await globalThis.lab.create({ stage: '02-file-db', target: 'process' });
    const total = async (): Promise<number> =>
      ((await (await deployment.fetch('/api/rule')).json()) as { total: number }).total;
    const add = (): Promise<Response> =>
      deployment.fetch('/api/rule', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: '{"name":"Buy milk"}',
      });
    const before = await total();
    await add();
    const underway = add().then(
      () => 'answered',
      (error: Error) => error.message,
    );
    await deployment.kill();
    const refused = await total().catch((error: Error) => error.message);
    await deployment.restart();
    const afterKill = await total();
    await deployment.reset();
    const afterReset = await total();
    await deployment.close();
    return { before, underway: await underway, refused, afterKill, afterReset };
  });
  expect(seen).toEqual({
    before: 0,
    underway: 'fetch failed',
    refused: 'fetch failed',
    afterKill: 1,
    afterReset: 0,
  });
  await expect.poll(() => page.workers().length).toBe(0);
});

test('lab: an edit runs at once, a faulty one is named with its line, and what ran goes on', async ({
  page,
}) => {
  const seen = await page.evaluate(async () => {
    const deployment = await globalThis.lab.create({ stage: '01-all-in-one', target: 'process' });
    const text = deployment.sources()['models/user.ts'] ?? '';
    const name = async (): Promise<string> =>
      ((await (await deployment.fetch('/api/currentUser')).json()) as { name: string }).name;
    const tryEdit = (files: Record<string, string>) =>
      deployment.edit(files).then(
        () => 'deployed',
        (error: Error & { file?: string; line?: number }) => [
          error.message.split('\n')[0],
          error.file,
          error.line,
        ],
      );
    const begun = performance.now();
    await deployment.edit({ 'models/user.ts': text.replace("'Demo'", "'Edited' as string") });
    const took = performance.now() - begun;
    const edited = await name();
    const syntax = await tryEdit({ 'models/user.ts': `${text}\nconst a = (;\n` });
    const still = await name();
    const twice = await deployment
      .edit({ 'models/user.ts': `${text}\nlet a = 1; let a = 2;\n` })
      .catch((error: Error) => error.message);
    const missing = await deployment
      .edit({ 'models/user.ts': `import x from 'left-pad';\n${text}` })
      .catch((error: Error) => error.message);
    const absent = await deployment
      .edit({ 'models/user.ts': `import { watch } from 'node:fs';\nwatch('.');\n${text}` })
      .catch((error: Error) => error.message);
    const thrown = await deployment
      .edit({ 'models/user.ts': `${text}\nthrow new Error('on purpose');\n` })
      .catch((error: Error) => error.message);
    await deployment.edit({ 'models/user.ts': text });
    const back = await name();
    await deployment.close();
    return { took, edited, syntax, still, twice, missing, absent, thrown, back };
  });
  expect(seen.took).toBeLessThan(1_000);
  expect(seen.edited).toBe('Edited');
  expect(seen.syntax).toEqual([
    expect.stringMatching(/^models\/user\.ts:\d+:12: /),
    'models/user.ts',
    expect.any(Number),
  ]);
  expect(seen.still).toBe('Edited');
  expect(seen.twice).toContain("SyntaxError: /code/models/user.ts: Identifier 'a'");
  expect(seen.missing).toContain(
    "Cannot find package 'left-pad' imported from /code/models/user.ts. The Lab has express",
  );
  expect(seen.absent).toContain('node:fs watch is not in the Lab');
  expect(seen.thrown).toContain('Error: on purpose');
  expect(seen.thrown).toMatch(/\/code\/models\/user\.ts:\d+:7/);
  expect(seen.back).toBe('Demo');
});

test('lab: an endless loop is ended, and the page stays responsive', async ({ page }) => {
  const seen = await page.evaluate(async () => {
    const logs: string[] = [];
    const reasons: string[] = [];
    const deployment = await globalThis.lab.create({
      stage: '01-all-in-one',
      target: 'process',
      edits: {
        'controllers/user.ts':
          "import express from 'express';\nexport const userController = () => express.Router().get('/', () => { for (;;); });\n",
      },
      emit: (event) => {
        if (event.type === 'log') logs.push(event.text ?? '');
        if (event.type === 'instance-stopped') reasons.push(event.reason ?? '');
      },
    });
    const gaps: number[] = [];
    let last = performance.now();
    const timer = setInterval(() => {
      gaps.push(performance.now() - last);
      last = performance.now();
    }, 10);
    const quiet = await globalThis.lab.create({ stage: '01-all-in-one', target: 'process' });
    const begun = performance.now();
    const answer = await deployment
      .fetch('/api/currentUser')
      .catch((error: Error) => error.message);
    const took = performance.now() - begun;
    clearInterval(timer);
    await deployment.restart();
    const after = (await deployment.fetch('/healthz')).status;
    // One that had nothing to do for as long said nothing by itself either, and lives.
    const quietAfter = (await quiet.fetch('/healthz')).status;
    await quiet.close();
    await deployment.close();
    return {
      answer,
      took,
      longest: Math.max(...gaps),
      ticks: gaps.length,
      log: logs.find((line) => line.includes('endless')),
      reasons,
      after,
      quietAfter,
    };
  });
  expect(seen.answer).toBe('fetch failed');
  expect(seen.took).toBeLessThan(9_000);
  // The loop lasts for 5 s and more; the machine of a test has other work to do as well.
  expect(seen.longest).toBeLessThan(1_000);
  expect(seen.ticks).toBeGreaterThan(100);
  expect(seen.log).toContain('no sign of life for 5 s');
  expect(seen.reasons).toEqual(['crashed', 'shut-down']);
  expect([seen.after, seen.quietAfter]).toEqual([200, 200]);
});

test('lab: the program sees a Node process, and nothing of the browser or the site', async ({
  page,
}) => {
  const requests: string[] = [];
  const probe = `
import http from 'node:http';
const names = ['indexedDB', 'caches', 'Worker', 'SharedWorker', 'importScripts', 'BroadcastChannel', 'WebSocket',
  'XMLHttpRequest', 'EventSource', 'postMessage', 'onmessage', 'addEventListener', 'self', 'location', 'cookieStore', 'close'];
const attempt = async (url) => { try { await fetch(url); return 'answered'; } catch (error) { return error.message + ': ' + error.cause?.message; } };
http.createServer(async (request, response) => {
  response.end(JSON.stringify({
    visible: names.filter((name) => globalThis[name] !== undefined || name in globalThis && globalThis[name] !== undefined),
    inherited: names.filter((name) => { let o = globalThis; while ((o = Object.getPrototypeOf(o)) && o !== EventTarget.prototype) if (Object.hasOwn(o, name)) return true; return false; }),
    site: await attempt('${program.url}/page.js'),
    other: await attempt('https://example.com/'),
    refused: await attempt('http://localhost:9/'),
    navigator: Object.keys(navigator),
    environment: process.env,
    argv: process.argv,
    cwd: process.cwd(),
  }));
}).listen(Number(process.env.PORT));
`;
  page.on('request', (request) => requests.push(new URL(request.url()).origin));
  const seen = await page.evaluate(async (text) => {
    const deployment = await globalThis.lab.create({
      stage: '01-all-in-one',
      target: 'process',
      edits: { 'index.ts': text },
    });
    const shown = (await (await deployment.fetch('/')).json()) as Record<string, unknown>;
    await deployment.close();
    return shown;
  }, probe);
  expect(seen['visible']).toEqual([]);
  expect(seen['inherited']).toEqual([]);
  expect(seen['site']).toMatch(/^fetch failed: connect ECONNREFUSED/);
  expect(seen['other']).toBe('fetch failed: the Lab knows no network: https://example.com/');
  expect(seen['refused']).toBe('fetch failed: connect ECONNREFUSED 127.0.0.1:9');
  expect(seen['navigator']).not.toContain('serviceWorker');
  expect(seen['environment']).toEqual({ HOME: '/tmp', TMPDIR: '/tmp', PORT: '3001' });
  expect(seen['argv']).toEqual(['/usr/local/bin/node', '/code/index.ts']);
  expect(seen['cwd']).toBe('/code');
  expect(requests.filter((origin) => origin !== program.url && origin !== 'null')).toEqual([]);
});

test('lab: a program ends as on Node: by itself, by exit, by an error, by a signal', async ({
  page,
}) => {
  const ends = await page.evaluate(async () => {
    const run = async (
      text: string,
      act?: (deployment: Awaited<ReturnType<typeof globalThis.lab.create>>) => Promise<unknown>,
    ) => {
      const told: string[] = [];
      const deployment = await globalThis.lab
        .create({
          stage: '01-all-in-one',
          target: 'process',
          edits: { 'index.ts': text },
          emit: (event) => {
            if (event.type === 'log') told.push(event.text ?? '');
            if (event.type === 'instance-stopped') told.push(`${event.reason} ${event.code}`);
          },
        })
        .catch(() => undefined);
      if (deployment && act) await act(deployment);
      await deployment?.close();
      return told;
    };
    const serve =
      "import http from 'node:http';\nconst server = http.createServer((q, r) => setTimeout(() => r.end('late'), 200)).listen(3001, () => console.log('up'));\n";
    return {
      byItself: await run("setTimeout(() => console.log('last'), 20); console.log('first');"),
      exitCode: await run('process.exitCode = 4;'),
      exit: await run(
        "process.on('exit', (code) => console.log('bye', code)); console.log('a'); process.exit(3); console.log('never');",
      ),
      rejection: await run("Promise.reject(new Error('nobody listens'));"),
      uncaught: await run("setTimeout(() => { throw new Error('in a timer'); }, 5);"),
      drain: await run(
        `${serve}process.once('SIGTERM', () => { console.log('draining'); server.close(() => console.log('closed')); });`,
        async (deployment) => {
          const answer = deployment.fetch('/').then((response) => response.text());
          await new Promise((resolve) => setTimeout(resolve, 50));
          await deployment.restart();
          if ((await answer) !== 'late') throw new Error('the request under way was not answered');
        },
      ),
      signal: await run(serve),
    };
  });
  expect(ends.byItself).toEqual(['first', 'last', 'crashed 0']);
  expect(ends.exitCode).toEqual(['crashed 4']);
  expect(ends.exit).toEqual(['a', 'bye 3', 'crashed 3']);
  expect(ends.rejection[0]).toBe('Error: nobody listens');
  expect(ends.rejection.at(-1)).toBe('crashed 1');
  expect(ends.uncaught[0]).toBe('Error: in a timer');
  expect(ends.drain).toEqual([
    'up',
    'draining',
    'closed',
    'shut-down 0',
    'up',
    'draining',
    'closed',
    'shut-down 0',
  ]);
  expect(ends.signal).toEqual(['up', 'shut-down null']);
});

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

test('lab: a function that is too slow is ended by the platform, and a new manifest is obeyed', async ({
  page,
}) => {
  const seen = await page.evaluate(async () => {
    const reasons: string[] = [];
    const deployment = await globalThis.lab.create({
      stage: '02-file-db',
      target: 'fc',
      emit: (event) => {
        if (event.type === 'instance-stopped') reasons.push(event.reason ?? '');
      },
    });
    const { 's.yaml': manifest = '', 'controllers/user.ts': user = '' } = deployment.sources();
    const post = async (): Promise<number> =>
      (
        await deployment.fetch('/api/rule', {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: '{"name":"Buy milk"}',
        })
      ).status;
    const readOnly = await post();
    await deployment.edit({
      's.yaml': manifest
        .replace('TODO_STORAGE: code', 'TODO_STORAGE: tmp')
        .replace('timeout: 10', 'timeout: 1'),
      'controllers/user.ts': user.replace(
        '(_request, response) => void response.json(demoUser)',
        '() => { for (;;); }',
      ),
    });
    const writable = await post();
    const slow = (await deployment.fetch('/api/currentUser')).status;
    const after = await post();
    await deployment.close();
    return { readOnly, writable, slow, after, reasons };
  });
  expect(seen).toEqual({
    readOnly: 503,
    writable: 201,
    slow: 504,
    after: 201,
    reasons: ['shut-down', 'timeout', 'shut-down'],
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

test('lab: ten deployments leave nothing behind: no worker, no address, no memory', async ({
  page,
}) => {
  // Forty starts and two thousand requests.
  test.slow();
  await page.evaluate(() => {
    const addresses = new Set<string>();
    const { createObjectURL, revokeObjectURL } = URL;
    URL.createObjectURL = (object) => {
      const address = createObjectURL(object);
      addresses.add(address);
      return address;
    };
    URL.revokeObjectURL = (address) => {
      addresses.delete(address);
      revokeObjectURL(address);
    };
    Object.assign(globalThis, { addresses });
  });
  const devtools = await page.context().newCDPSession(page);
  const used = async (): Promise<number> => {
    await devtools.send('HeapProfiler.collectGarbage');
    return (await devtools.send('Runtime.getHeapUsage')).usedSize;
  };
  const cycle = (times: number) =>
    page.evaluate(async (rounds) => {
      for (let round = 0; round < rounds; round += 1) {
        const deployment = await globalThis.lab.create({
          stage: '01-all-in-one',
          target: 'process',
        });
        for (let each = 0; each < 20; each += 1) await (await deployment.fetch('/api/rule')).text();
        await deployment.edit({ 'models/user.ts': "export const demoUser = { userid: 'a' };\n" });
        await deployment.restart();
        await deployment.close();
      }
    }, times);
  const requests = (times: number) =>
    page.evaluate(async (count) => {
      const deployment = (globalThis as unknown as { one: Promise<Deployment> }).one;
      for (let each = 0; each < count; each += 1)
        await (await (await deployment).fetch('/api/rule')).text();
    }, times);
  const growth = async (act: (times: number) => Promise<void>, times: number): Promise<number> => {
    // Caches of the engine fill during the first rounds.
    await act(times);
    const before = await used();
    await act(times);
    return (await used()) - before;
  };
  expect(await growth(cycle, 10), 'ten deployments').toBeLessThan(100_000);
  await page.evaluate(() =>
    Object.assign(globalThis, {
      one: globalThis.lab.create({ stage: '01-all-in-one', target: 'process' }),
    }),
  );
  expect(await growth(requests, 1_000), 'a thousand requests').toBeLessThan(100_000);
  await page.evaluate(async () =>
    (await (globalThis as unknown as { one: Promise<Deployment> }).one).close(),
  );
  const left = await page.evaluate(
    () => (globalThis as unknown as { addresses: Set<string> }).addresses.size,
  );
  expect(left).toBe(0);
  await expect.poll(() => page.workers().length).toBe(0);
});

// How a program in a worker lives and ends: as a process of Node does.
import { expect, test } from './lab/lab-test.ts';

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

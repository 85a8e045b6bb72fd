// What an edit of a stage does to what runs.
import { expect, test } from './lab/lab-test.ts';

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

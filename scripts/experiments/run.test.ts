import { describe, expect, it } from 'vitest';
import { compareRecordings } from './compare.ts';
import type { Bench, Experiment } from './experiment.ts';
import { createJournal, type JournalOptions } from './journal.ts';
import { outline } from './outline.ts';
import type { Happening, Recording } from './recording.ts';
import { runExperiment } from './run.ts';
import { createFakePlatform, type FakeOptions } from './testing/fake-platform.ts';

const both = (text: string) => ({ en: text, 'zh-CN': text });

function experiment(run: (bench: Bench) => Promise<void>): Experiment {
  return {
    title: both('title'),
    target: 'fc',
    hypothesis: both('hypothesis'),
    prediction: { question: both('?'), answers: [{ text: both('yes'), holds: true }] },
    run,
    conclusion: both('conclusion'),
  };
}

async function perform(
  run: (bench: Bench) => Promise<void>,
  options: FakeOptions = {},
  journalOptions: Partial<JournalOptions> = {},
): Promise<Recording> {
  const journal = createJournal({ now: () => performance.now(), ...journalOptions });
  const platform = createFakePlatform(journal, options);
  return runExperiment(experiment(run), platform, { stage: '01-x', name: 'x', journal });
}

const list = async (bench: Bench): Promise<unknown> => (await bench.fetch('/list')).json();

async function forgets(bench: Bench): Promise<void> {
  bench.step(both('Add'));
  await bench.fetch('/list', { method: 'POST', body: 'milk' });
  bench.observe(both('before'), await list(bench), ['milk']);
  bench.step(both('Restart'));
  await bench.restart();
  bench.observe(both('after'), await list(bench), []);
}

async function twoAtOnce(bench: Bench): Promise<void> {
  bench.step(both('Two at once'));
  const add = (body: string) => bench.fetch('/list', { method: 'POST', body });
  await Promise.all([add('milk'), add('bread')]);
  bench.observe(both('instances'), bench.instances().length, 2);
}

function kinds(recording: Recording): string[] {
  return recording.entries.map(({ type }) => type);
}

function find<Type extends Happening['type']>(
  recording: Recording,
  type: Type,
): Extract<Happening, { type: Type }>[] {
  return recording.entries.filter(
    (entry): entry is Extract<typeof entry, { type: Type }> => entry.type === type,
  );
}

describe('a run', () => {
  it('is confirmed when every observation is as expected', async () => {
    const recording = await perform(forgets);
    expect(recording).toMatchObject({ format: 1, stage: '01-x', experiment: 'x', target: 'fc' });
    expect(recording.verdict).toBe('confirmed');
    expect(find(recording, 'observation').map(({ seen }) => seen)).toEqual([['milk'], []]);
  });

  it('is refuted when one observation is not', async () => {
    const recording = await perform(forgets, { keeps: true });
    expect(recording.verdict).toBe('refuted');
    expect(find(recording, 'observation').map(({ holds }) => holds)).toEqual([true, false]);
  });

  it('holds what was done, what the platform told and what was seen, in order', async () => {
    expect(kinds(await perform(forgets))).toEqual([
      'step',
      'request',
      'instance-starting',
      'log',
      'instance-ready',
      'hop',
      'response',
      'request',
      'hop',
      'response',
      'observation',
      'step',
      'restart',
      'instance-stopped',
      'request',
      'instance-starting',
      'log',
      'instance-ready',
      'hop',
      'response',
      'observation',
    ]);
  });

  it('numbers requests and instances by first appearance, whatever the platform calls them', async () => {
    const recording = await perform(forgets, { prefix: '7f3a' });
    expect(find(recording, 'request').map(({ request }) => request)).toEqual(['r1', 'r2', 'r3']);
    expect(find(recording, 'hop')).toMatchObject([
      { request: 'r1', from: 'gateway', to: 'todo-1' },
      { request: 'r2', from: 'gateway', to: 'todo-1' },
      { request: 'r3', from: 'gateway', to: 'todo-2' },
    ]);
    expect(JSON.stringify(recording)).not.toContain('7f3a-');
  });

  it('lets an experiment kill an instance by the name that it was shown', async () => {
    const recording = await perform(async (bench) => {
      await twoAtOnce(bench);
      await bench.kill(bench.instances()[1]?.id);
      bench.observe(
        both('left'),
        bench.instances().map(({ id }) => id),
        ['todo-1'],
      );
    });
    expect(recording.verdict).toBe('confirmed');
    expect(find(recording, 'kill')).toMatchObject([{ instance: 'todo-2' }]);
  });

  it('keeps a request that was never answered, and lets the experiment catch it', async () => {
    const recording = await perform(async (bench) => {
      const failed = await bench.fetch('/fail').then(
        () => false,
        () => true,
      );
      bench.observe(both('failed'), failed, true);
    });
    expect(recording.verdict).toBe('confirmed');
    expect(kinds(recording)).toEqual(['request', 'no-response', 'observation']);
  });

  it('takes an observation as it was when it was made', async () => {
    const recording = await perform(async (bench) => {
      const seen = { b: 1, a: [undefined, 2] };
      bench.observe(both('seen'), seen, { a: [null, 2], b: 1 });
      seen.b = 2;
    });
    expect(find(recording, 'observation')).toMatchObject([{ holds: true, seen: { b: 1 } }]);
  });

  it('cuts bodies, tidies texts and leaves stacks out', async () => {
    const tidy = (text: string) => text.replaceAll(/\/home\/\w+/g, '/code');
    const recording = await perform(
      async (bench) => {
        await bench.fetch('/list', { method: 'POST', body: 'x'.repeat(1000) });
        bench.observe(both('x'), 1, 1);
      },
      {},
      { tidy },
    );
    expect(find(recording, 'request')[0]?.body).toHaveLength(241);
    expect(find(recording, 'log')[0]?.text).toBe('ready at /code/todo');

    const journal = createJournal({ now: () => 0 });
    const text = '    at send (/srv/index.js:1:2)';
    journal.emit({ at: 0, type: 'log', instance: 'a', stream: 'stderr', text });
    expect(journal.entries).toEqual([]);
  });

  it('ends with the experiment: the shut-down afterwards is no part of it', async () => {
    const journal = createJournal({ now: () => 0 });
    const platform = createFakePlatform(journal);
    const recording = await runExperiment(experiment(readTwice), platform, {
      stage: '01-x',
      name: 'x',
      journal,
    });
    const before = kinds(recording);
    await platform.restart();
    expect(kinds(recording)).toEqual(before);
    expect(before.at(-1)).toBe('observation');
  });

  it('leaves out what somebody else asks for meanwhile', async () => {
    const journal = createJournal({ now: () => 0 });
    journal.emit({ at: 0, type: 'request', request: 'q', to: 'a', method: 'GET', path: '/' });
    journal.emit({ at: 0, type: 'hop', request: 'q', from: 'a', to: 'b' });
    expect(journal.entries).toEqual([]);
  });

  it('has no verdict when it breaks off, and says where', async () => {
    const run = perform(async (bench) => {
      bench.step(both('Fall over'));
      throw new Error('ouch');
    });
    await expect(run).rejects.toThrow(/01-x\/experiments\/x\.ts broke off at "Fall over": ouch/);
  });

  it('has no verdict when it observes nothing', async () => {
    await expect(perform(async (bench) => bench.step(both('Nothing')))).rejects.toThrow(
      'observed nothing',
    );
  });
});

describe('two runs', () => {
  it('are the same when only ids and times differ', async () => {
    const one = await perform(forgets, { prefix: 'a' });
    const two = await perform(forgets, { prefix: 'b', delays: [3, 2, 1] });
    expect(compareRecordings(one, two)).toEqual([]);
  });

  it('are the same when requests sent together overtake each other', async () => {
    const one = await perform(twoAtOnce, { delays: [20, 0] });
    const two = await perform(twoAtOnce, { delays: [0, 20] });
    const answered = ({ entries }: Recording): unknown =>
      entries
        .filter(({ type }) => type === 'response')
        .map((entry) => 'request' in entry && entry.request);
    expect(answered(one)).toEqual(['r2', 'r1']);
    expect(answered(two)).toEqual(['r1', 'r2']);
    expect(compareRecordings(one, two)).toEqual([]);
  });

  it('are the same when of two like requests the other one met the warm instance', () => {
    const run = (cold: string, warm: string): Recording['entries'] => {
      const answered = { status: 200, body: '', milliseconds: 1 };
      const happenings: Happening[] = [
        { type: 'request', request: 'r1', method: 'GET', path: '/' },
        { type: 'request', request: 'r2', method: 'GET', path: '/' },
        { type: 'instance-starting', instance: 'todo-2', service: 'todo', request: cold },
        { type: 'response', request: warm, ...answered },
        { type: 'response', request: cold, ...answered },
      ];
      return happenings.map((happening) => ({ at: 0, ...happening }));
    };
    const one = { verdict: 'confirmed' as const, entries: run('r1', 'r2') };
    const two = { verdict: 'confirmed' as const, entries: run('r2', 'r1') };
    expect(compareRecordings(one, two)).toEqual([]);
  });

  it('differ when one of them is refuted', async () => {
    const differences = compareRecordings(
      await perform(forgets),
      await perform(forgets, { keeps: true }),
    );
    expect(differences).toEqual([
      '- verdict: confirmed',
      '+ verdict: refuted',
      '- after: [], expected []',
      '+ after: ["milk"], expected []',
    ]);
  });

  it('differ when a request met a new instance instead of a warm one', async () => {
    const one = await perform(readTwice);
    const two = await perform(readTwice, { alwaysCold: true });
    expect(compareRecordings(one, two)).toEqual([
      '- GET /list: gateway > todo instance, 200',
      '+ GET /list: starts a todo instance, ready, gateway > todo instance, 200',
    ]);
  });

  it.each<[string, (entries: Recording['entries']) => Recording['entries']]>([
    ['a step is missing', (entries) => entries.slice(1)],
    [
      'an instance ended for another reason',
      (entries) => change(entries, 'instance-stopped', { reason: 'crashed' }),
    ],
    [
      'a request was answered differently',
      (entries) => change(entries, 'response', { status: 503 }),
    ],
    [
      'a request was refused first',
      (entries) => change(entries, 'hop', { type: 'throttled', limit: 2 }),
    ],
    ['the restart came earlier', earlierRestart],
  ])('differ when %s', async (_, edit) => {
    const one = await perform(forgets);
    const two = { ...one, entries: edit(one.entries) };
    expect(compareRecordings(one, two)).not.toEqual([]);
  });

  it('are outlined in words', async () => {
    expect(outline(await perform(forgets))).toEqual([
      'verdict: confirmed',
      'step: Add',
      'POST /list: starts a todo instance, ready, gateway > todo instance, 201',
      'GET /list: gateway > todo instance, 200',
      'before: ["milk"], expected ["milk"]',
      'step: Restart',
      'restart',
      'GET /list: starts a todo instance, ready, gateway > todo instance, 200',
      'after: [], expected []',
      'todo instance: ends, shut-down',
    ]);
  });
});

async function readTwice(bench: Bench): Promise<void> {
  await list(bench);
  bench.observe(both('again'), await list(bench), []);
}

function change(
  entries: Recording['entries'],
  type: Happening['type'],
  fields: object,
): Recording['entries'] {
  const index = entries.findIndex((entry) => entry.type === type);
  return entries.map((entry, at) => (at === index ? Object.assign({ ...entry }, fields) : entry));
}

function earlierRestart(entries: Recording['entries']): Recording['entries'] {
  const index = entries.findIndex(({ type }) => type === 'restart');
  const restart = entries[index];
  return restart ? [restart, ...entries.toSpliced(index, 1)] : entries;
}

describe('kubectl', () => {
  const withKubectl = async (
    run: (bench: Bench) => Promise<void>,
    kubectl?: (line: string) => Promise<string>,
  ): Promise<Recording> => {
    const journal = createJournal({ now: () => performance.now() });
    const platform = { ...createFakePlatform(journal), ...(kubectl && { kubectl }) };
    return runExperiment(experiment(run), platform, { stage: '06-x', name: 'x', journal });
  };

  it('speaks of pods by the names of the recording, to the cluster by its own', async () => {
    const lines: string[] = [];
    const recording = await withKubectl(
      async (bench) => {
        await bench.fetch('/list');
        const output = await bench.kubectl('delete pod todo-1');
        bench.observe(both('output'), output, 'pod "x-instance-1" deleted');
      },
      (line) => {
        lines.push(line);
        return Promise.resolve('pod "x-instance-1" deleted');
      },
    );
    expect(recording.verdict).toBe('confirmed');
    expect(lines).toEqual(['delete pod x-instance-1']);
    expect(find(recording, 'kubectl')).toMatchObject([
      { line: 'delete pod todo-1', output: 'pod "todo-1" deleted' },
    ]);
    expect(outline(recording)).toContain('kubectl delete pod todo-1');
  });

  it('records what it says when it fails', async () => {
    const failing = (): Promise<string> => Promise.reject(new Error('Error: not found'));
    const recording = await withKubectl(async (bench) => {
      const said = await bench.kubectl('get pod x').catch((error: Error) => error.message);
      bench.observe(both('said'), said, 'Error: not found');
    }, failing);
    expect(find(recording, 'kubectl')).toMatchObject([{ output: 'Error: not found' }]);
  });

  it('repeats a line until it is as awaited, and records the last time alone', async () => {
    const outputs = ['0/3', '1/3', '3/3'];
    const recording = await withKubectl(
      async (bench) => {
        const output = await bench.kubectl('get deployments', (text) => text === '3/3');
        bench.observe(both('output'), output, '3/3');
      },
      () => Promise.resolve(outputs.shift() ?? ''),
    );
    expect(recording.verdict).toBe('confirmed');
    expect(find(recording, 'kubectl')).toMatchObject([{ output: '3/3' }]);
  });

  it('is not there on a target that is no cluster', async () => {
    const run = withKubectl(async (bench) => void (await bench.kubectl('get pods')));
    await expect(run).rejects.toThrow('no kubectl');
  });
});

describe('load', () => {
  it('asks without a break until it is stopped, and is recorded as one thing', async () => {
    const recording = await perform(async (bench) => {
      const load = bench.load('/list', 3);
      await new Promise((resolve) => setTimeout(resolve, 50));
      const { answered, failures } = await load.stop();
      bench.observe(both('many were answered'), answered > 10, true);
      bench.observe(both('failures'), failures, []);
    });
    expect(recording.verdict).toBe('confirmed');
    expect(kinds(recording)).not.toContain('request');
    expect(find(recording, 'load')).toMatchObject([{ path: '/list', clients: 3 }]);
    expect(find(recording, 'load-over')).toMatchObject([{ failed: 0 }]);
    expect(outline(recording)).toContain('the clients stop, all answered');
  });
});

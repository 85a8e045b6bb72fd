import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { listExperiments, loadExperiment } from './load.ts';
import type { Recording } from './recording.ts';
import { readRecording, recordingFile, writeRecording } from './store.ts';

const INTERFACE = join(import.meta.dirname, 'experiment.ts');
const CORE = ['compare.ts', 'journal.ts', 'names.ts', 'outline.ts', 'recording.ts', 'run.ts'];

const WHOLE = `
const both = (text) => ({ en: text, 'zh-CN': text });
export default {
  title: both('t'), target: 'fc', hypothesis: both('h'),
  prediction: { question: both('q'), answers: [{ text: both('a'), holds: true }, { text: both('b'), holds: false }] },
  conclusion: both('c'),
  async run(bench) { bench.observe(both('x'), 1, 1); },
};`;

const RECORDING: Recording = {
  format: 1,
  stage: '01-x',
  experiment: 'whole',
  target: 'fc',
  verdict: 'confirmed',
  milliseconds: 12,
  entries: [{ at: 0, type: 'restart' }],
};

let directory: string;
const stage = () => ({
  id: '01-x',
  number: 1,
  directory,
  targets: { fc: { build: 'build:fc', manifest: 's.yaml' } },
});

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'experiments-test-'));
  mkdirSync(join(directory, 'experiments'));
  writeFileSync(join(directory, 'experiments', 'experiment.ts'), 'export {};');
});
afterEach(() => rmSync(directory, { recursive: true }));

/** Each under a name of its own: a module is loaded once. */
function write(name: string, text: string): void {
  writeFileSync(join(directory, 'experiments', `${name}.ts`), text);
}

describe('the experiments of a stage', () => {
  it('are the files beside the interface, in alphabetical order', () => {
    write('b', WHOLE);
    write('a', WHOLE);
    writeFileSync(join(directory, 'experiments', 'a.run.json'), '{}');
    expect(listExperiments(stage())).toEqual(['a', 'b']);
  });

  it('are none without a folder', () => {
    expect(listExperiments({ directory: join(directory, 'nowhere') })).toEqual([]);
  });

  it('are loaded whole', async () => {
    write('whole', WHOLE);
    expect((await loadExperiment(stage(), 'whole')).target).toBe('fc');
  });

  it('are called by a name that exists', async () => {
    write('whole', WHOLE);
    const error = expect(loadExperiment(stage(), 'half')).rejects;
    await error.toThrow('stage 1 has no experiment "half". Its experiments: whole.');
    await expect(loadExperiment(stage(), 'experiment')).rejects.toThrow('has no experiment');
  });

  it.each([
    ['no default', 'export const x = 1;', 'default: '],
    ['syntax', 'export default {', 'cannot be loaded'],
    ['language', WHOLE.replace("title: both('t')", "title: { en: 't' }"), 'default.title.zh-CN'],
    ['two right answers', WHOLE.replace('holds: false', 'holds: true'), 'exactly one answer holds'],
    ['no right answer', WHOLE.replace('holds: true', 'holds: false'), 'exactly one answer holds'],
    ['target', WHOLE.replace("target: 'fc'", "target: 'moon'"), 'target "moon" is none of'],
    ['no run', WHOLE.replace('async run(bench)', 'async walk(bench)'), 'default.run: a function'],
  ])('are refused when broken: %s', async (kind, text, message) => {
    const name = `broken-${kind.replaceAll(' ', '-')}`;
    write(name, text);
    await expect(loadExperiment(stage(), name)).rejects.toThrow(message);
  });
});

describe('a recording', () => {
  it('is absent, then kept beside the experiment without a trace of its writing', async () => {
    expect(readRecording(stage(), 'whole')).toBeUndefined();
    await writeRecording(stage(), RECORDING);
    expect(readRecording(stage(), 'whole')).toEqual(RECORDING);
    expect(readdirSync(join(directory, 'experiments'))).toEqual([
      'experiment.ts',
      'whole.run.json',
    ]);
  });

  it.each([
    ['is not JSON', '{'],
    ['has another format', JSON.stringify({ ...RECORDING, format: 2 })],
    ['belongs to another experiment', JSON.stringify({ ...RECORDING, experiment: 'other' })],
  ])('is refused when it %s', (_, text) => {
    writeFileSync(recordingFile(stage(), 'whole'), text);
    expect(() => readRecording(stage(), 'whole')).toThrow('Delete it and record it again');
  });
});

describe('what the browser reuses', () => {
  it.each(CORE)('%s imports nothing of Node, directly or not', (file) => {
    const seen = new Set<string>();
    const visit = (path: string): void => {
      if (seen.has(path)) return;
      seen.add(path);
      const source = readFileSync(path, 'utf8');
      expect(source, path).not.toMatch(/(from|import) ?\(?'node:/);
      for (const [line, from = ''] of source.matchAll(/^import .*from '(\.[^']+)'/gm)) {
        if (!line.startsWith('import type')) visit(join(path, '..', from));
      }
    };
    visit(join(import.meta.dirname, file));
    expect(seen.size).toBeGreaterThan(0);
  });
});

it('every stage has the same interface for experiments', () => {
  const stages = join(import.meta.dirname, '..', '..', 'stages');
  const copies = readdirSync(stages).map((name) =>
    join(stages, name, 'experiments', 'experiment.ts'),
  );
  expect(copies.length).toBeGreaterThan(0);
  for (const copy of copies) {
    expect(readFileSync(copy, 'utf8'), copy).toBe(readFileSync(INTERFACE, 'utf8'));
  }
});

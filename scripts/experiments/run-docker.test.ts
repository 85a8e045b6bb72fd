import { describe, expect, it } from 'vitest';
import { createJournal } from './journal.ts';
import { outline } from './outline.ts';
import type { Recording } from './recording.ts';
import { runExperiment } from './run.ts';
import { createFakePlatform } from './testing/fake-platform.ts';

const both = (text: string) => ({ en: text, 'zh-CN': text });

/** An experiment that asks how many layers there are. */
async function layers(docker?: (line: string) => Promise<string>): Promise<Recording> {
  const journal = createJournal({ now: () => performance.now() });
  const platform = { ...createFakePlatform(journal), ...(docker && { docker }) };
  return runExperiment(
    {
      ...{ title: both('title'), target: 'docker', hypothesis: both('hypothesis') },
      prediction: { question: both('?'), answers: [{ text: both('yes'), holds: true }] },
      async run(bench) {
        bench.observe(both('layers'), await bench.docker('history IMAGE'), 'two');
      },
      conclusion: both('conclusion'),
    },
    platform,
    { stage: '05-x', name: 'x', journal },
  );
}

describe('docker', () => {
  it('is recorded with what was asked and what it said', async () => {
    const recording = await layers(() => Promise.resolve('two'));
    expect(recording.verdict).toBe('confirmed');
    expect(recording.entries).toContainEqual(
      expect.objectContaining({ type: 'docker', line: 'history IMAGE', output: 'two' }),
    );
    expect(outline(recording)).toContain('docker history IMAGE');
  });

  it('is not there on a target that is no Docker', async () => {
    await expect(layers()).rejects.toThrow('no Docker');
  });
});

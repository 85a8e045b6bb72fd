import { describe, expect, it } from 'vitest';
import { createJournal } from './journal.ts';
import { outline } from './outline.ts';
import type { Recording } from './recording.ts';
import { runExperiment } from './run.ts';
import { createFakePlatform } from './testing/fake-platform.ts';

const both = (text: string) => ({ en: text, 'zh-CN': text });

/** An experiment that asks one thing of a command. */
async function ask(
  command: 'docker' | 'kn',
  line: string,
  answer?: (line: string) => Promise<string>,
): Promise<Recording> {
  const journal = createJournal({ now: () => performance.now() });
  const platform = { ...createFakePlatform(journal), ...(answer && { [command]: answer }) };
  return runExperiment(
    {
      ...{ title: both('title'), target: 'process', hypothesis: both('hypothesis') },
      prediction: { question: both('?'), answers: [{ text: both('yes'), holds: true }] },
      async run(bench) {
        bench.observe(both('answer'), await bench[command](line), 'two');
      },
      conclusion: both('conclusion'),
    },
    platform,
    { stage: '05-x', name: 'x', journal },
  );
}

describe.each([
  ['docker', 'history IMAGE', 'no Docker'],
  ['kn', 'revision list', 'no Knative'],
] as const)('%s', (command, line, missing) => {
  it('is recorded with what was asked and what it said', async () => {
    const recording = await ask(command, line, () => Promise.resolve('two'));
    expect(recording.verdict).toBe('confirmed');
    expect(recording.entries).toContainEqual(
      expect.objectContaining({ type: command, line, output: 'two' }),
    );
    expect(outline(recording)).toContain(`${command} ${line}`);
  });

  it('is not there on a target that has none', async () => {
    await expect(ask(command, line)).rejects.toThrow(missing);
  });
});

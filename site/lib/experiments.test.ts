import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { listExperiments } from '../../scripts/experiments/load.ts';
import { recordedExperiment } from './experiments.ts';
import { stages } from './stages.ts';

const experiments = stages.flatMap((stage) =>
  listExperiments(stage).map((name) => [stage.id, name] as const),
);

test.each(experiments)('%s: %s has a recorded run that the page can show', async (stage, name) => {
  const { experiment, recording } = await recordedExperiment(stage, name);
  expect(recording).toMatchObject({ stage, experiment: name, target: experiment.target });
});

test.each(experiments)('%s: %s is on its lesson, in both languages', (stage, name) => {
  for (const folder of ['', 'zh-cn/']) {
    const lesson = new URL(`../content/docs/${folder}stages/${stage}.mdx`, import.meta.url);
    expect(readFileSync(lesson, 'utf8')).toContain(
      `<Experiment stage="${stage}" name="${name}" />`,
    );
  }
});

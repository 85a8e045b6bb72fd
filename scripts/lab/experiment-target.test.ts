import { expect, test } from 'vitest';
import { listExperiments } from '../experiments/load.ts';
import { readRecording } from '../experiments/store.ts';
import { findStage, readStages } from '../stages/catalogue.ts';
import { experimentTarget } from './experiment-target.ts';

test('lab: what an image starts is a process, and what asks Docker itself has none', () => {
  const stage = findStage(readStages(), '5');
  const targets = listExperiments(stage).map((name) => {
    const recording = readRecording(stage, name);
    return [name, experimentTarget(recording?.target ?? '', recording)];
  });
  expect(Object.fromEntries(targets)).toEqual({
    'nobody-brings-it-back': 'process',
    'stop-loses-nothing': 'process',
    'what-is-in-the-image': undefined,
  });
  expect(experimentTarget('fc', undefined)).toBe('fc');
});

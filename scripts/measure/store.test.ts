import { expect, it } from 'vitest';
import { readStages } from '../stages/catalogue.ts';
import { homeOf } from './home.ts';
import { formatMeasures, readMeasures } from './store.ts';

const measures = readMeasures();

it.each(readStages())('stage $number has been measured where it is at home', (stage) => {
  expect(measures[stage.id]?.target, 'run "npm run measure", and commit what it writes').toBe(
    homeOf(stage),
  );
});

it('keeps the file as it was written, stages in order', () => {
  const [[, first] = []] = Object.entries(measures);
  if (!first) throw new Error('nothing is measured');
  const text = formatMeasures({ '02-b': first, '01-a': first });
  expect(Object.keys(JSON.parse(text) as object)).toEqual(['01-a', '02-b']);
});

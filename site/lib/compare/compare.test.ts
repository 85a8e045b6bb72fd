import { expect, it } from 'vitest';
import { readStages } from '../../../scripts/stages/catalogue.ts';
import { comparedDuties, comparedFigures, comparedFiles } from './compared.ts';
import { allPairs, pairWith } from './pairs.ts';

const [first, second, third, fourth] = readStages();

it('pairs every two stages once, the earlier first', () => {
  const pairs = allPairs([first!, second!, third!, fourth!]);
  expect(pairs.map(({ from, to }) => `${from.number}${to.number}`)).toEqual([
    ...['12', '13', '14', '23', '24', '34'],
  ]);
});

it('leads from each click to a pair in its order', () => {
  expect(pairWith(third!, { keep: first! })).toEqual({ from: first, to: third });
  expect(pairWith(first!, { keep: third! })).toEqual({ from: first, to: third });
  expect(pairWith(third!, { keep: third! })).toBeUndefined();
});

it('shows duties, figures and files of two stages that are no neighbours', () => {
  const pair = { from: first!, to: third! };
  const moved = comparedDuties(pair).filter(({ from, to }) => from !== to);
  expect(moved.find(({ duty }) => duty === 'data')).toMatchObject({ to: 'platform' });
  expect(comparedFiles(pair).map(({ path }) => path)).toContain('models/table.ts');
  const rows = comparedFigures(pair).map(({ row }) => row.id);
  expect(rows).toContain('application');
  expect(rows).not.toContain('kept');
  expect(comparedFigures({ from: first!, to: second! }).map(({ row }) => row.id)).toContain('kept');
});

import { describe, expect, it } from 'vitest';
import { readStages } from '../stages/catalogue.ts';
import { readFiles } from '../stages/files.ts';
import { deployablesOf } from './deployables.ts';
import { homeOf } from './home.ts';

const stages = readStages();
const of = (number: number): string[] => {
  const stage = stages.find((each) => each.number === number);
  return stage ? deployablesOf(stage, readFiles(stage.directory)) : [];
};

describe('what goes out on its own', () => {
  it('is the program where people keep a machine, whatever manifests there are', () => {
    expect(of(1)).toEqual(['program']);
    expect(of(5)).toEqual(['program']);
  });

  it('is each function, and the files of a CDN', () => {
    expect(of(3)).toEqual(['fc: page', 'fc: rule']);
    expect(of(4)).toEqual(['fc: page', 'fc: rule', 'CDN']);
  });

  it('is each workload of a cluster, and not what is there for trying out', () => {
    expect(of(6)).toEqual(['Deployment: todo']);
  });
});

it('measures a stage where its ledger says that it is', () => {
  const homes = stages.filter(({ number }) => number <= 6).map(homeOf);
  expect(homes).toEqual(['process', 'process', 'fc', 'fc', 'process', 'kubernetes']);
});

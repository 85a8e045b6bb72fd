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

  it('is each service of Knative, however many revisions it has, and a function on each cloud', () => {
    expect(of(7).toSorted()).toEqual(['Service: myapp', 'Service: rule', 'Service: user']);
    expect(of(8)).toEqual(['fc: midway', 'scf']);
  });
});

it('measures a stage where its ledger says that it is', () => {
  expect(stages.map(homeOf)).toEqual([
    ...['process', 'process', 'fc', 'fc', 'process', 'kubernetes', 'knative', 'fc'],
  ]);
});

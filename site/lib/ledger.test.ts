import { expect, test } from 'vitest';
import { DUTIES } from '../../scripts/stages/schema.ts';
import type { Carrier, StageDescription } from '../../scripts/stages/schema.ts';
import { ledgerOf, peopleCarry } from './ledger.ts';

const how = { en: 'how', 'zh-CN': '怎么做' };

function duties(carriers: Partial<Record<string, Carrier>> = {}): StageDescription['duties'] {
  const lines = DUTIES.map((duty) => [duty, { carrier: carriers[duty] ?? 'developer', how }]);
  return Object.fromEntries(lines) as StageDescription['duties'];
}

test('a line says who carried the duty before only when somebody else did', () => {
  const lines = ledgerOf(
    duties({ data: 'platform', network: 'operations' }),
    duties({ network: 'operations' }),
  );
  expect(lines.filter(({ was }) => was)).toEqual([
    { duty: 'data', carrier: 'platform', how, was: 'developer' },
  ]);
});

test('the first stage has no before, and its lines follow the order of the duties', () => {
  const lines = ledgerOf(duties());
  expect(lines.map(({ duty }) => duty)).toEqual(DUTIES);
  expect(lines.some((line) => 'was' in line)).toBe(false);
});

test('counts what is left to people: the developer and operations', () => {
  expect(
    peopleCarry(duties({ data: 'platform', scaling: 'platform', machine: 'operations' })),
  ).toBe(DUTIES.length - 2);
});

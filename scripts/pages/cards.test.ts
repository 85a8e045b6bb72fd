import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { readStages } from '../stages/catalogue.ts';
import { CARDS, cardFingerprint, readCardList } from './cards.ts';

const cards = Object.entries(readCardList());

it('has a card for the course in each language', () => {
  expect(cards.map(([name]) => name)).toEqual(
    expect.arrayContaining(['en/home', 'zh-CN/home', 'en/01-all-in-one', 'zh-CN/01-all-in-one']),
  );
});

it.each(cards)('%s is a PNG of 1200 by 630 and shows the stage as it is', (name, made) => {
  const file = readFileSync(join(CARDS, `${name}.png`));
  expect(file.toString('latin1', 1, 4)).toBe('PNG');
  expect([file.readUInt32BE(16), file.readUInt32BE(20)]).toEqual([1200, 630]);
  expect(file.length).toBeLessThan(150_000);
  const [language, id] = name.split('/') as ['en' | 'zh-CN', string];
  const stage = readStages().find((each) => each.id === id);
  expect(cardFingerprint(stage, language), 'run npm run cards').toBe(made);
});

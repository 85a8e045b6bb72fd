import { describe, expect, it } from 'vitest';
import { below, seeded } from '../testing/random.ts';
import { SortedMap } from './sorted-map.ts';

const COUNT = 5_000;

function numbers(): SortedMap<number, string> {
  return new SortedMap<number, string>((a, b) => a - b);
}

describe('a sorted map', () => {
  it('is what a plain map is, sorted, after any writes and deletions', () => {
    const random = seeded(1);
    const map = numbers();
    const model = new Map<number, string>();
    for (let step = 0; step < COUNT * 4; step += 1) {
      const key = below(random, COUNT);
      // Long runs of each, so that chunks are cut and emptied.
      if (Math.floor(step / COUNT) % 2 === 0) {
        map.set(key, `${step}`);
        model.set(key, `${step}`);
      } else {
        expect(map.delete(key)).toBe(model.delete(key));
      }
      expect(map.get(key)).toBe(model.get(key));
    }
    const sorted = [...model.keys()].toSorted((a, b) => a - b).map((key) => model.get(key));
    expect(map.size).toBe(model.size);
    expect([...map.values()]).toEqual(sorted);
  });

  it('reads on from any place, in either direction', () => {
    const map = numbers();
    for (let key = 0; key < 2_000; key += 2) map.set(key, `${key}`);
    const take = (values: Iterable<string>) => [...values].slice(0, 2);
    for (const place of [-1, 0, 1, 2, 255, 256, 511, 512, 1_023, 1_997, 1_998, 1_999, 3_000]) {
      const up = Array.from({ length: 1_000 }, (_, index) => index * 2).filter((k) => k >= place);
      const down = Array.from({ length: 1_000 }, (_, index) => 1_998 - index * 2).filter(
        (k) => k <= place,
      );
      expect(take(map.ascending(place)), `from ${place}`).toEqual(up.slice(0, 2).map(String));
      expect(take(map.descending(place)), `back from ${place}`).toEqual(
        down.slice(0, 2).map(String),
      );
    }
  });

  it('gives nothing when it is empty', () => {
    const map = numbers();
    expect([...map.ascending(0), ...map.descending(0), ...map.values()]).toEqual([]);
    expect(map.delete(1)).toBe(false);
    map.set(1, 'a');
    map.delete(1);
    map.set(2, 'b');
    expect([...map.descending(9)]).toEqual(['b']);
  });

  it('compares as few keys in a large map as two binary searches need', () => {
    let compared = 0;
    const map = new SortedMap<number, number>((a, b) => {
      compared += 1;
      return a - b;
    });
    const page = (): number => {
      compared = 0;
      expect([...take20(map.ascending(50))]).toHaveLength(20);
      return compared;
    };
    for (let key = 0; key < 100; key += 1) map.set(key, key);
    const small = page();
    for (let key = 100; key < 100_000; key += 1) map.set(key, key);
    expect(page()).toBeLessThanOrEqual(small + 10);
  });
});

function* take20(values: Iterable<number>): Generator<number> {
  let left = 20;
  for (const value of values) {
    if (left === 0) return;
    left -= 1;
    yield value;
  }
}

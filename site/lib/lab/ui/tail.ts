/** The last items of a list that grows without end. */
export interface Tail<Item> extends Iterable<Item> {
  push(item: Item): void;
  /** How many there ever were: what was shown up to here needs no second look. */
  readonly total: number;
  readonly length: number;
  /** The last `count`, oldest first. */
  last(count: number): Item[];
  clear(): void;
}

/**
 * Keeps the last `limit` items; pushing costs the same however many there were.
 *
 * @example
 * const lines = createTail<string>(2);
 * for (const line of ['a', 'b', 'c']) lines.push(line);
 * [...lines]; // ['b', 'c']
 */
export function createTail<Item>(limit: number): Tail<Item> {
  let items: Item[] = [];
  let total = 0;
  const last = (count: number): Item[] => items.slice(-Math.min(count, limit) || items.length);
  return {
    push(item) {
      items.push(item);
      total += 1;
      // Cut now and then rather than shift each time.
      if (items.length > limit * 2) items = items.slice(-limit);
    },
    get total() {
      return total;
    },
    get length() {
      return Math.min(items.length, limit);
    },
    last,
    clear() {
      items = [];
    },
    [Symbol.iterator]: () => last(limit)[Symbol.iterator](),
  };
}

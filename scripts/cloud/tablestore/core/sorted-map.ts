/** A chunk that grows beyond this is cut in two: small enough to insert into, large enough to be few. */
const MAX_CHUNK = 256;

interface Entry<K, V> {
  readonly key: K;
  readonly value: V;
}

/**
 * A map in key order: sorted chunks in a sorted list. Finding a place takes two binary searches, and
 * reading on from there costs what is read, however many entries there are.
 *
 * @example
 * const rows = new SortedMap<Key, Row>(compareKeys);
 * for (const row of rows.ascending([INF_MIN])) …
 */
export class SortedMap<K extends Place, V, Place = K> {
  /** Never empty, but for one chunk of an empty map. */
  readonly #chunks: Entry<K, V>[][] = [[]];
  readonly #compare: (a: Place, b: Place) => number;
  #size = 0;

  constructor(compare: (a: Place, b: Place) => number) {
    this.#compare = compare;
  }

  get size(): number {
    return this.#size;
  }

  get(key: K): V | undefined {
    const { chunk, index } = this.#find(key);
    const entry = this.#chunks[chunk]?.[index];
    return entry && this.#compare(entry.key, key) === 0 ? entry.value : undefined;
  }

  set(key: K, value: V): void {
    const { chunk, index } = this.#find(key);
    const entries = this.#chunks[chunk] ?? [];
    const found = entries[index];
    if (found && this.#compare(found.key, key) === 0) {
      entries[index] = { key, value };
      return;
    }
    entries.splice(index, 0, { key, value });
    this.#size += 1;
    if (entries.length > MAX_CHUNK)
      this.#chunks.splice(chunk + 1, 0, entries.splice(entries.length >> 1));
  }

  delete(key: K): boolean {
    const { chunk, index } = this.#find(key);
    const entries = this.#chunks[chunk] ?? [];
    const found = entries[index];
    if (!found || this.#compare(found.key, key) !== 0) return false;
    entries.splice(index, 1);
    this.#size -= 1;
    if (entries.length === 0 && this.#chunks.length > 1) this.#chunks.splice(chunk, 1);
    return true;
  }

  /** All values, in key order. */
  *values(): Generator<V> {
    for (const entries of this.#chunks) for (const entry of entries) yield entry.value;
  }

  /** The values from `place` on, itself included. */
  *ascending(place: Place): Generator<V> {
    let { chunk, index } = this.#find(place);
    for (; chunk < this.#chunks.length; chunk += 1, index = 0) {
      const entries = this.#chunks[chunk] ?? [];
      for (; index < entries.length; index += 1) {
        const entry = entries[index];
        if (entry) yield entry.value;
      }
    }
  }

  /** The values from `place` back, itself included. */
  *descending(place: Place): Generator<V> {
    let { chunk, index } = this.#find(place);
    const at = this.#chunks[chunk]?.[index];
    if (!at || this.#compare(at.key, place) > 0) index -= 1;
    for (; chunk >= 0; chunk -= 1, index = (this.#chunks[chunk]?.length ?? 0) - 1) {
      for (; index >= 0; index -= 1) {
        const entry = this.#chunks[chunk]?.[index];
        if (entry) yield entry.value;
      }
    }
  }

  /** Where the first entry at or after `place` is, or would be. */
  #find(place: Place): { chunk: number; index: number } {
    // The last chunk that begins at or before the place; a place before all is in the first.
    const after = firstIndex(this.#chunks.length, (at) => {
      const first = this.#chunks[at]?.[0];
      return first !== undefined && this.#compare(first.key, place) > 0;
    });
    const chunk = Math.max(0, after - 1);
    const entries = this.#chunks[chunk] ?? [];
    const index = firstIndex(entries.length, (at) => {
      const entry = entries[at];
      return entry !== undefined && this.#compare(entry.key, place) >= 0;
    });
    return { chunk, index };
  }
}

/** The first index that passes, of a list whose later ones pass too; its length when none does. */
function firstIndex(length: number, passes: (index: number) => boolean): number {
  let low = 0;
  let high = length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (passes(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}

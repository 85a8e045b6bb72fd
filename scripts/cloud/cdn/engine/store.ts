import { OBJECT_OVERHEAD_BYTES } from '../core/limits.ts';
import { type Purge, isPurged } from '../core/purge.ts';
import type { Freshness } from '../core/freshness.ts';
import { type Selector, selects } from '../core/vary.ts';

/** An object as an edge keeps it. */
export interface StoredObject extends Freshness {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Uint8Array<ArrayBuffer>;
  /** The requests that it answers, among those to its address. */
  readonly selector: Selector;
}

/** What an edge keeps: a bounded amount, the object used longest ago goes first. */
export interface Store {
  find(key: string, request: Headers): StoredObject | undefined;
  /** Keeps an object in the place of the one that answers the same requests. */
  put(key: string, object: StoredObject): void;
  remove(key: string, object: StoredObject): void;
  /** Takes out what is named and tells how many there were. */
  purge(purge: Purge): number;
}

/**
 * Makes an empty store.
 *
 * @example const store = createStore(CACHE_BYTES); store.find('/app.js', request.headers) // undefined
 */
export function createStore(capacity: number): Store {
  /** In the order of their last use. */
  const objects = new Map<string, StoredObject[]>();
  let bytes = 0;

  const set = (key: string, list: StoredObject[]): void => {
    bytes -= sizeOf(objects.get(key) ?? []);
    objects.delete(key);
    if (list.length === 0) return;
    objects.set(key, list);
    bytes += sizeOf(list);
  };

  return {
    find(key, request) {
      const list = objects.get(key);
      if (!list) return undefined;
      set(key, list);
      return list.find(({ selector }) => selects(selector, request));
    },
    put(key, object) {
      const others = (objects.get(key) ?? []).filter(
        ({ selector }) => !equal(selector, object.selector),
      );
      set(key, [...others, object]);
      for (const oldest of objects.keys()) {
        if (bytes <= capacity) break;
        set(oldest, []);
      }
    },
    remove(key, object) {
      set(
        key,
        (objects.get(key) ?? []).filter((other) => other !== object),
      );
    },
    purge(purge) {
      let count = 0;
      for (const [key, list] of [...objects]) {
        if (!isPurged(key, purge)) continue;
        count += list.length;
        set(key, []);
      }
      return count;
    },
  };
}

function sizeOf(list: readonly StoredObject[]): number {
  return list.reduce((sum, { body }) => sum + body.length + OBJECT_OVERHEAD_BYTES, 0);
}

function equal(one: Selector, other: Selector): boolean {
  return one.size === other.size && [...one].every(([name, value]) => other.get(name) === value);
}

/** Asked of functions and classes by the language and by tools, without being used. */
const HARMLESS = new Set<PropertyKey>(['name', 'length', 'prototype', 'then', 'toJSON']);

/**
 * Stands for a member of a Node module that is not in the Lab: it can be imported and passed around, and
 * whoever calls, constructs or reads it is told its name.
 *
 * @example absent('node:zlib', 'createGzip')() // throws "node:zlib createGzip is not in the Lab"
 */
export function absent(module: string, member: string): unknown {
  const refuse = (): never => {
    throw Object.assign(new Error(`${module} ${member} is not in the Lab`), {
      code: 'ERR_FEATURE_UNAVAILABLE_ON_PLATFORM',
    });
  };
  return new Proxy(function notInTheLab() {}, {
    apply: refuse,
    construct: refuse,
    set: refuse,
    get: (target, key) =>
      typeof key === 'symbol' || HARMLESS.has(key)
        ? (Reflect.get(target, key) as unknown)
        : refuse(),
  });
}

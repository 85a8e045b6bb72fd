import { format } from './format.ts';
import { custom, inspect as show } from './inspect.ts';
import types from './util-types.ts';

export const inspect = Object.assign(show, { custom, defaultOptions: {} });
export { format, types };
export const { TextDecoder, TextEncoder } = globalThis;

type Callback = (error: unknown, result?: unknown) => void;
type Call = (...parameters: unknown[]) => unknown;

/** Makes one constructor inherit from another, as before classes. */
export function inherits(
  constructor: { prototype: object; super_?: unknown },
  parent: { prototype: object },
): void {
  Object.defineProperty(constructor, 'super_', {
    value: parent,
    writable: true,
    configurable: true,
  });
  Object.setPrototypeOf(constructor.prototype, parent.prototype);
}

promisify.custom = Symbol.for('nodejs.util.promisify.custom');
export function promisify(call: Call): (...parameters: unknown[]) => Promise<unknown> {
  const own = (call as unknown as Record<symbol, unknown>)[promisify.custom];
  if (typeof own === 'function') return own as (...parameters: unknown[]) => Promise<unknown>;
  return function promisified(this: unknown, ...parameters) {
    return new Promise((resolve, reject) => {
      Reflect.apply(call, this, [
        ...parameters,
        (error: unknown, result: unknown) => (error ? reject(error) : resolve(result)),
      ]);
    });
  };
}

export function callbackify(
  call: (...parameters: unknown[]) => Promise<unknown>,
): (...parameters: unknown[]) => void {
  return function callbackified(this: unknown, ...parameters) {
    const callback = parameters.pop() as Callback;
    Reflect.apply(call, this, parameters).then(
      (result) => queueMicrotask(() => callback(null, result)),
      (error: unknown) => queueMicrotask(() => callback(error)),
    );
  };
}

/** Warns once, then calls. */
export function deprecate<Function extends Call>(call: Function, message: string): Function {
  let hasWarned = false;
  return function deprecated(this: unknown, ...parameters: unknown[]) {
    if (!hasWarned) console.error(`(node:1) DeprecationWarning: ${message}`);
    hasWarned = true;
    return Reflect.apply(call, this, parameters);
  } as Function;
}

/** Silent, since nobody sets NODE_DEBUG in a tab. */
export const debuglog = (): ((...parameters: unknown[]) => void) & { enabled: boolean } =>
  Object.assign(() => undefined, { enabled: false });
export const debug = debuglog;

export function isDeepStrictEqual(one: unknown, other: unknown): boolean {
  if (Object.is(one, other)) return true;
  if (typeof one !== 'object' || typeof other !== 'object' || !one || !other) return false;
  if (Object.getPrototypeOf(one) !== Object.getPrototypeOf(other)) return false;
  if (one instanceof Date) return one.getTime() === (other as Date).getTime();
  const keys = Object.keys(one) as (keyof typeof one)[];
  return (
    keys.length === Object.keys(other).length &&
    keys.every((key) => Object.hasOwn(other, key) && isDeepStrictEqual(one[key], other[key]))
  );
}

/** The escape sequences of a terminal, as Node knows them. */
const ESCAPES = new RegExp(
  String.raw`[\u001B\u009B][[\]()#;?]*(?:\d{1,4}(?:;\d{0,4})*)?[\dA-PR-TZcf-nq-uy=><~]`,
  'g',
);

export function stripVTControlCharacters(text: string): string {
  return text.replaceAll(ESCAPES, '');
}

export default {
  inspect,
  format,
  types,
  TextDecoder,
  TextEncoder,
  inherits,
  promisify,
  callbackify,
  deprecate,
  debuglog,
  debug,
  isDeepStrictEqual,
  stripVTControlCharacters,
};

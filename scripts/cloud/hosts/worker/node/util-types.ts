const tagOf = (value: unknown): string => Object.prototype.toString.call(value).slice(8, -1);
const tagged =
  (...tags: readonly string[]) =>
  (value: unknown): boolean =>
    tags.includes(tagOf(value));

export const isGeneratorFunction = tagged('GeneratorFunction', 'AsyncGeneratorFunction');
export const isAsyncFunction = tagged('AsyncFunction', 'AsyncGeneratorFunction');
export const isPromise = (value: unknown): boolean => value instanceof Promise;
export const isArrayBuffer = tagged('ArrayBuffer');
export const isAnyArrayBuffer = tagged('ArrayBuffer', 'SharedArrayBuffer');
export const isArrayBufferView = (value: unknown): boolean => ArrayBuffer.isView(value);
export const isTypedArray = (value: unknown): boolean =>
  ArrayBuffer.isView(value) && !(value instanceof DataView);
export const isUint8Array = (value: unknown): boolean => value instanceof Uint8Array;
export const isDataView = (value: unknown): boolean => value instanceof DataView;
export const isDate = (value: unknown): boolean => value instanceof Date;
export const isRegExp = (value: unknown): boolean => value instanceof RegExp;
export const isMap = (value: unknown): boolean => value instanceof Map;
export const isSet = (value: unknown): boolean => value instanceof Set;
export const isNativeError = (value: unknown): boolean => value instanceof Error;

export default {
  isGeneratorFunction,
  isAsyncFunction,
  isPromise,
  isArrayBuffer,
  isAnyArrayBuffer,
  isArrayBufferView,
  isTypedArray,
  isUint8Array,
  isDataView,
  isDate,
  isRegExp,
  isMap,
  isSet,
  isNativeError,
};

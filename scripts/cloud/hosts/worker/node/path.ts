import posix from 'path-browserify';

export const {
  basename,
  dirname,
  extname,
  format,
  isAbsolute,
  join,
  normalize,
  parse,
  relative,
  resolve,
} = posix;
export const { sep, delimiter } = posix;
/** Only Windows has such paths. */
export const toNamespacedPath = (path: string): string => path;
export { posix };
export default Object.assign(posix, { toNamespacedPath });

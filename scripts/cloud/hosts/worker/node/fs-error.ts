/** Linux' numbers and words: https://man7.org/linux/man-pages/man3/errno.3.html */
const ERRORS = {
  ENOENT: [-2, 'no such file or directory'],
  EEXIST: [-17, 'file already exists'],
  ENOTDIR: [-20, 'not a directory'],
  EISDIR: [-21, 'illegal operation on a directory'],
  EROFS: [-30, 'read-only file system'],
  ENOTEMPTY: [-39, 'directory not empty'],
} as const;

/**
 * An error of the file system in Node's words.
 *
 * @example fsError('ENOENT', 'open', '/a').message // "ENOENT: no such file or directory, open '/a'"
 */
export function fsError(
  code: keyof typeof ERRORS,
  syscall: string,
  path?: string,
  dest?: string,
): Error {
  const [errno, words] = ERRORS[code];
  const where = [path, dest].filter((each) => each !== undefined).map((each) => `'${each}'`);
  const message = `${code}: ${words}, ${syscall}${where.length > 0 ? ` ${where.join(' -> ')}` : ''}`;
  return Object.assign(new Error(message), {
    errno,
    code,
    syscall,
    ...(path !== undefined && { path }),
    ...(dest !== undefined && { dest }),
  });
}

const BLOCK = 512;

/**
 * Packs text files as a tar archive (POSIX ustar), all below one folder.
 *
 * @example new Blob([packTar('01-all-in-one', { 'index.ts': '…' }, new Date())])
 */
export function packTar(
  folder: string,
  files: Readonly<Record<string, string>>,
  modified: Date,
): Uint8Array<ArrayBuffer> {
  const encoder = new TextEncoder();
  const parts = Object.entries(files).flatMap(([path, text]) => {
    const body = encoder.encode(text);
    return [header(`${folder}/${path}`, body.length, modified), padded(body)];
  });
  // Two empty blocks are the end.
  parts.push(new Uint8Array(BLOCK * 2));
  const archive = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    archive.set(part, at);
    at += part.length;
  }
  return archive;
}

/** https://pubs.opengroup.org/onlinepubs/9799919799/utilities/pax.html#tag_20_94_13_06 */
function header(path: string, size: number, modified: Date): Uint8Array {
  const block = new Uint8Array(BLOCK);
  const write = (at: number, text: string): void => block.set(new TextEncoder().encode(text), at);
  const octal = (at: number, width: number, value: number): void =>
    write(at, value.toString(8).padStart(width - 1, '0'));
  if (new TextEncoder().encode(path).length > 100)
    throw new RangeError(`${path} is too long a name for tar`);
  write(0, path);
  octal(100, 8, 0o644);
  octal(108, 8, 0);
  octal(116, 8, 0);
  octal(124, 12, size);
  octal(136, 12, Math.floor(modified.getTime() / 1000));
  write(148, ' '.repeat(8));
  write(156, '0');
  write(257, 'ustar\u000000');
  // The sum of all bytes, its own counted as spaces.
  const sum = block.reduce((total, byte) => total + byte, 0);
  write(148, `${sum.toString(8).padStart(6, '0')}\0 `);
  return block;
}

function padded(body: Uint8Array): Uint8Array {
  const block = new Uint8Array(Math.ceil(body.length / BLOCK) * BLOCK);
  block.set(body);
  return block;
}

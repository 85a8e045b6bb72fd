import type { DiskChange, DiskFile, DiskImage } from '../disk.ts';
import { Buffer } from './buffer.ts';
import { fsError } from './fs-error.ts';

interface Folder {
  modified: number;
}

/** The worker's own copy of the disk, which answers at once; changes are passed on. */
let files = new Map<string, DiskFile>();
let folders = new Map<string, Folder>();
let isWritable: (path: string) => boolean = () => true;
let onChange: (change: DiskChange) => void = () => undefined;
let onRead: (path: string) => void = () => undefined;

/**
 * Puts a disk in place.
 *
 * @example mount(image, { isWritable: () => true, onChange: post, onRead: trace });
 */
export function mount(
  image: DiskImage,
  rules: {
    isWritable(path: string): boolean;
    onChange(change: DiskChange): void;
    onRead(path: string): void;
  },
): void {
  files = new Map();
  folders = new Map([['/', { modified: 0 }]]);
  for (const folder of image.folders) makeParents(`${folder}/x`);
  for (const [path, file] of image.files) {
    makeParents(path);
    files.set(path, file);
  }
  isWritable = (path) => rules.isWritable(path);
  onChange = (change) => rules.onChange(change);
  onRead = (path) => rules.onRead(path);
}

export type Found =
  | { readonly kind: 'file'; readonly file: DiskFile }
  | { readonly kind: 'folder'; readonly modified: number };

/** What is at a path; an error in Node's words when nothing is. */
export function find(path: string, call: string): Found {
  const file = files.get(path);
  if (file) return { kind: 'file', file };
  const folder = folders.get(path);
  if (folder) return { kind: 'folder', modified: folder.modified };
  throw fsError(isBelowFile(path) ? 'ENOTDIR' : 'ENOENT', call, path);
}

export function exists(path: string): boolean {
  return files.has(path) || folders.has(path);
}

export function read(path: string): Buffer {
  const found = find(path, 'open');
  if (found.kind === 'folder') throw fsError('EISDIR', 'read');
  onRead(path);
  const { bytes } = found.file;
  return Buffer.from(bytes.slice().buffer);
}

export function write(path: string, bytes: Uint8Array, call = 'open'): void {
  if (folders.has(path)) throw fsError('EISDIR', call, path);
  requireParent(path, call);
  requireWritable(path, call);
  const isNew = !files.has(path);
  // Its own copy: what the program changes later is not on the disk.
  const file = { bytes: new Uint8Array(bytes), modified: Date.now() };
  files.set(path, file);
  if (isNew) touch(parent(path));
  onChange({ kind: 'file', path, file });
}

export function makeFolder(path: string, isRecursive: boolean): string | undefined {
  if (exists(path)) {
    if (isRecursive && folders.has(path)) return undefined;
    throw fsError('EEXIST', 'mkdir', path);
  }
  const above = parent(path);
  let first: string | undefined;
  if (isRecursive && !exists(above)) first = makeFolder(above, true);
  else requireParent(path, 'mkdir');
  requireWritable(path, 'mkdir');
  folders.set(path, { modified: Date.now() });
  touch(above);
  onChange({ kind: 'folder', path });
  return first ?? path;
}

export function rename(from: string, to: string): void {
  if (!exists(from)) throw fsError('ENOENT', 'rename', from, to);
  if (!folders.has(parent(to))) throw fsError('ENOENT', 'rename', from, to);
  for (const path of [from, to]) if (!isWritable(path)) throw fsError('EROFS', 'rename', from, to);
  if (from === to) return;
  const isFolder = folders.has(from);
  if (!isFolder && folders.has(to)) throw fsError('EISDIR', 'rename', from, to);
  const moved = isFolder ? [from, ...below(from)] : [from];
  for (const path of moved) put(to + path.slice(from.length), path);
  touch(parent(to));
  for (const path of moved.toReversed()) remove(path);
}

/** The same file or folder under another path. */
function put(path: string, from: string): void {
  const file = files.get(from);
  if (file) files.set(path, file);
  else folders.set(path, { modified: Date.now() });
  onChange(file ? { kind: 'file', path, file } : { kind: 'folder', path });
}

export function unlink(path: string): void {
  if (find(path, 'unlink').kind === 'folder') throw fsError('EISDIR', 'unlink', path);
  requireWritable(path, 'unlink');
  remove(path);
}

export function removeFolder(path: string): void {
  if (find(path, 'rmdir').kind === 'file') throw fsError('ENOTDIR', 'rmdir', path);
  requireWritable(path, 'rmdir');
  if (below(path).length > 0) throw fsError('ENOTEMPTY', 'rmdir', path);
  remove(path);
}

export function removeTree(path: string): void {
  requireWritable(path, 'rm');
  for (const each of below(path).toReversed()) remove(each);
  remove(path);
}

/** The names in a folder, in order. */
export function list(path: string): string[] {
  if (find(path, 'scandir').kind === 'file') throw fsError('ENOTDIR', 'scandir', path);
  const depth = path === '/' ? 1 : path.length + 1;
  return below(path)
    .map((each) => each.slice(depth))
    .filter((name) => !name.includes('/'))
    .toSorted();
}

export function requireWritable(path: string, call: string): void {
  if (!isWritable(path)) throw fsError('EROFS', call, path);
}

function requireParent(path: string, call: string): void {
  const above = parent(path);
  if (folders.has(above)) return;
  throw fsError(files.has(above) || isBelowFile(above) ? 'ENOTDIR' : 'ENOENT', call, path);
}

function isBelowFile(path: string): boolean {
  for (let above = parent(path); above !== '/'; above = parent(above))
    if (files.has(above)) return true;
  return false;
}

function below(path: string): string[] {
  const prefix = path === '/' ? '/' : `${path}/`;
  return [...folders.keys(), ...files.keys()].filter(
    (each) => each !== '/' && each.startsWith(prefix),
  );
}

function remove(path: string): void {
  files.delete(path);
  folders.delete(path);
  touch(parent(path));
  onChange({ kind: 'gone', path });
}

function touch(path: string): void {
  const folder = folders.get(path);
  if (folder) folder.modified = Date.now();
}

function makeParents(path: string): void {
  for (let above = parent(path); !folders.has(above); above = parent(above))
    folders.set(above, { modified: 0 });
}

function parent(path: string): string {
  return path.slice(0, path.lastIndexOf('/')) || '/';
}

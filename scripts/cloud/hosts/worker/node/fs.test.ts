// One story of calls, told to Node's fs in a temporary folder and to the stand-in on a disk in memory.
import nodeFs from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { DiskChange } from '../disk.ts';
import fs from './fs.ts';
import { mount } from './fs-disk.ts';
import { described, laterOutcome, outcome } from './testing/outcome.ts';

type Fs = typeof nodeFs;
const shim = fs as unknown as Fs;

let folder: string;
const changes: DiskChange[] = [];
const reads: string[] = [];

beforeEach(() => {
  folder = nodeFs.realpathSync(nodeFs.mkdtempSync(join(tmpdir(), 'serverless-evolution-lab-fs-')));
  changes.length = 0;
  mount(
    { files: new Map(), folders: [folder] },
    {
      isWritable: (path) => !path.includes('/locked'),
      onChange: (change) => changes.push(change),
      onRead: (path) => reads.push(path),
    },
  );
  for (const module of [nodeFs, shim]) {
    module.mkdirSync(`${folder}/public`);
    module.writeFileSync(`${folder}/db.json`, '{"name":"中"}');
    module.writeFileSync(`${folder}/public/app.js`, 'x'.repeat(200_000));
  }
});
afterEach(() => nodeFs.rmSync(folder, { recursive: true }));

type Call = (module: Fs, at: (path: string) => string) => unknown;
const CALLS: readonly (readonly [name: string, call: Call])[] = [
  ['readFileSync as bytes', (m, at) => m.readFileSync(at('db.json'))],
  ['readFileSync as text', (m, at) => m.readFileSync(at('db.json'), 'utf8')],
  ['readFileSync with options', (m, at) => m.readFileSync(at('db.json'), { encoding: 'base64' })],
  ['readFileSync of a URL', (m, at) => m.readFileSync(new URL(`file://${at('db.json')}`), 'utf8')],
  ['readFileSync of nothing', (m, at) => m.readFileSync(at('none.txt'))],
  ['readFileSync of a folder', (m, at) => m.readFileSync(at('public'))],
  ['readFileSync below a file', (m, at) => m.readFileSync(at('db.json/x'))],
  ['readFileSync of a wrong type', (m) => m.readFileSync({} as never)],
  ['statSync', (m, at) => sizes(m.statSync(at('db.json')))],
  ['statSync of a folder', (m, at) => m.statSync(at('public')).isDirectory()],
  ['statSync of nothing', (m, at) => m.statSync(at('none'))],
  ['statSync that does not throw', (m, at) => m.statSync(at('none'), { throwIfNoEntry: false })],
  ['lstatSync of nothing', (m, at) => m.lstatSync(at('none'))],
  [
    'existsSync',
    (m, at) => [m.existsSync(at('db.json')), m.existsSync(at('none')), m.existsSync('')],
  ],
  ['accessSync', (m, at) => m.accessSync(at('db.json'))],
  ['accessSync of nothing', (m, at) => m.accessSync(at('none'))],
  [
    'writeFileSync',
    (m, at) => (m.writeFileSync(at('new.txt'), 'a'), m.readFileSync(at('new.txt'), 'utf8')),
  ],
  [
    'writeFileSync of bytes',
    (m, at) => (m.writeFileSync(at('b'), new Uint8Array([1, 2])), m.readFileSync(at('b'))),
  ],
  [
    'writeFileSync that appends',
    (m, at) => (
      m.writeFileSync(at('db.json'), '!', { flag: 'a' }),
      m.readFileSync(at('db.json'), 'utf8')
    ),
  ],
  ['writeFileSync that must be new', (m, at) => m.writeFileSync(at('db.json'), '', { flag: 'wx' })],
  ['writeFileSync without a folder', (m, at) => m.writeFileSync(at('none/a'), '')],
  ['writeFileSync over a folder', (m, at) => m.writeFileSync(at('public'), '')],
  [
    'appendFileSync',
    (m, at) => (
      m.appendFileSync(at('log'), 'a'),
      m.appendFileSync(at('log'), 'b'),
      m.readFileSync(at('log'), 'utf8')
    ),
  ],
  [
    'copyFileSync',
    (m, at) => (m.copyFileSync(at('db.json'), at('copy')), m.readFileSync(at('copy'), 'utf8')),
  ],
  [
    'renameSync',
    (m, at) => (
      m.renameSync(at('db.json'), at('old')),
      [m.existsSync(at('db.json')), m.readFileSync(at('old'), 'utf8')]
    ),
  ],
  [
    'renameSync over a file',
    (m, at) => (
      m.renameSync(at('db.json'), at('public/app.js')),
      m.readFileSync(at('public/app.js'), 'utf8')
    ),
  ],
  [
    'renameSync of a folder',
    (m, at) => (
      m.renameSync(at('public'), at('site')),
      [m.readdirSync(folderOf(at)), m.readdirSync(at('site'))]
    ),
  ],
  ['renameSync of nothing', (m, at) => m.renameSync(at('none'), at('other'))],
  ['renameSync into nothing', (m, at) => m.renameSync(at('db.json'), at('none/db.json'))],
  ['unlinkSync', (m, at) => (m.unlinkSync(at('db.json')), m.existsSync(at('db.json')))],
  ['unlinkSync of nothing', (m, at) => m.unlinkSync(at('none'))],
  ['rmSync of nothing', (m, at) => m.rmSync(at('none'))],
  ['rmSync of nothing, forced', (m, at) => m.rmSync(at('none'), { force: true })],
  [
    'rmSync of a folder',
    (m, at) => (m.rmSync(at('public'), { recursive: true }), m.existsSync(at('public/app.js'))),
  ],
  ['rmdirSync of a full folder', (m, at) => m.rmdirSync(at('public'))],
  ['rmdirSync of a file', (m, at) => m.rmdirSync(at('db.json'))],
  ['mkdirSync', (m, at) => m.mkdirSync(at('new'))],
  ['mkdirSync, deep', (m, at) => m.mkdirSync(at('a/b/c'), { recursive: true })],
  ['mkdirSync, deep and there', (m, at) => m.mkdirSync(at('public'), { recursive: true })],
  ['mkdirSync that is there', (m, at) => m.mkdirSync(at('public'))],
  ['mkdirSync without a parent', (m, at) => m.mkdirSync(at('none/a'))],
  ['readdirSync', (m, at) => m.readdirSync(folderOf(at)).toSorted()],
  [
    'readdirSync with types',
    (m, at) =>
      m
        .readdirSync(folderOf(at), { withFileTypes: true })
        .map((e) => [e.name, e.parentPath, e.isFile()].join())
        .toSorted(),
  ],
  ['readdirSync of nothing', (m, at) => m.readdirSync(at('none'))],
  ['readdirSync of a file', (m, at) => m.readdirSync(at('db.json'))],
  ['realpathSync', (m, at) => m.realpathSync(at('public/../db.json'))],
  ['realpathSync of nothing', (m, at) => m.realpathSync(at('none'))],
];

const folderOf = (at: (path: string) => string): string => at('.');
const sizes = (stats: nodeFs.Stats): unknown[] => [
  stats.size,
  stats.isFile(),
  stats.isSymbolicLink(),
  stats.mtime instanceof Date,
  stats.mtimeMs > 1e12,
];
const at = (path: string): string => join(folder, path);

test.each(CALLS)('fs %s', (_, call) => {
  const node = outcome(() => call(nodeFs, at));
  expect(outcome(() => call(shim, at))).toEqual(node);
});

type Later = (...parameters: unknown[]) => Promise<unknown>;
type WithCallback = (...parameters: unknown[]) => void;
const LATER: readonly (readonly [name: string, ...parameters: unknown[]])[] = [
  ['readFile', 'db.json', 'utf8'],
  ['readFile', 'none'],
  ['stat', 'none'],
  ['access', 'db.json'],
  ['access', 'none'],
  ['writeFile', 'new.txt', 'a'],
  ['writeFile', 'none/new.txt', 'a'],
  ['readdir', 'public'],
  ['readdir', 'db.json'],
  ['mkdir', 'new'],
  ['rm', 'none'],
  ['unlink', 'none'],
  ['rename', 'none', '/none'],
];

test.each(LATER)('fs/promises and callbacks: %s %s', async (name, path, ...rest) => {
  const parameters = [at(String(path)), ...rest];
  const promised = (module: Fs): Promise<unknown> =>
    (Reflect.get(module.promises, String(name)) as Later)(...parameters);
  const calledBack = (module: Fs): Promise<unknown> =>
    new Promise((resolve, reject) => {
      (Reflect.get(module, String(name)) as WithCallback)(
        ...parameters,
        (error: Error | null, result: unknown) => (error ? reject(error) : resolve(result)),
      );
    });
  for (const form of [promised, calledBack])
    expect(await laterOutcome(() => form(shim))).toEqual(await laterOutcome(() => form(nodeFs)));
});

test('a callback that is none is refused at once', () => {
  const call = (module: Fs) => () => (module.readFile as WithCallback)(at('db.json'), 'utf8', {});
  expect(outcome(call(shim))).toEqual(outcome(call(nodeFs)));
});

test('fs streams: a part of a file, a whole one in pieces, one that is written, one that is not there', async () => {
  const read = async (module: Fs, path: string, options?: object): Promise<unknown> => {
    const opened: string[] = [];
    const parts: string[] = [];
    const stream = module.createReadStream(at(path), options);
    stream.on('open', () => opened.push('open'));
    try {
      for await (const part of stream as AsyncIterable<Uint8Array>)
        parts.push(Buffer.from(part).toString());
    } catch (error) {
      return described(error);
    }
    return [opened, parts.join('').length, parts.join('').slice(0, 20)];
  };
  for (const [path, options] of [
    ['public/app.js'],
    ['db.json', { start: 2, end: 5 }],
    ['none'],
  ] as const)
    expect(await read(shim, path, options)).toEqual(await read(nodeFs, path, options));
  for (const module of [nodeFs, shim]) {
    const stream = module.createWriteStream(at('written'));
    stream.write('a');
    await new Promise<void>((resolve) => stream.end('b', resolve));
    expect(module.readFileSync(at('written'), 'utf8')).toBe('ab');
  }
});

test('what is written is told in order, and a closed folder cannot be written', () => {
  changes.length = 0;
  fs.writeFileSync(at('a.tmp'), '1');
  fs.renameSync(at('a.tmp'), at('a'));
  expect(changes.map(({ kind, path }) => `${kind} ${path.slice(folder.length)}`)).toEqual([
    'file /a.tmp',
    'file /a',
    'gone /a.tmp',
  ]);
  expect(outcome(() => fs.writeFileSync('/locked', ''))).toEqual({
    error: {
      name: 'Error',
      message: "EROFS: read-only file system, open '/locked'",
      code: 'EROFS',
      errno: -30,
      syscall: 'open',
      path: '/locked',
    },
  });
  reads.length = 0;
  fs.readFileSync(at('a'));
  expect(reads).toEqual([at('a')]);
});

test('what is read is a copy: the disk does not change with it', () => {
  const bytes = fs.readFileSync(at('db.json')) as Uint8Array;
  bytes.fill(0);
  expect(fs.readFileSync(at('db.json'), 'utf8')).toBe('{"name":"中"}');
});

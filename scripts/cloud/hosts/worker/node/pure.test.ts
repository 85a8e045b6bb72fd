// The same calls on Node's modules and on their stand-ins: results and errors are equal.
import nodeBuffer from 'node:buffer';
import nodeCrypto from 'node:crypto';
import nodeNet from 'node:net';
import nodePath from 'node:path';
import nodeQuerystring from 'node:querystring';
import nodeUrl from 'node:url';
import nodeUtil from 'node:util';
import nodeTypes from 'node:util/types';
import { expect, test } from 'vitest';
import buffer from './buffer.ts';
import crypto from './crypto.ts';
import net from './net.ts';
import path from './path.ts';
import querystring from './querystring.ts';
import { outcome } from './testing/outcome.ts';
import url from './url.ts';
import util from './util.ts';
import types from './util-types.ts';

type Call = (...parameters: unknown[]) => unknown;
type Module = Readonly<Record<string, Call>>;
type Row = readonly [name: string, ...parameters: unknown[]];

function compare(label: string, node: unknown, shim: unknown, rows: readonly Row[]): void {
  test.each(rows)(`${label} %s %j`, (name, ...parameters) => {
    const call = (module: unknown) => () => (module as Module)[String(name)]?.(...parameters);
    expect(typeof (node as Module)[String(name)], 'Node has it').toBe('function');
    expect(outcome(call(shim))).toEqual(outcome(call(node)));
  });
}

const long = new Uint8Array(70).fill(7);
compare('buffer', nodeBuffer, buffer, [
  ['isUtf8', new Uint8Array([0xe4, 0xb8, 0xad])],
  ['isUtf8', new Uint8Array([0xff])],
  ['isUtf8', new Uint8Array([0xe4, 0xb8])],
  ['isUtf8', new Uint8Array(0)],
  ['isAscii', new Uint8Array([0x41])],
  ['isAscii', new Uint8Array([0x80])],
]);

test.each(['', '_', '-_8', 'aGk', 'aGk=', '+/8', '  aGk', 'aGk.aGk'])(
  'buffer reads and writes %j as base64url',
  (text) => {
    const told = ({ Buffer }: typeof nodeBuffer) => {
      const bytes = Buffer.from(text, 'base64url');
      const target = Buffer.alloc(8);
      return [
        bytes.toString('hex'),
        bytes.toString('base64url'),
        bytes.toString(),
        target.write(text, 'base64url'),
        target.toString('BASE64URL' as BufferEncoding, 0, 5),
        Buffer.isEncoding('base64url'),
        Buffer.from('base64url').toString('latin1'),
      ];
    };
    expect(told(buffer as unknown as typeof nodeBuffer)).toEqual(told(nodeBuffer));
  },
);

compare('net', nodeNet, net, [
  ...['127.0.0.1', '256.1.1.1', '1.2.3', '01.2.3.4', '::1', '::ffff:1.2.3.4', 'fe80::1%eth0'].map(
    (text): Row => ['isIP', text],
  ),
  ...['', 'localhost', ':::', '1::2::3', '[::1]', 'fe80::1%', '12345::', 'g::'].map((text): Row => [
    'isIP',
    text,
  ]),
  ['isIPv4', '0.0.0.0'],
  ['isIPv6', '0.0.0.0'],
]);

compare('path', nodePath, path, [
  ['join', '/code', '..', 'public', './a.txt'],
  ['join', ''],
  ['resolve', '/code/public', '../db.json'],
  ['resolve', '/a', '/b', 'c'],
  ['normalize', '/a//b/../c/.'],
  ['basename', '/a/b.json', '.json'],
  ['dirname', '/a/b/c'],
  ['extname', '.gitignore'],
  ['extname', 'a.tar.gz'],
  ['isAbsolute', '/a'],
  ['relative', '/a/b/c', '/a/d'],
  ['parse', '/code/db.json'],
  ['format', { dir: '/code', base: 'db.json' }],
  ['toNamespacedPath', '/code'],
]);

compare('querystring', nodeQuerystring, querystring, [
  ...[
    'a=1&b=2',
    'a=1&a=2&a=3',
    '',
    'a',
    '=b',
    'a=b=c',
    '&&a=1&',
    'a+b=c+d',
    'a=%E4%B8%AD',
    'a=%zz',
    'a=%ff%41',
    '%5B%5D=1',
    'a[]=1&a[x]=2',
    '__proto__=1',
    'a=%',
    'a=1;b=2',
  ].map((text): Row => ['parse', text]),
  ['parse', 'a:1;b:2', ';', ':'],
  ['parse', 'a=1&b=2&c=3', '&', '=', { maxKeys: 2 }],
  ['stringify', { a: 1, b: ['x', 'y'], c: null, d: undefined, e: true, f: '中 &=' }],
  ['stringify', { a: 1, b: 2 }, ';', ':'],
  ['stringify', null],
  ['escape', 'a b/中'],
  ['unescape', 'a%20b%E4%B8%AD'],
]);

/** The fields of the legacy object, without its prototype. */
const parsed = (module: { parse(...p: unknown[]): object }) => ({
  parse: (...parameters: unknown[]) => ({ ...module.parse(...parameters) }),
});
compare('url', parsed(nodeUrl), parsed(url), [
  ...[
    '/',
    '/api/rule?name=a&b=%20',
    '/a#b',
    '/a?b#c',
    '//host/path',
    '/a b',
    '/a"b<c>',
    '',
    '?a',
    '#a',
    'http://localhost:3001/api?x=1#y',
    'https://user:pass@Example.com/',
    'http://example.com',
    'http://[::1]:80/a',
    'a/b',
    '/a\\b',
    '*',
    '/%7Ea/../b',
    "/it's",
  ].map((text): Row => ['parse', text]),
  ['parse', '/a?b=1&b=2', true],
  ['parse', '/a', true],
  ['parse', '//host/path', false, true],
]);
compare('url', nodeUrl, url, [
  ['format', { pathname: '/a/', search: '?b=1' }],
  [
    'format',
    { protocol: 'http', hostname: 'localhost', port: 3001, pathname: 'a', query: { b: 1 } },
  ],
  ['format', { pathname: '/a?b#c', hash: '#d' }],
  ['format', 'http://localhost/a b'],
  ['format', new URL('http://localhost/a?b#c')],
  ['fileURLToPath', 'file:///code/%E4%B8%AD%20a.ts'],
  ['fileURLToPath', 'file:///a%2Fb'],
  ['fileURLToPath', 'http://localhost/a'],
]);
test.each(['/code/app.ts', '/a b/中#?%.ts'])('url pathToFileURL %j', (text) => {
  expect(url.pathToFileURL(text).href).toBe(nodeUrl.pathToFileURL(text).href);
});

const digest = (module: typeof nodeCrypto) => ({
  hash: (algorithm: string, text: string, encoding: 'hex') =>
    module.createHash(algorithm).update(text, 'utf8').update(long).digest(encoding),
  raw: (algorithm: string) => module.createHash(algorithm).update('').digest(),
  hmac: (algorithm: string, key: string, encoding: 'hex') =>
    module.createHmac(algorithm, key).update('中').digest(encoding),
  twice: () => {
    const hash = module.createHash('sha1');
    hash.digest();
    return hash.digest();
  },
  scrypt: (password: string, salt: string, length: number, options: object) =>
    module.scryptSync(password, salt, length, options),
  equal: (one: Uint8Array, other: Uint8Array) => module.timingSafeEqual(one, other),
  random: (size: number) => module.randomBytes(size).length,
  uuid: () =>
    /^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/.test(module.randomUUID()),
});
compare('crypto', digest(nodeCrypto), digest(crypto as never), [
  ...['md5', 'sha1', 'SHA256', 'sha384', 'sha512'].flatMap((algorithm): Row[] => [
    ['hash', algorithm, '中文', 'hex'],
    ['hash', algorithm, '', 'base64'],
    ['hmac', algorithm, 'key', 'base64url'],
    ['raw', algorithm],
  ]),
  ['scrypt', '密码 password', 'salt', 32, { N: 1024, r: 8, p: 3 }],
  ['scrypt', 'password', '', 64, {}],
  ['scrypt', 'password', 'salt', 16, { cost: 16, blockSize: 1, parallelization: 1 }],
  ['scrypt', 'password', 'salt', 32, { N: 2 ** 15, r: 8, p: 3 }],
  ['scrypt', 'password', 'salt', 32, { N: 2 ** 15, r: 8, p: 3, maxmem: 2 ** 26 }],
  ['scrypt', 'password', 'salt', 32, { N: 1000 }],
  ['twice'],
  ['equal', new Uint8Array([1, 2]), new Uint8Array([1, 2])],
  ['equal', new Uint8Array([1, 2]), new Uint8Array([1, 3])],
  ['equal', new Uint8Array([1]), new Uint8Array([1, 3])],
  ['random', 100_000],
  ['uuid'],
]);

test('crypto: what is derived while other work goes on is the same', async () => {
  const derive = (module: Pick<typeof nodeCrypto, 'scrypt'>): Promise<string> =>
    new Promise((resolve, reject) => {
      module.scrypt('password', 'salt', 32, { N: 2048 }, (error, key) => {
        if (error) reject(error);
        else resolve(key.toString('hex'));
      });
    });
  expect(await derive(crypto as never)).toBe(await derive(nodeCrypto));
});

class Todo {
  key = 'a1';
}
const circular: Record<string, unknown> = { name: 'a' };
circular['self'] = circular;
const values: readonly unknown[] = [
  ...[undefined, null, true, 1, -0, 1n, Symbol('s'), 'text', "it's", 'a"b\'c', 'line\nbreak', ''],
  ...[[], [1, 'a', [2]], {}, { a: 1 }, { 'a-b': 1, c: { d: { e: { f: 1 } } } }, new Todo()],
  ...[new Map([['a', 1]]), new Set([1, 'b']), new Date(0), /a+/g, new Uint8Array([1, 2])],
  ...[() => 1, function named() {}, Todo, async () => 1, circular, Object.create(null)],
  {
    name: 'Buy milk',
    desc: 'Two litres of it',
    status: 1,
    owner: 'demo',
    key: 'a-long-enough-key',
  },
  {
    todos: [
      { key: 'a1', name: 'Buy milk' },
      { key: 'b2', name: 'Call mum' },
    ],
    lastCallNo: 2,
  },
  { deep: [{ a: { b: { c: { d: 1 } } } }] },
];
test.each(values.map((value, index) => [index, value] as const))('util inspect %i', (_, value) => {
  expect(util.inspect(value)).toBe(nodeUtil.inspect(value));
  expect(util.inspect({ value })).toBe(nodeUtil.inspect({ value }));
});

const failing = Object.assign(new Error("EROFS: read-only file system, open '/code/db.json'"), {
  errno: -30,
  code: 'EROFS',
});
const errors = [
  new Error('plain'),
  new TypeError('of a type', { cause: 'text' }),
  failing,
  new Error('outer', { cause: failing }),
  Object.assign(new Error('of our own'), { name: 'ApiError', status: 503 }),
];
test.each(errors)('util inspect of %s', (error) => {
  // Frames are a machine's own: one is enough to see where they go.
  for (let each: unknown = error; each instanceof Error; each = each.cause)
    each.stack = `${each.name}: ${each.message}\n    at work (/code/app.ts:1:2)`;
  expect(util.inspect(error)).toBe(nodeUtil.inspect(error));
  expect(util.format('-', 'POST', '/api/rule', error)).toBe(
    nodeUtil.format('-', 'POST', '/api/rule', error),
  );
});

compare('util', nodeUtil, util, [
  ['format', 'plain'],
  ['format', '%s is %d of %i, %f', 'a', '42', 42.9, '1.5'],
  ['format', '%j %o %%', { a: 1 }, 'text'],
  ['format', '%s', { a: { b: 1 } }],
  ['format', '%s %s', 'one'],
  ['format', '%s', Symbol('s'), 'more', { a: 1 }],
  ['format', '%s', new Error('of an error').message],
  ['format', 1, 'a', null, undefined],
  ['format', '100%', 'a'],
  ['format', '%x', 'a'],
  ['format'],
  ['isDeepStrictEqual', { a: [1, { b: 2 }] }, { a: [1, { b: 2 }] }],
  ['isDeepStrictEqual', { a: 1 }, { a: 1, b: undefined }],
  ['isDeepStrictEqual', [1], { 0: 1 }],
  ['stripVTControlCharacters', '\u001B[31mred\u001B[0m'],
]);

test('util inherits, promisify, callbackify and deprecate do as Node', async () => {
  for (const module of [nodeUtil, util as unknown as typeof nodeUtil]) {
    class Parent {
      hello = () => 'hello';
    }
    function Child() {}
    module.inherits(Child, Parent);
    expect(Object.getPrototypeOf(Child.prototype)).toBe(Parent.prototype);
    const half = module.promisify((value: number, done: (error: null, half: number) => void) =>
      done(null, value / 2),
    );
    expect(await half(4)).toBe(2);
    const fails = module.promisify((done: (error: Error) => void) => done(new Error('no')));
    await expect(fails()).rejects.toThrow('no');
    const told = await new Promise((resolve) =>
      module.callbackify(async (value: number) => value * 2)(3, (_error, result) =>
        resolve(result),
      ),
    );
    expect(told).toBe(6);
  }
});

const kinds = [
  new Date(),
  /a/,
  new Map(),
  new Set(),
  Promise.resolve(),
  new Uint8Array(1),
  new ArrayBuffer(1),
  new DataView(new ArrayBuffer(1)),
  new Error('a'),
  async () => 1,
  function* () {},
  {},
  null,
  'a',
];
test.each(Object.keys(types))('util.types %s', (name) => {
  const [ours, theirs] = [types, nodeTypes].map((module) =>
    kinds.map((value) => Boolean((module as unknown as Module)[name]?.(value))),
  );
  expect(ours).toEqual(theirs);
});

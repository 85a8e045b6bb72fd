// One script of requests that every host answers alike. Order matters: later ones see what earlier ones did.

/** What a request is made of; a function is called with the answers so far, by name. */
export interface Step {
  readonly name: string;
  /** More than one are sent at once. */
  requests(answers: ReadonlyMap<string, Answer>): readonly Sent[];
}

export interface Sent {
  readonly path: string;
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array<ArrayBuffer>;
}

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

const JSON_TYPE = { 'content-type': 'application/json' };
/** `{"name":"zipped"}` as gzip. */
const ZIPPED = bytesOf(
  '1f8b0800000000000003ab56ca4bcc4d55b252aaca2c28484d51aa0500f52fb7d911000000',
);

const json = (method: string, body: unknown): Sent => ({
  path: '/api/rule',
  method,
  headers: JSON_TYPE,
  body: JSON.stringify(body),
});
const one = (name: string, sent: Sent): Step => ({ name, requests: () => [sent] });
const get = (path: string, headers?: Record<string, string>): Step =>
  one(`GET ${path}${headers ? ` ${JSON.stringify(headers)}` : ''}`, {
    path,
    ...(headers && { headers }),
  });

function itemOf(answers: ReadonlyMap<string, Answer>): { key: string; version: number } {
  const body = answers.get('add')?.body ?? '{}';
  const { key = 'none', version = 1 } = JSON.parse(body) as { key?: string; version?: number };
  return { key, version };
}

export const STEPS: readonly Step[] = [
  get('/'),
  get('/index.html'),
  one('HEAD /', { path: '/', method: 'HEAD' }),
  get('/styles.css'),
  {
    name: 'If-None-Match',
    requests: (answers) => [
      {
        path: '/styles.css',
        headers: { 'if-none-match': answers.get('GET /styles.css')?.headers['etag'] ?? '' },
      },
    ],
  },
  get('/app.js', { 'if-modified-since': 'Fri, 01 Jan 2100 00:00:00 GMT' }),
  get('/app.js', { range: 'bytes=0-99' }),
  get('/app.js', { range: 'bytes=9999999-' }),
  get('/missing.txt'),
  get('/%E4%B8%AD%E6%96%87'),
  get('/%2e%2e%2fpackage.json'),
  get('/%zz'),
  get('/index.html/'),
  get('/healthz'),
  one('HEAD /healthz', { path: '/healthz', method: 'HEAD' }),
  one('POST /healthz', { path: '/healthz', method: 'POST' }),
  get('/api/currentUser'),
  one('PUT /api/currentUser', { path: '/api/currentUser', method: 'PUT' }),
  // Where there are accounts; elsewhere nobody knows the address.
  one('sign in', {
    path: '/api/login/account',
    method: 'POST',
    headers: JSON_TYPE,
    body: '{"userName":"demo","password":"serverless"}',
  }),
  get('/api/unknown'),
  one('empty list', { path: '/api/rule' }),
  one('HEAD /api/rule', { path: '/api/rule', method: 'HEAD' }),
  one('add', json('POST', { name: 'Buy milk', desc: 'Two litres' })),
  one('add unicode', json('POST', { name: '买牛奶 🥛 "quoted" <b>', desc: 'ü\n\t\\' })),
  one('broken JSON', { ...json('POST', {}), body: '{"name":' }),
  one('a string', json('POST', 'name')),
  one('no body', { path: '/api/rule', method: 'POST' }),
  one('empty JSON body', { path: '/api/rule', method: 'POST', headers: JSON_TYPE, body: '' }),
  one('no JSON', {
    path: '/api/rule',
    method: 'POST',
    headers: { 'content-type': 'text/plain' },
    body: 'a',
  }),
  one('a form', {
    path: '/api/rule',
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: 'name=a',
  }),
  one('120 KB', json('POST', { name: 'x'.repeat(120_000) })),
  one('name too long', json('POST', { name: 'x'.repeat(201) })),
  one('zipped', {
    ...json('POST', {}),
    headers: { ...JSON_TYPE, 'content-encoding': 'gzip' },
    body: ZIPPED,
  }),
  one('zipped and broken', {
    ...json('POST', {}),
    headers: { ...JSON_TYPE, 'content-encoding': 'gzip' },
    body: ZIPPED.slice(0, 20),
  }),
  one('unknown encoding', {
    ...json('POST', { name: 'a' }),
    headers: { ...JSON_TYPE, 'content-encoding': 'lzw' },
  }),
  one('unknown charset', {
    ...json('POST', { name: 'a' }),
    headers: { 'content-type': 'application/json; charset=klingon' },
  }),
  one('another site', {
    ...json('POST', { name: 'a' }),
    headers: { ...JSON_TYPE, 'sec-fetch-site': 'cross-site' },
  }),
  { name: 'change', requests: (answers) => [json('PUT', { ...itemOf(answers), status: '2' })] },
  {
    name: 'change an old version',
    requests: (answers) => [json('PUT', { ...itemOf(answers), name: 'late' })],
  },
  one('change an unknown one', json('PUT', { key: 'unknown', name: 'a' })),
  one('2020 dialect', json('POST', { method: 'post', name: 'Old' })),
  one('unknown dialect', json('POST', { method: 'patch', name: 'Old' })),
  one('PATCH', json('PATCH', { name: 'a' })),
  one('OPTIONS', { path: '/api/rule', method: 'OPTIONS' }),
  {
    name: 'eight at once',
    requests: () => Array.from({ length: 8 }, () => json('POST', { name: 'One of eight' })),
  },
  get('/api/rule?pageSize=3&current=2&sorter=name_ascend'),
  get('/api/rule?name=MILK&name=&status=2,1'),
  get('/api/rule?name=%E4%B9%B0&x=%zz&y=a+b'),
  get(`/api/rule?name=${'y'.repeat(3000)}`),
  { name: 'delete', requests: (answers) => [json('DELETE', { key: [itemOf(answers).key] })] },
  one('delete nothing', json('DELETE', { key: [] })),
  one('delete without a body', { path: '/api/rule', method: 'DELETE' }),
  get('/api/rule'),
];

function bytesOf(hexadecimal: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(hexadecimal.match(/../g) ?? [], (byte) => Number.parseInt(byte, 16));
}

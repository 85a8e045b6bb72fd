import { describe, expect, it } from 'vitest';
import { file, startEdge } from '../testing/edge.ts';

const PAGE = { origin: 'http://localhost:3001' };
const TEXT = 'body { margin: 0 } '.repeat(100);

describe('variants', () => {
  it('are kept apart by what the origin says that they depend on', async () => {
    const { get, asked } = startEdge(({ headers }) => {
      const coding = headers.get('accept-encoding') ?? '';
      const vary = { 'cache-control': 'max-age=60', vary: 'Accept-Encoding' };
      return new Response(coding, { headers: vary });
    });
    expect(await get('/a.js', { 'accept-encoding': 'gzip, deflate' })).toMatchObject({
      body: 'gzip',
    });
    expect(await get('/a.js')).toMatchObject({ body: 'identity', cache: 'MISS TCP_MISS' });
    expect(await get('/a.js', { 'accept-encoding': 'x, gzip' })).toMatchObject({
      body: 'gzip',
      cache: 'HIT TCP_MEM_HIT',
    });
    expect(await get('/a.js', { 'accept-encoding': 'br, gzip' })).toMatchObject({
      body: 'br, gzip',
    });
    expect(asked).toHaveLength(3);
  });

  it('are made at the edge for browsers that take gzip, with a weak tag', async () => {
    const own = { 'content-type': 'text/css', 'cache-control': 'max-age=60', etag: '"a"' };
    const { cdn, get, asked } = startEdge(file(own, TEXT), { compress: true });
    const zipped = await cdn.fetch('/a.css', { headers: { 'accept-encoding': 'gzip' } });
    const bytes = await zipped.arrayBuffer();
    expect(Object.fromEntries(zipped.headers)).toMatchObject({
      'content-encoding': 'gzip',
      'content-length': String(bytes.byteLength),
      etag: 'W/"a"',
      vary: 'Accept-Encoding',
    });
    const plain = new Response(bytes).body?.pipeThrough(new DecompressionStream('gzip'));
    expect(await new Response(plain).text()).toBe(TEXT);
    expect(await get('/a.css')).toMatchObject({ body: TEXT, cache: 'HIT TCP_MEM_HIT' });
    expect(asked).toHaveLength(1);
    const known = { 'accept-encoding': 'gzip', 'if-none-match': 'W/"a"' };
    expect(await get('/a.css', known)).toMatchObject({ status: 304, body: '' });
  });
});

describe('a reader', () => {
  const own = { 'cache-control': 'max-age=60', etag: '"a"', 'content-type': 'text/javascript' };

  it('who has it already gets 304, from the edge too', async () => {
    const { get, asked } = startEdge(file(own));
    expect(await get('/a.js', { 'if-none-match': '"a"' })).toMatchObject({ status: 304, body: '' });
    const { status, cache, headers } = await get('/a.js', { 'if-none-match': '"b", "a"' });
    expect([status, cache, headers.get('etag')]).toEqual([304, 'HIT TCP_MEM_HIT', '"a"']);
    // The edge asks for itself: what this reader has says nothing of what it needs.
    expect(asked.map(({ headers: sent }) => sent.get('if-none-match'))).toEqual([null]);
  });

  it('may ask for the headers alone, and the next one finds the object there', async () => {
    const { get, asked } = startEdge(file(own));
    const head = await get('/a.js', {}, 'HEAD');
    expect([head.status, head.body, head.headers.get('content-length')]).toEqual([200, '', '7']);
    expect(await get('/a.js')).toMatchObject({ body: 'content', cache: 'HIT TCP_MEM_HIT' });
    expect(asked.map(({ method }) => method)).toEqual(['GET']);
  });

  it('may ask for a part; the edge takes the whole', async () => {
    const { get, asked } = startEdge(file(own, '0123456789'));
    const part = await get('/a.js', { range: 'bytes=2-4' });
    expect(part).toMatchObject({ status: 206, body: '234' });
    expect(part.headers.get('content-range')).toBe('bytes 2-4/10');
    const none = await get('/a.js', { range: 'bytes=10-' });
    expect([none.status, none.headers.get('content-range')]).toEqual([416, 'bytes */10']);
    expect(asked.map(({ headers }) => headers.get('range'))).toEqual([null]);
  });

  it('on a page of another origin may read', async () => {
    const { get } = startEdge(file(own));
    const anybody = await get('/a.js', PAGE);
    expect(anybody.headers.get('access-control-allow-origin')).toBe('*');
    const asks = await get('/a.js', { ...PAGE, 'access-control-request-method': 'GET' }, 'OPTIONS');
    expect([asks.status, asks.headers.get('access-control-allow-methods')]).toEqual([
      200,
      'GET, HEAD',
    ]);
  });

  it('on a page that is not named may not, though the object is kept for one that is', async () => {
    const { get, asked } = startEdge(file(own), { allowedOrigins: [PAGE.origin] });
    const named = await get('/a.js', PAGE);
    const other = await get('/a.js', { origin: 'https://elsewhere.example' });
    expect([named, other].map(({ headers }) => headers.get('access-control-allow-origin'))).toEqual(
      [PAGE.origin, null],
    );
    expect(other.headers.get('vary')).toBe('Origin');
    expect(asked).toHaveLength(1);
  });

  it.each(['POST', 'PUT', 'DELETE', 'PATCH', 'PURGE'])('cannot %s', async (method) => {
    const { get, asked } = startEdge(file(own));
    const { status, headers } = await get('/a.js', {}, method);
    expect([status, headers.get('allow'), asked.length]).toEqual([405, 'GET, HEAD, OPTIONS', 0]);
  });
});

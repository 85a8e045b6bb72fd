import { describe, expect, it } from 'vitest';
import { BEGIN, file, SECOND, startEdge, tagged } from '../testing/edge.ts';

describe('the story of an object', () => {
  it('is a miss, then hits that grow older, then a question to the origin', async () => {
    const { get, clock, asked } = startEdge(tagged({ text: 'one' }));
    expect(await get('/a.js')).toMatchObject({ cache: 'MISS TCP_MISS', age: null, body: 'one' });
    await clock.skip(20 * SECOND);
    expect(await get('/a.js')).toMatchObject({ cache: 'HIT TCP_MEM_HIT', age: '20', body: 'one' });
    await clock.skip(39.9 * SECOND);
    expect(await get('/a.js')).toMatchObject({ cache: 'HIT TCP_MEM_HIT', age: '59' });
    await clock.skip(0.1 * SECOND);
    expect(await get('/a.js')).toMatchObject({
      cache: 'HIT TCP_REFRESH_HIT',
      age: '0',
      body: 'one',
    });
    await clock.skip(59 * SECOND);
    expect(await get('/a.js')).toMatchObject({ cache: 'HIT TCP_MEM_HIT', age: '59' });
    expect(asked.map(({ headers }) => headers.get('if-none-match'))).toEqual([null, '"one"']);
  });

  it('goes on with another one when the origin has changed it', async () => {
    const content = { text: 'one' };
    const { get, clock } = startEdge(tagged(content));
    await get('/a.js');
    content.text = 'two';
    await clock.skip(59 * SECOND);
    expect(await get('/a.js')).toMatchObject({ cache: 'HIT TCP_MEM_HIT', body: 'one' });
    await clock.skip(SECOND);
    expect(await get('/a.js')).toMatchObject({ cache: 'MISS TCP_REFRESH_MISS', body: 'two' });
    expect(await get('/a.js')).toMatchObject({ cache: 'HIT TCP_MEM_HIT', body: 'two' });
  });

  it('is the same for a year when its name has a hash', async () => {
    const { get, clock, asked } = startEdge(
      file({ 'cache-control': 'public, max-age=31536000, immutable' }),
    );
    await get('/app-4F7KQ2ZX.js');
    await clock.skip(364 * 86_400 * SECOND);
    const { cache, headers } = await get('/app-4F7KQ2ZX.js');
    expect([cache, headers.get('x-swift-cachetime')]).toEqual(['HIT TCP_MEM_HIT', '31536000']);
    expect(headers.get('x-swift-savetime')).toBe(new Date(BEGIN).toUTCString());
    expect(asked).toHaveLength(1);
  });

  it('begins at the origin each time when the origin wants it so', async () => {
    const { get, asked } = startEdge(file({ 'cache-control': 'no-cache', etag: '"a"' }));
    await get('/');
    expect(await get('/')).toMatchObject({ cache: 'MISS TCP_MISS' });
    expect(asked).toHaveLength(2);
  });

  it('is not touched by a reader who reloads, nor by a cookie', async () => {
    const { get, asked } = startEdge(file({ 'cache-control': 'max-age=60' }));
    await get('/a.js');
    const { cache } = await get('/a.js', { 'cache-control': 'no-cache', cookie: 'a=1' });
    expect([cache, asked.length]).toEqual(['HIT TCP_MEM_HIT', 1]);
  });

  it('is told as events, the origin only when it was asked', async () => {
    const { get, told } = startEdge(file({ 'cache-control': 'max-age=60' }));
    await get('/a.js?v=1');
    expect(told()).toEqual(['c1 GET /a.js?v=1', 'browser > cdn', 'cdn > origin', 'miss', '200']);
    await get('/a.js?v=1');
    expect(told()).toEqual(['c2 GET /a.js?v=1', 'browser > cdn', 'hit', '200']);
  });
});

describe('errors', () => {
  it('are kept for a second, so that a rush on what is not there stops at the edge', async () => {
    const { get, clock, asked } = startEdge(() => new Response('none', { status: 404 }));
    expect(await get('/no.js')).toMatchObject({ status: 404, cache: 'MISS TCP_MISS' });
    await clock.skip(0.9 * SECOND);
    expect(await get('/no.js')).toMatchObject({
      status: 404,
      cache: 'HIT TCP_MEM_HIT',
      body: 'none',
    });
    await clock.skip(0.1 * SECOND);
    await get('/no.js');
    expect(asked).toHaveLength(2);
  });

  it('of an unreachable origin are 502, of a slow one 504, and are not kept', async () => {
    let down = true;
    const { get } = startEdge(() => {
      if (down) throw new TypeError('fetch failed');
      return new Response('back', { headers: { 'cache-control': 'max-age=60' } });
    });
    expect(await get('/a.js')).toMatchObject({ status: 502, cache: 'MISS TCP_MISS' });
    down = false;
    expect(await get('/a.js')).toMatchObject({ status: 200, body: 'back' });

    const slow = startEdge(() => new Promise(() => undefined), { originTimeout: 30_000 });
    const answer = slow.get('/a.js');
    await slow.requestClock.skip(30_000);
    expect(await answer).toMatchObject({ status: 504 });
    expect(slow.asked[0]?.signal.aborted).toBe(true);
  });

  it('of the origin leave an old object in its place for as long as the origin has said', async () => {
    const state = { down: false };
    const { get, clock } = startEdge(() => {
      if (state.down) return new Response('no', { status: 503 });
      return new Response('old', {
        headers: { 'cache-control': 'max-age=60, stale-if-error=600' },
      });
    });
    await get('/a.js');
    state.down = true;
    await clock.skip(61 * SECOND);
    expect(await get('/a.js')).toMatchObject({
      status: 200,
      cache: 'HIT TCP_REF_FAIL_HIT',
      age: '61',
    });
    await clock.skip(600 * SECOND);
    expect(await get('/a.js')).toMatchObject({ status: 503, body: 'no' });
  });

  it('in the middle of a body are 502, and half of it is not kept', async () => {
    let cut = true;
    const { get } = startEdge(() => {
      const body = new ReadableStream({
        start(controller) {
          controller.enqueue(new TextEncoder().encode('half'));
          if (cut) controller.error(new Error('connection reset'));
          else controller.close();
        },
      });
      return new Response(body, { headers: { 'cache-control': 'max-age=60' } });
    });
    expect(await get('/a.js')).toMatchObject({ status: 502 });
    cut = false;
    expect(await get('/a.js')).toMatchObject({ status: 200, body: 'half' });
  });
});

describe('an old object', () => {
  it('is answered at once while the edge asks for a new one, once', async () => {
    const content = { text: 'one' };
    const { get, clock, asked, told } = startEdge(
      tagged(content, 'max-age=60, stale-while-revalidate=60'),
    );
    await get('/a.js');
    content.text = 'two';
    await clock.skip(61 * SECOND);
    told();
    const answers = await Promise.all([get('/a.js'), get('/a.js')]);
    expect(answers.map(({ body }) => body)).toEqual(['one', 'one']);
    expect(told()).toContain('stale');
    expect(asked).toHaveLength(2);
    expect(await get('/a.js')).toMatchObject({ cache: 'HIT TCP_MEM_HIT', body: 'two' });
  });
});

describe('a rush', () => {
  it('on an object that is not there yet asks the origin once', async () => {
    const ready = Promise.withResolvers<void>();
    const { get, asked } = startEdge(async () => {
      await ready.promise;
      return new Response('content', { headers: { 'cache-control': 'max-age=60' } });
    });
    const rush = Array.from({ length: 100 }, () => get('/a.js'));
    await new Promise((resolve) => setImmediate(resolve));
    ready.resolve();
    const answers = await Promise.all(rush);
    expect(asked).toHaveLength(1);
    expect(answers.filter(({ body }) => body === 'content')).toHaveLength(100);
    expect(answers.filter(({ cache }) => cache === 'MISS TCP_MISS')).toHaveLength(1);
  });

  it('on answers that are for one reader each shares none of them', async () => {
    let count = 0;
    const { get, asked } = startEdge(
      () => new Response(`secret ${++count}`, { headers: { 'cache-control': 'private' } }),
    );
    const answers = await Promise.all(Array.from({ length: 10 }, () => get('/me')));
    expect(new Set(answers.map(({ body }) => body)).size).toBe(10);
    expect(asked).toHaveLength(10);
  });

  it('outlives the reader who came first', async () => {
    const ready = Promise.withResolvers<void>();
    const { cdn, get } = startEdge(async () => {
      await ready.promise;
      return new Response('content', { headers: { 'cache-control': 'max-age=60' } });
    });
    const gone = new AbortController();
    const first = cdn.fetch('/a.js', { signal: gone.signal });
    const second = get('/a.js');
    gone.abort();
    ready.resolve();
    expect(await second).toMatchObject({ status: 200, body: 'content' });
    await first;
  });
});

describe('a purge', () => {
  const keep = { 'cache-control': 'max-age=600' };

  it('of a file forgets that one, of a directory all below it', async () => {
    const { cdn, get } = startEdge(file(keep));
    for (const path of ['/a/1.js', '/a/2.js', '/b/3.js']) await get(path);
    expect(cdn.purge({ type: 'file', path: '/a/1.js' })).toBe(1);
    const states = async () =>
      [await get('/a/1.js'), await get('/a/2.js'), await get('/b/3.js')].map(({ cache }) =>
        cache?.slice(0, 4),
      );
    expect(await states()).toEqual(['MISS', 'HIT ', 'HIT ']);
    expect(cdn.purge({ type: 'directory', path: '/a/' })).toBe(2);
    expect(await states()).toEqual(['MISS', 'MISS', 'HIT ']);
    expect(cdn.purge({ type: 'file', path: '/nothing' })).toBe(0);
  });

  it('is not undone by an answer that was under way', async () => {
    const ready = Promise.withResolvers<void>();
    let content = 'old';
    const { cdn, get } = startEdge(async () => {
      const sent = content;
      if (sent === 'old') await ready.promise;
      return new Response(sent, { headers: keep });
    });
    const before = get('/a.js');
    await new Promise((resolve) => setImmediate(resolve));
    content = 'new';
    cdn.purge({ type: 'file', path: '/a.js' });
    ready.resolve();
    expect(await before).toMatchObject({ body: 'old' });
    expect(await get('/a.js')).toMatchObject({ body: 'new' });
  });
});

describe('the memory of an edge', () => {
  it('is bounded: what was used longest ago goes', async () => {
    const { get } = startEdge(file({ 'cache-control': 'max-age=60' }, 'x'.repeat(5_000)), {
      capacity: 13_000,
    });
    await get('/1');
    await get('/2');
    await get('/1');
    await get('/3');
    const states = [await get('/1'), await get('/3'), await get('/2')];
    expect(states.map(({ cache }) => cache?.slice(0, 4))).toEqual(['HIT ', 'HIT ', 'MISS']);
  });

  it('is bounded for what is not there too: a name costs, if nothing is under it', async () => {
    const { get, asked } = startEdge(() => new Response(null, { status: 404 }), {
      capacity: 10_000,
    });
    for (let count = 0; count < 50; count += 1) await get(`/${count}`);
    for (let count = 0; count < 50; count += 1) await get(`/${count}`);
    expect(asked).toHaveLength(100);
  });

  it('does not take what is larger than allowed, but passes it on whole', async () => {
    const parts = ['0123456789', 'abcdefghij', 'ABCDEFGHIJ'];
    const { get } = startEdge(
      () =>
        new Response(
          new ReadableStream<Uint8Array>({
            start(controller) {
              for (const part of parts) controller.enqueue(new TextEncoder().encode(part));
              controller.close();
            },
          }),
          { headers: { 'cache-control': 'max-age=60' } },
        ),
      { largest: 15 },
    );
    expect(await get('/large')).toMatchObject({ body: parts.join('') });
    expect(await get('/large')).toMatchObject({ cache: 'MISS TCP_MISS', body: parts.join('') });
  });
});

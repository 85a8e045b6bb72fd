import { expect, test } from 'vitest';
import { createTestClock } from '../cloud/shared/test-clock.ts';
import { startLabServices } from './services.ts';

const clock = createTestClock(0);
const list = (environment: Readonly<Record<string, string>>) =>
  new Request(`${environment['TABLESTORE_ENDPOINT']}/ListTable`, { method: 'POST', body: 'x' });

test('lab: a stage with nothing beside it reaches nothing', async () => {
  const { environment, network } = await startLabServices({}, { clock });
  expect(environment).toEqual({});
  expect(network.origins).toEqual([]);
  await expect(network.fetch(new Request('http://tablestore.lab/'))).rejects.toMatchObject({
    code: 'ECONNREFUSED',
    message: 'connect ECONNREFUSED 127.0.0.1:80',
  });
});

test('lab: a table answers at its address until it is taken away', async () => {
  const services = await startLabServices({ services: ['tablestore'] }, { clock });
  const { environment, network, interrupt, restore } = services;
  expect(network.origins).toEqual([environment['TABLESTORE_ENDPOINT']]);
  expect((await network.fetch(list(environment))).status).toBe(400);
  await interrupt('tablestore');
  await expect(network.fetch(list(environment))).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  await restore('tablestore');
  expect((await network.fetch(list(environment))).status).toBe(400);
  await interrupt('tablestore');
  services.reset();
  expect((await network.fetch(list(environment))).status).toBe(400);
});

test('lab: every start has secrets of its own', async () => {
  const wanted = { services: ['tablestore'], secrets: ['JWT_SECRET'] };
  const { environment: one } = await startLabServices(wanted, { clock });
  const { environment: other } = await startLabServices(wanted, { clock });
  for (const name of ['JWT_SECRET', 'TABLESTORE_ACCESS_KEY_SECRET']) {
    expect(one[name]).toMatch(/^[\w-]{43}$/);
    expect(one[name]).not.toBe(other[name]);
  }
});

test('lab: what it has not is named, with what there is', async () => {
  await expect(startLabServices({ services: ['queue'] }, { clock })).rejects.toThrow(
    'nothing called "queue" runs beside this stage in the Lab. There is tablestore, cdn.',
  );
  const { interrupt } = await startLabServices({}, { clock });
  await expect(interrupt('tablestore')).rejects.toThrow('There is nothing.');
});

const wantsCdn = {
  services: ['cdn'],
  built: { folder: 'cdn/dist/', files: { 'cdn/dist/app-4F7KQ2ZX.js': 'go()' }, from: 'cdn/' },
};

test('lab: a CDN is asked at its own address, first of its bucket and then of its memory', async () => {
  const events: string[] = [];
  const emit = (event: { type: string; outcome?: string }) =>
    event.type === 'cache' && events.push(event.outcome ?? '');
  const services = await startLabServices(wantsCdn, { clock, emit });
  expect(services.environment).toEqual({ CDN_ORIGIN: 'http://cdn.lab' });
  const get = async () => {
    const response = await services.fetch('http://cdn.lab/app-4F7KQ2ZX.js');
    return [response?.headers.get('x-cache')?.slice(0, 4).trim(), await response?.text()];
  };
  expect(await get()).toEqual(['MISS', 'go()']);
  expect(await get()).toEqual(['HIT', 'go()']);
  services.reset();
  expect(await get()).toEqual(['MISS', 'go()']);
  expect(events).toEqual(['miss', 'hit', 'miss']);
  expect(services.fetch('/cdn/app-4F7KQ2ZX.js')).toBeUndefined();
  await services.interrupt('cdn');
  await expect(get()).rejects.toMatchObject({ code: 'ECONNREFUSED' });
});

test('lab: for a page in a frame the CDN is below the stage’s address', async () => {
  const services = await startLabServices(wantsCdn, { clock, isFramed: true });
  expect(services.environment).toEqual({ CDN_ORIGIN: '/cdn' });
  expect(await (await services.fetch('/cdn/app-4F7KQ2ZX.js'))?.text()).toBe('go()');
  expect((await services.fetch('/cdn/none.js'))?.status).toBe(404);
  expect(services.fetch('/api/rule')).toBeUndefined();
  await expect(services.fetch('http://elsewhere.lab/')).rejects.toMatchObject({
    code: 'ECONNREFUSED',
  });
});

import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startServices, type RunningServices, type ServicesOptions } from './services.ts';

interface Client {
  createTable(request: object): Promise<unknown>;
  listTable(request: object): Promise<{ tableNames: string[] }>;
}
const { Client } = createRequire(import.meta.url)('tablestore') as {
  Client: new (options: object) => Client;
};

let directory: string;
const running: RunningServices[] = [];

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'services-test-'));
});
afterEach(async () => {
  await Promise.all(running.splice(0).map((services) => services.close()));
  rmSync(directory, { recursive: true, force: true });
});

async function start(
  stage: Omit<ServicesOptions['stage'], 'id'>,
  options: Partial<ServicesOptions> = {},
): Promise<RunningServices> {
  const services = await startServices({
    stage: { id: '03-fixture', ...stage },
    directory,
    keep: false,
    ...options,
  });
  running.push(services);
  return services;
}

function clientOf({ environment }: RunningServices): Client {
  return new Client({
    endpoint: environment['TABLESTORE_ENDPOINT'],
    instancename: environment['TABLESTORE_INSTANCE'],
    accessKeyId: environment['TABLESTORE_ACCESS_KEY_ID'],
    accessKeySecret: environment['TABLESTORE_ACCESS_KEY_SECRET'],
    maxRetries: 0,
  });
}

const table = {
  tableMeta: { tableName: 'todo', primaryKey: [{ name: 'id', type: 'STRING' }] },
  reservedThroughput: { capacityUnit: { read: 0, write: 0 } },
  tableOptions: { timeToLive: -1, maxVersions: 1 },
};

describe('services beside a stage', () => {
  it('are none where none is asked for', async () => {
    const services = await start({});
    expect(services.environment).toEqual({});
    await expect(services.interrupt('tablestore')).rejects.toThrow(
      'nothing called "tablestore" runs beside 03-fixture. There is nothing.',
    );
  });

  it('are a Tablestore that the SDK reaches by the environment, and nobody with another key', async () => {
    const services = await start({ services: { tablestore: {} } });
    await clientOf(services).createTable(table);
    expect((await clientOf(services).listTable({})).tableNames).toEqual(['todo']);
    const other = await start({ services: { tablestore: {} } });
    const { TABLESTORE_ACCESS_KEY_SECRET = '' } = other.environment;
    const forged = { ...services.environment, TABLESTORE_ACCESS_KEY_SECRET };
    await expect(
      clientOf({ ...services, environment: forged }).listTable({}),
    ).rejects.toMatchObject({ code: 403 });
    expect((await clientOf(other).listTable({})).tableNames).toEqual([]);
  });

  describe('a CDN', () => {
    const cdn = { services: { cdn: { build: 'build:cdn', files: 'cdn/dist' } } };
    const NAME = 'app-4F7KQ2ZX.js';
    /** What the stage's own script would make. */
    const build = (_script: string, folder: string): Promise<void> => {
      mkdirSync(join(directory, folder), { recursive: true });
      writeFileSync(join(directory, folder, NAME), 'run();');
      return Promise.resolve();
    };

    it('has the files that the stage builds, at the address in the environment', async () => {
      const built: unknown[] = [];
      const services = await start(cdn, {
        build: (script, folder) => {
          built.push([script, folder]);
          return build(script, folder);
        },
      });
      expect(built).toEqual([['build:cdn', 'cdn/dist']]);
      const { CDN_ORIGIN = '' } = services.environment;
      const response = await fetch(`${CDN_ORIGIN}/${NAME}`);
      expect([response.status, await response.text()]).toEqual([200, 'run();']);
    });

    it('answers whoever asks through the services too, and tells what it does', async () => {
      const events: string[] = [];
      const services = await start(cdn, {
        build,
        emit: (event) => events.push(event.type === 'cache' ? event.outcome : event.type),
      });
      const url = `${services.environment['CDN_ORIGIN']}/${NAME}`;
      await (await services.fetch(url)).text();
      const again = await services.fetch(url);
      expect(again.headers.get('x-cache')).toContain('HIT');
      expect(events.filter((type) => !['request', 'response', 'hop'].includes(type))).toEqual([
        'miss',
        'hit',
      ]);
    });

    it('goes away and comes back at its address', async () => {
      const services = await start(cdn, { build });
      const url = `${services.environment['CDN_ORIGIN']}/${NAME}`;
      await services.interrupt('cdn');
      await expect(fetch(url)).rejects.toThrow('fetch failed');
      await expect(services.fetch(url)).rejects.toThrow('fetch failed');
      await services.restore('cdn');
      expect((await fetch(url)).status).toBe(200);
    });

    it('of the reader is used where one is kept, and asked over the network', async () => {
      const theirs = await start(cdn, { build });
      const { CDN_ORIGIN = '' } = theirs.environment;
      const services = await start(cdn, { keep: true, own: { CDN_ORIGIN } });
      expect(services.environment['CDN_ORIGIN']).toBe(CDN_ORIGIN);
      expect((await services.fetch(`${CDN_ORIGIN}/${NAME}`)).status).toBe(200);
    });
  });

  it('go away and come back with all that they hold', async () => {
    const services = await start({ services: { tablestore: {} } });
    const client = clientOf(services);
    await client.createTable(table);
    await services.interrupt('tablestore');
    await services.interrupt('tablestore');
    await expect(client.listTable({})).rejects.toThrow('ECONNREFUSED');
    await services.restore('tablestore');
    await services.restore('tablestore');
    expect((await client.listTable({})).tableNames).toEqual(['todo']);
  });

  it('keep nothing on this machine, unless they are told to', async () => {
    const before = temporary();
    const services = await start({ services: { tablestore: {} } });
    expect(temporary()).toHaveLength(before.length + 1);
    await services.close();
    expect(temporary()).toEqual(before);
    expect(existsSync(join(directory, 'local'))).toBe(false);

    const kept = await start({ services: { tablestore: {} } }, { keep: true });
    await clientOf(kept).createTable(table);
    await kept.close();
    const again = await start({ services: { tablestore: {} } }, { keep: true });
    expect((await clientOf(again).listTable({})).tableNames).toEqual(['todo']);
    expect(readdirSync(join(directory, 'local'))).toContain('tables.log');
  });

  it('are the reader’s own where the environment names them and todos are to be kept', async () => {
    const own = {
      TABLESTORE_ENDPOINT: 'https://todo.example.com',
      TABLESTORE_INSTANCE: 'todo',
      TABLESTORE_ACCESS_KEY_ID: 'id',
      TABLESTORE_ACCESS_KEY_SECRET: 'secret',
    };
    const services = await start({ services: { tablestore: {} } }, { keep: true, own });
    expect(services.environment).toEqual(own);
    await expect(services.interrupt('tablestore')).rejects.toThrow('There is nothing');

    const test = await start({ services: { tablestore: {} } }, { keep: false, own });
    expect(test.environment['TABLESTORE_ENDPOINT']).toMatch(/^http:\/\/127\.0\.0\.1:/);
    const { TABLESTORE_INSTANCE: _, ...incomplete } = own;
    await expect(
      start({ services: { tablestore: {} } }, { keep: true, own: incomplete }),
    ).rejects.toMatchObject({ code: 'E_SERVICE_VARIABLES', exitCode: 64 });
  });

  it('make up secrets of 32 bytes that differ, unless the reader has set them', async () => {
    const stage = { secrets: ['JWT_SECRET'] };
    const secrets = [await start(stage), await start(stage)].map(
      ({ environment }) => environment['JWT_SECRET'] ?? '',
    );
    expect(secrets.map((secret) => Buffer.from(secret, 'base64url').length)).toEqual([32, 32]);
    expect(new Set(secrets).size).toBe(2);
    const own = { JWT_SECRET: 'mine' };
    expect((await start(stage, { keep: true, own })).environment).toEqual(own);
  });
});

function temporary(): string[] {
  return readdirSync(tmpdir()).filter((name) =>
    name.startsWith(`serverless-evolution-tablestore-${process.pid}-`),
  );
}

import { randomBytes } from 'node:crypto';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import type { TestContext } from 'node:test';
import { Configuration, type IMidwayContainer } from '@midwayjs/core';
import type { Application } from '@midwayjs/faas';
import { close, createFunctionApp } from '@midwayjs/mock';
import type { Tables } from '../models/table.ts';
import { MainConfiguration } from '../src/configuration.ts';
import { TABLES } from '../src/service/tables.ts';
import { NodeStarter } from '../src/starter/node-starter.ts';
import { memoryTables } from './memory-tables.ts';

/** dist/app/tests -> the stage. */
const STAGE = path.join(__dirname, '..', '..', '..');

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** The parsed body; what it holds is the test's claim. */
  json<Type = Record<string, unknown>>(): Type;
}

/** Somebody who talks to the service, with the cookie that they were given last. */
export interface Client {
  call(
    method: string,
    path: string,
    body?: unknown,
    headers?: Record<string, string>,
  ): Promise<Answer>;
}

export interface Service {
  readonly url: string;
  client(): Client;
}

/** The whole service with tables in memory in place of the real ones: only what is injected differs. */
export async function startService(
  test: TestContext,
  tables: Tables = memoryTables(),
): Promise<Service> {
  // What runs is compiled already.
  process.env['MIDWAY_TS_MODE'] = 'false';
  process.env['JWT_SECRET'] = randomBytes(32).toString('base64url');
  // #region swap
  @Configuration({ namespace: 'memory' })
  class MemoryTables {
    async onConfigLoad(container: IMidwayContainer): Promise<void> {
      container.registerObject(TABLES, tables);
    }
  }

  const app = (await createFunctionApp(STAGE, {
    starter: new NodeStarter(),
    baseDir: __dirname,
    imports: [MemoryTables, MainConfiguration],
  })) as unknown as Application & { callback2(): RequestListener };
  // #endregion swap
  const server = createServer(app.callback2());
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  test.after(async () => {
    server.close();
    server.closeAllConnections();
    await close(app as never);
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { url, client: () => createClient(url) };
}

function createClient(url: string): Client {
  let cookie = '';
  return {
    async call(method, target, body, headers = {}) {
      const response = await fetch(url + target, {
        method,
        headers: {
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
          ...(cookie === '' ? {} : { cookie }),
          ...headers,
        },
        ...(body === undefined
          ? {}
          : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
      });
      const [given] = response.headers.getSetCookie();
      if (given !== undefined) cookie = given.split(';', 1)[0] ?? '';
      const text = await response.text();
      return {
        status: response.status,
        headers: response.headers,
        text,
        json: <Type>() => JSON.parse(text) as Type,
      };
    },
  };
}

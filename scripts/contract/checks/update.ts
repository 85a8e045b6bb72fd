import type { Api, Todo } from '../api.ts';
import type { Check } from '../check.ts';
import { expectEqual, expectError, expectStatus, expectThat, object } from '../expect.ts';
import { aMoment } from './list.ts';

const REFUSED: readonly { id: string; title: string; fields: Record<string, unknown> }[] = [
  { id: 'state-4', title: 'a state that does not exist', fields: { status: 4 } },
  { id: 'negative-state', title: 'a negative state', fields: { status: -1 } },
  { id: 'state-in-words', title: 'a state in words', fields: { status: 'done' } },
  { id: 'half-state', title: 'half a state', fields: { status: 1.5 } },
  { id: 'empty-name', title: 'an empty name', fields: { name: '' } },
  { id: 'long-name', title: 'a name of 201 characters', fields: { name: 'n'.repeat(201) } },
  {
    id: 'long-desc',
    title: 'a description of 2,001 characters',
    fields: { desc: 'd'.repeat(2001) },
  },
];

/** `PUT /api/rule`. */
export const updateChecks: readonly Check[] = [
  {
    id: 'update/merges',
    title: 'changes what was sent and keeps the rest',
    needs: ['writes'],
    async run(api) {
      const todo = await api.create('milk', { desc: 'two litres' });
      const answer = await put(api, { key: todo.key, status: 2 });
      // The service's own bookkeeping may follow from the change.
      const follows = new Set(['progress', 'updatedAt', 'version']);
      for (const [field, value] of Object.entries({ ...todo, status: 2 })) {
        if (!follows.has(field)) expectEqual(field, answer[field], value);
      }
    },
  },
  {
    id: 'update/is-listed',
    title: 'the list then shows the todo as the answer did',
    needs: ['writes'],
    async run(api) {
      const { key } = await api.create('milk');
      const answer = await put(api, { key, name: `${api.marker} oat milk`, desc: 'one litre' });
      expectEqual('name', answer.name, `${api.marker} oat milk`);
      expectEqual('the todo in the list', await api.find(key), answer);
    },
  },
  {
    id: 'update/four-states',
    title: 'each of the four states can be set and is listed as a number',
    needs: ['writes'],
    async run(api) {
      const { key } = await api.create('milk');
      for (const status of [0, 1, 2, 3]) {
        expectEqual('status in the answer', (await put(api, { key, status })).status, status);
        expectEqual('status in the list', (await api.find(key))?.status, status);
      }
    },
  },
  {
    id: 'update/state-as-digits',
    title: 'a state sent as digits is the same state',
    needs: ['writes'],
    async run(api) {
      const { key } = await api.create('milk');
      expectEqual('status', (await put(api, { key, status: '3' })).status, 3);
    },
  },
  ...REFUSED.map(({ id, title, fields }) => ({
    id: `update/refuses-${id}`,
    title: `refuses ${title} with 400 and changes nothing`,
    needs: ['writes'] as const,
    run: async (api: Api) => {
      const todo = await api.create('milk');
      expectError(await api.send('PUT', '/api/rule', { key: todo.key, ...fields }), 400);
      expectEqual('the todo in the list', await api.find(todo.key), todo);
    },
  })),
  {
    id: 'update/unknown-key',
    title: 'an unknown key is 404 and creates nothing',
    needs: ['writes'],
    async run(api) {
      for (const key of [`no-such-${api.marker}`, '__proto__', 'constructor']) {
        const reply = await api.send('PUT', '/api/rule', { key, name: `${api.marker} ghost` });
        expectError(reply, 404);
      }
      expectEqual('todos', (await api.mine()).length, 0);
    },
  },
  {
    id: 'update/no-key',
    title: 'a body without a key is 400',
    async run(api) {
      expectError(await api.send('PUT', '/api/rule', { name: `${api.marker} whose` }), 400);
    },
  },
  {
    id: 'update/touches-the-time',
    title: 'updatedAt moves on, createdAt stays',
    needs: ['writes'],
    async run(api) {
      const todo = await api.create('milk');
      await aMoment();
      const answer = await put(api, { key: todo.key, status: 2 });
      expectEqual('createdAt', answer['createdAt'], todo['createdAt']);
      const [before, after] = [String(todo['updatedAt']), String(answer['updatedAt'])];
      expectThat(
        new Date(after) > new Date(before),
        `updatedAt: expected later than ${before}, found ${after}`,
      );
    },
  },
  {
    id: 'update/takes-only-its-fields',
    title: 'owner, creation time and number cannot be overwritten',
    needs: ['writes'],
    async run(api) {
      const todo = await api.create('milk');
      const forged = { owner: 'somebody else', createdAt: '2001-01-01T00:00:00.000Z', callNo: -1 };
      await put(api, { key: todo.key, ...forged, admin: true });
      const found = await api.find(todo.key);
      for (const field of Object.keys(forged)) expectEqual(field, found?.[field], todo[field]);
      expectEqual('an unknown field', found?.['admin'], undefined);
    },
  },
  {
    id: 'update/leaves-others',
    title: 'another todo stays as it is',
    needs: ['writes'],
    async run(api) {
      const other = await api.create('bread');
      const { key } = await api.create('milk');
      await put(api, { key, name: `${api.marker} oat milk`, status: 2 });
      expectEqual('the other todo', await api.find(other.key), other);
    },
  },
  {
    id: 'update/current-version',
    title: 'an edit of the current version succeeds and makes a new one',
    needs: ['writes'],
    async run(api) {
      const { key, version } = await api.create('milk');
      expectThat(version !== undefined, 'a todo has no version');
      const edited = await put(api, { key, version, status: 2 });
      expectThat(edited['version'] !== version, `version: still ${JSON.stringify(version)}`);
      await put(api, { key, version: edited['version'], status: 3 });
    },
  },
  {
    id: 'update/old-version',
    title: 'an edit of an old version is 409 and changes nothing',
    needs: ['writes'],
    async run(api) {
      const { key, version } = await api.create('milk');
      const theirs = await put(api, { key, version, desc: 'theirs' });
      expectError(await api.send('PUT', '/api/rule', { key, version, desc: 'ours' }), 409);
      expectEqual('the todo in the list', await api.find(key), theirs);
    },
  },
  {
    id: 'update/no-version',
    title: 'an edit that names no version always applies',
    needs: ['writes'],
    async run(api) {
      const { key } = await api.create('milk');
      await put(api, { key, desc: 'one' });
      expectEqual('desc', (await put(api, { key, desc: 'two' })).desc, 'two');
    },
  },
  {
    id: 'update/method-is-ignored',
    title: 'the field "method" that later front ends send along is ignored',
    needs: ['writes'],
    async run(api) {
      const { key } = await api.create('milk');
      await put(api, { key, method: 'delete', status: 2 });
      expectEqual('status', (await api.find(key))?.status, 2);
    },
  },
];

async function put(api: Api, body: Record<string, unknown>): Promise<Todo> {
  const reply = await api.send('PUT', '/api/rule', body);
  expectStatus(reply, 200);
  return object(reply) as unknown as Todo;
}

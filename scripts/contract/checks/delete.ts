import type { Api, Todo } from '../api.ts';
import type { Check } from '../check.ts';
import { expectEqual, expectError, expectStatus, expectThat, isRecord, object } from '../expect.ts';

/** `DELETE /api/rule`. */
export const deleteChecks: readonly Check[] = [
  {
    id: 'delete/one',
    title: 'removes the todo whose key is given',
    needs: ['writes'],
    async run(api) {
      const keep = await api.create('keep');
      const { key } = await api.create('gone');
      await remove(api, key);
      expectEqual('todos left', keys(await api.mine()), [keep.key]);
    },
  },
  {
    id: 'delete/many',
    title: 'removes every todo of a list of keys, and no other',
    needs: ['writes'],
    async run(api) {
      const todos = [];
      for (const title of ['a', 'b', 'c', 'd']) todos.push(await api.create(title));
      await remove(api, [todos[0]?.key, todos[2]?.key]);
      expectEqual('todos left', keys(await api.mine()), [todos[3]?.key, todos[1]?.key]);
    },
  },
  {
    id: 'delete/answers-with-page-1',
    title: 'answers with page 1 of what is left and its total',
    needs: ['writes'],
    async run(api) {
      const gone = await api.create('gone');
      const keep = await api.create('keep');
      const before = (await api.list()).total;
      const { list, pagination } = await remove(api, [gone.key]);
      const after = (await api.list()).total;
      expectThat(Array.isArray(list), `list: expected todos, found ${JSON.stringify(list)}`);
      const listed = keys(list as Todo[]);
      expectThat(listed.length <= 10, `list: expected at most 10 todos, found ${listed.length}`);
      expectThat(listed.includes(keep.key), 'list: a todo that was kept and is new is missing');
      expectThat(!listed.includes(gone.key), 'list: the deleted todo is in it');
      const total = isRecord(pagination) ? Number(pagination['total']) : Number.NaN;
      // Somebody else may write at the same time: the total lies between those seen around it.
      const [low, high] = [Math.min(before - 1, after), Math.max(before - 1, after)];
      expectThat(
        total >= low && total <= high,
        `pagination.total: expected ${low}, found ${total}`,
      );
    },
  },
  {
    id: 'delete/exact-keys',
    title: 'part of a key, or more than a key, matches nothing',
    needs: ['writes'],
    async run(api) {
      const one = await api.create('one');
      const two = await api.create('two');
      const key = String(one.key);
      const near = [key.slice(0, -1), key.slice(1), `${key}0`, ` ${key}`, one.name, api.marker];
      for (const almost of near.filter((text) => text !== '')) {
        const reply = await api.send('DELETE', '/api/rule', { key: [almost] });
        expectStatus(reply, 200, 404);
      }
      expectEqual('todos left', keys(await api.mine()), [two.key, one.key]);
    },
  },
  {
    id: 'delete/no-key',
    title: 'a body without a key is 400 and removes nothing',
    async run(api) {
      const before = (await api.list()).total;
      for (const body of [{}, { key: null }, { key: '' }, { key: {} }]) {
        expectError(await api.send('DELETE', '/api/rule', body), 400);
      }
      const { total } = await api.list();
      expectThat(before === 0 || total > 0, `the list of ${before} todos is empty`);
    },
  },
  {
    id: 'delete/no-body',
    title: 'no body at all is refused and removes nothing',
    async run(api) {
      const before = (await api.list()).total;
      expectError(await api.request({ method: 'DELETE', path: '/api/rule' }), 400, 415);
      const { total } = await api.list();
      expectThat(before === 0 || total > 0, `the list of ${before} todos is empty`);
    },
  },
  {
    id: 'delete/method-is-ignored',
    title: 'the field "method" that later front ends send along is ignored',
    needs: ['writes'],
    async run(api) {
      const { key, name } = await api.create('gone');
      await remove(api, [key], { method: 'post', name, desc: 'made by delete' });
      expectEqual('todos left', keys(await api.mine()), []);
    },
  },
  {
    id: 'delete/then-update',
    title: 'a todo that was deleted cannot be edited back into the list',
    needs: ['writes'],
    async run(api) {
      const { key } = await api.create('gone');
      await remove(api, [key]);
      expectError(await api.send('PUT', '/api/rule', { key, name: `${api.marker} back` }), 404);
      expectEqual('todos left', keys(await api.mine()), []);
    },
  },
];

async function remove(
  api: Api,
  key: unknown,
  fields: Record<string, unknown> = {},
): Promise<Record<string, unknown>> {
  const reply = await api.send('DELETE', '/api/rule', { key, ...fields });
  expectStatus(reply, 200);
  return object(reply);
}

function keys(todos: readonly Todo[]): Todo['key'][] {
  return todos.map(({ key }) => key);
}

import type { Api } from '../api.ts';
import type { Check } from '../check.ts';
import { expectEqual, expectError, expectStatus, expectThat, object } from '../expect.ts';

/** What only some stages promise: see `capabilities.ts`. */
export const byDesignChecks: readonly Check[] = [
  {
    id: 'restart/keeps-todos',
    title: 'a todo is still there, unchanged, after a restart',
    needs: ['writes', 'survivesRestart', 'restart'],
    async run(api, { restart }) {
      const { key } = await api.create('to be kept');
      const reply = await api.send('PUT', '/api/rule', { key, status: 2 });
      expectStatus(reply, 200);
      await restart();
      expectEqual('the todo in the list', await api.find(key), object(reply));
    },
  },
  {
    id: 'legacy/post',
    title: 'POST with method "post" adds a todo',
    needs: ['writes', 'legacyDialect'],
    async run(api) {
      const body = { method: 'post', name: `${api.marker} milk`, desc: 'x' };
      expectStatus(await api.send('POST', '/api/rule', body), 200, 201);
      expectEqual('todos', (await api.mine()).length, 1);
    },
  },
  {
    id: 'legacy/update',
    title: 'POST with method "update" changes a todo and keeps the rest of it',
    needs: ['writes', 'legacyDialect'],
    async run(api) {
      const { key, name } = await api.create('milk');
      const body = { method: 'update', key, desc: 'changed' };
      expectStatus(await api.send('POST', '/api/rule', body), 200);
      const todos = (await api.mine()).map((todo) => [todo.key, todo.name, todo.desc]);
      expectEqual('todos', todos, [[key, name, 'changed']]);
    },
  },
  {
    id: 'legacy/delete',
    title: 'POST with method "delete" removes a todo',
    needs: ['writes', 'legacyDialect'],
    async run(api) {
      const keep = await api.create('keep');
      const { key } = await api.create('gone');
      const body = { method: 'delete', key: [key] };
      expectStatus(await api.send('POST', '/api/rule', body), 200);
      expectEqual(
        'keys left',
        (await api.mine()).map((todo) => todo.key),
        [keep.key],
      );
    },
  },
  {
    id: 'refused-write/create',
    title: 'a todo that cannot be stored is 503 in JSON and is not listed',
    needs: ['refusesWrites'],
    async run(api) {
      const body = { name: api.marker, desc: 'x' };
      await unchanged(api, async () => {
        expectError(await api.send('POST', '/api/rule', body), 503);
      });
      expectEqual('todos', (await api.mine()).length, 0);
    },
  },
  {
    id: 'refused-write/change',
    title: 'an edit or delete that cannot be stored is 503 and changes nothing',
    needs: ['refusesWrites'],
    async run(api) {
      await unchanged(api, async ([todo]) => {
        // Of an empty list there is nothing to change: that the key is unknown is the other right answer.
        const allowed = todo ? [503] : [503, 404];
        const key = todo?.key ?? `no-such-${api.marker}`;
        expectError(await api.send('PUT', '/api/rule', { key, desc: 'x' }), ...allowed);
        const removal = await api.send('DELETE', '/api/rule', { key: [key] });
        if (todo) expectError(removal, 503);
        else expectStatus(removal, 200, 404, 503);
      });
    },
  },
  {
    id: 'refused-write/bad-input-first',
    title: 'bad input is still 400: the reader learns what to mend first',
    needs: ['refusesWrites'],
    async run(api) {
      expectError(await api.send('POST', '/api/rule', { name: '', desc: api.marker }), 400);
    },
  },
];

async function unchanged(
  api: Api,
  attempt: (todos: Awaited<ReturnType<Api['list']>>['data']) => Promise<void>,
): Promise<void> {
  const before = await api.list();
  await attempt(before.data);
  const after = await api.list();
  expectThat(
    JSON.stringify(after) === JSON.stringify(before),
    `the list changed: ${before.total} todos before, ${after.total} after`,
  );
}

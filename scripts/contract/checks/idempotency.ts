import type { Api, Todo } from '../api.ts';
import type { Check } from '../check.ts';
import type { Reply } from '../client.ts';
import { expectEqual, expectError, expectStatus, expectThat, object } from '../expect.ts';

/** `Idempotency-Key`: a POST that can be sent again by whoever got no answer. */
export const idempotencyChecks: readonly Check[] = [
  {
    id: 'idempotency/same-request',
    title: 'the same request with the same Idempotency-Key makes one todo',
    needs: ['writes', 'idempotency'],
    async run(api) {
      const body = { name: `${api.marker} once`, desc: 'x' };
      const headers = { 'idempotency-key': api.marker };
      const first = await api.send('POST', '/api/rule', body, headers);
      const retry = await api.send('POST', '/api/rule', body, headers);
      expectStatus(first, 201);
      expectStatus(retry, 200, 201);
      expectEqual('key in the answer to the retry', object(retry)['key'], object(first)['key']);
      expectEqual('todos', (await api.mine()).length, 1);
    },
  },
  {
    id: 'idempotency/other-request',
    title: 'another request with the same Idempotency-Key is 422',
    needs: ['writes', 'idempotency'],
    async run(api) {
      const headers = { 'idempotency-key': api.marker };
      const body = { name: `${api.marker} one`, desc: 'x' };
      expectStatus(await api.send('POST', '/api/rule', body, headers), 201);
      const other = { ...body, name: `${api.marker} two` };
      expectError(await api.send('POST', '/api/rule', other, headers), 422);
      expectEqual('todos', (await api.mine()).length, 1);
    },
  },
  {
    id: 'idempotency/other-key',
    title: 'the same request with another Idempotency-Key makes another todo',
    needs: ['writes', 'idempotency'],
    async run(api) {
      for (const key of ['a', 'b']) expectStatus(await post(api, key), 201);
      expectEqual('todos', (await api.mine()).length, 2);
    },
  },
  {
    id: 'idempotency/at-once',
    title: 'of ten equal requests with one Idempotency-Key at the same moment one todo comes',
    needs: ['writes', 'idempotency', 'oneList'],
    async run(api) {
      const replies = await Promise.all(Array.from({ length: 10 }, () => post(api, 'impatient')));
      // Whoever comes while the first one is under way may also be told to come again.
      for (const reply of replies) expectStatus(reply, 200, 201, 409);
      const made = replies.filter(({ status }) => status !== 409);
      expectThat(made.length > 0, 'all ten were refused: nobody got the todo');
      expectEqual('keys in the answers', new Set(made.map((reply) => keyOf(reply))).size, 1);
      expectEqual(
        'keys in the list',
        (await api.mine()).map(({ key }) => key),
        [made[0] && keyOf(made[0])],
      );
    },
  },
  {
    id: 'idempotency/after-delete',
    title: 'a todo that was deleted does not come back when its request is sent again',
    needs: ['writes', 'idempotency'],
    async run(api) {
      const first = await post(api, 'late');
      expectStatus(first, 201);
      expectStatus(await api.send('DELETE', '/api/rule', { key: [keyOf(first)] }), 200);
      await post(api, 'late');
      expectEqual('todos', (await api.mine()).length, 0);
    },
  },
  {
    id: 'idempotency/after-restart',
    title: 'the Idempotency-Key is still known after a restart',
    needs: ['writes', 'idempotency', 'survivesRestart', 'restart'],
    async run(api, { restart }) {
      const first = await post(api, 'patient');
      await restart();
      const retry = await post(api, 'patient');
      expectStatus(retry, 200, 201);
      expectEqual('key in the answer to the retry', keyOf(retry), keyOf(first));
      expectEqual('todos', (await api.mine()).length, 1);
    },
  },
];

/** Always the same todo; the key is one that no other check uses. */
function post(api: Api, key: string): Promise<Reply> {
  const body = { name: `${api.marker} once`, desc: 'x' };
  return api.send('POST', '/api/rule', body, { 'idempotency-key': `${api.marker}-${key}` });
}

function keyOf(reply: Reply): Todo['key'] {
  return object(reply)['key'] as Todo['key'];
}

import { setTimeout as pause } from 'node:timers/promises';
import type { FakeRequest, FakeTodo } from '../fake-service.ts';
import { mishears, on, read, THINKS_FOR_MILLISECONDS, type Wrong } from '../ways-to-be-wrong.ts';

const post = on('POST');

function keyOf({ headers }: FakeRequest): string {
  return headers['idempotency-key'] ?? '';
}

export const wrongIdempotency: readonly Wrong[] = [
  {
    check: 'idempotency/same-request',
    does: 'ignores the key',
    fault: mishears(post, (request) => ({
      ...request,
      headers: { ...request.headers, 'idempotency-key': undefined },
    })),
  },
  {
    check: 'idempotency/other-request',
    does: 'answers another request with the first answer',
    fault: {
      handle: (right) => (request, state) =>
        state.answered.get(request.headers['idempotency-key'] ?? '')?.reply ??
        right(request, state),
    },
  },
  {
    check: 'idempotency/other-key',
    does: 'knows requests by what they hold',
    fault: mishears(post, (request) => ({
      ...request,
      headers: { ...request.headers, 'idempotency-key': request.body },
    })),
  },
  {
    check: 'idempotency/at-once',
    does: 'looks for the key before it waits for the disk',
    fault: {
      handle: (right) => async (request, state) => {
        const known = post(request) ? state.answered.get(keyOf(request)) : undefined;
        await pause(THINKS_FOR_MILLISECONDS);
        if (post(request) && known === undefined) state.answered.delete(keyOf(request));
        return right(request, state);
      },
    },
  },
  {
    check: 'idempotency/after-delete',
    does: 'adds the todo again when it cannot find it',
    fault: {
      handle: (right) => async (request, state) => {
        const reply = await right(request, state);
        const todo = read(reply.body) as FakeTodo;
        if (post(request) && !state.todos.some(({ key }) => key === todo.key))
          state.todos = [todo, ...state.todos];
        return reply;
      },
    },
  },
  {
    check: 'idempotency/after-restart',
    does: 'keeps the keys in its memory',
    fault: { restart: (state) => state.answered.clear() },
  },
];

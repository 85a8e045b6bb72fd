import type { FakeState } from '../fake-service.ts';
import { add, json } from '../right-service.ts';
import {
  brokenPage,
  instead,
  misreads,
  on,
  overwrites,
  read,
  thenDoes,
  type Wrong,
} from '../ways-to-be-wrong.ts';

const post = on('POST');
const put = on('PUT');
const remove = on('DELETE');

export const wrongByDesign: readonly Wrong[] = [
  {
    check: 'restart/keeps-todos',
    does: 'forgets everything',
    fault: { restart: (state) => void (state.todos = []) },
  },
  {
    check: 'restart/keeps-todos',
    does: 'forgets the last change',
    fault: {
      restart: (state) => void (state.todos = state.todos.map((todo) => ({ ...todo, status: 1 }))),
    },
  },
  {
    check: 'legacy/post',
    does: 'does not know the word "post"',
    fault: instead(post, () => json(400, {})),
  },
  ...['update', 'delete'].map((method) => ({
    check: `legacy/${method}`,
    does: 'takes every POST for a new todo',
    fault: misreads(post, ({ method: _, ...body }) => ({ name: 'untitled', ...body })),
  })),
  {
    check: 'refused-write/create',
    does: 'lists the todo that it could not store',
    fault: thenDoes(post, (state, { body }) => void add(state, read(body))),
  },
  {
    check: 'refused-write/create',
    does: 'breaks',
    fault: instead(post, () => brokenPage()),
  },
  {
    check: 'refused-write/change',
    does: 'shows the edit that it could not store',
    fault: thenDoes(put, (state, { body }) => {
      state.todos = state.todos.map((todo) => ({ ...todo, ...read(body) }));
    }),
  },
  {
    check: 'refused-write/change',
    does: 'says that it has deleted',
    fault: instead(remove, () => json(200, { list: [], pagination: { total: 0 } })),
  },
  {
    check: 'refused-write/bad-input-first',
    does: 'says 503 to everything',
    fault: instead(post, () => json(503, { success: false, code: 'READ_ONLY', message: 'no' })),
  },
  {
    check: 'concurrency/twenty-adds',
    does: 'writes back the list that it had read',
    fault: overwrites(post),
  },
  {
    check: 'concurrency/every-instance',
    does: 'answers every other time from a copy of its own',
    fault: {
      handle(right) {
        let copy: FakeState | undefined;
        let turn = 0;
        return (request, state) => {
          if (request.method !== 'GET') return right(request, state);
          copy ??= { ...state };
          return right(request, turn++ % 2 === 0 ? state : copy);
        };
      },
    },
  },
  {
    check: 'concurrency/one-edit-wins',
    does: 'compares versions before it waits for the disk',
    fault: overwrites(put),
  },
  {
    check: 'concurrency/deletes',
    does: 'writes back the list that it had read',
    fault: overwrites(remove),
  },
  {
    check: 'concurrency/adds-and-deletes',
    does: 'deletes from a list that is out of date',
    fault: overwrites(remove),
  },
];

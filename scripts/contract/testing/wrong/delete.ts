import { add, json } from '../right-service.ts';
import {
  answersJson,
  brokenPage,
  instead,
  misreads,
  on,
  read,
  thenDoes,
  type Wrong,
} from '../ways-to-be-wrong.ts';

const remove = on('DELETE');

export const wrongDeletes: readonly Wrong[] = [
  {
    check: 'delete/one',
    does: 'understands lists of keys only',
    fault: misreads(remove, ({ key }) => ({ key: Array.isArray(key) ? key : ['nothing'] })),
  },
  {
    check: 'delete/many',
    does: 'removes the first of the list only',
    fault: misreads(remove, ({ key }) => ({ key: Array.isArray(key) ? key.slice(0, 1) : key })),
  },
  {
    check: 'delete/many',
    does: 'removes everything',
    fault: thenDoes(remove, (state) => void (state.todos = [])),
  },
  {
    check: 'delete/answers-with-page-1',
    does: 'answers without a list',
    fault: answersJson(remove, () => ({ success: true })),
  },
  {
    check: 'delete/answers-with-page-1',
    does: 'counts the todo that it has just deleted',
    fault: answersJson(remove, ({ list, pagination }) => ({
      list,
      pagination: { total: (pagination as { total: number }).total + 1 },
    })),
  },
  {
    check: 'delete/exact-keys',
    does: 'removes every todo whose key contains the one given',
    fault: thenDoes(remove, (state, { body }) => {
      const keys = [read(body)['key']].flat().map(String);
      state.todos = state.todos.filter((todo) => !keys.some((key) => todo.key.includes(key)));
    }),
  },
  {
    check: 'delete/no-key',
    does: 'never answers',
    fault: instead(remove, () => new Promise(() => {})),
  },
  {
    check: 'delete/no-key',
    does: 'removes everything',
    fault: thenDoes(remove, (state) => void (state.todos = [])),
  },
  {
    check: 'delete/no-body',
    does: 'breaks without a body',
    fault: instead(
      (request) => remove(request) && request.body === '',
      () => brokenPage(),
    ),
  },
  {
    check: 'delete/method-is-ignored',
    does: 'obeys the method in the body',
    fault: thenDoes(remove, (state, { body }) => {
      const { method, name } = read(body);
      if (method === 'post') add(state, { name });
    }),
  },
  {
    check: 'delete/then-update',
    does: 'says 200 and keeps the todo',
    fault: instead(remove, () => json(200, { list: [], pagination: { total: 0 } })),
  },
];

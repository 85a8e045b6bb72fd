import { add, json, textOf } from '../right-service.ts';
import {
  answersJson,
  instead,
  misreads,
  on,
  read,
  stores,
  thenDoes,
  type Wrong,
} from '../ways-to-be-wrong.ts';

const put = on('PUT');

/** Makes something of every body instead of refusing it. */
const lenient = misreads(put, ({ status, name, desc, ...rest }) => ({
  ...rest,
  ...(status === undefined ? {} : { status: Math.abs(Math.floor(Number(status))) % 4 || 0 }),
  ...(name === undefined ? {} : { name: textOf(name).slice(0, 200) || 'untitled' }),
  ...(desc === undefined ? {} : { desc: textOf(desc).slice(0, 2000) }),
}));

const refused = [
  'state-4',
  'negative-state',
  'state-in-words',
  'half-state',
  'empty-name',
  'long-name',
  'long-desc',
];

export const wrongUpdates: readonly Wrong[] = [
  {
    check: 'update/merges',
    does: 'erases what was not sent',
    fault: misreads(put, (body) => ({ desc: '', ...body })),
  },
  {
    check: 'update/is-listed',
    does: 'answers with the change and does not store it',
    fault: thenDoes(put, (state, _, before) => void (state.todos = [...before])),
  },
  {
    check: 'update/four-states',
    does: 'takes 0 for "no change"',
    fault: misreads(put, ({ status, ...rest }) => (status ? { ...rest, status } : rest)),
  },
  {
    check: 'update/state-as-digits',
    does: 'stores digits as text',
    fault: answersJson(put, (todo, { body }) => ({ ...todo, status: read(body)['status'] })),
  },
  ...refused.map((id) => ({
    check: `update/refuses-${id}`,
    does: 'makes something of it instead of refusing',
    fault: lenient,
  })),
  {
    check: 'update/unknown-key',
    does: 'answers 200 for a todo that is not there',
    fault: {
      handle: (right) => async (request, state) => {
        const reply = await right(request, state);
        return reply.status === 404 && put(request) ? json(200, read(request.body)) : reply;
      },
    },
  },
  {
    check: 'update/no-key',
    does: 'answers 200 without a key',
    fault: instead(put, () => json(200, {})),
  },
  {
    check: 'update/touches-the-time',
    does: 'never moves updatedAt',
    fault: answersJson(put, (todo) => ({ ...todo, updatedAt: todo['createdAt'] })),
  },
  {
    check: 'update/touches-the-time',
    does: 'moves createdAt too',
    fault: answersJson(put, (todo) => ({ ...todo, createdAt: todo['updatedAt'] })),
  },
  {
    check: 'update/takes-only-its-fields',
    does: 'stores whatever the body holds',
    fault: stores(put, (_, { body }) => read(body)),
  },
  {
    check: 'update/leaves-others',
    does: 'changes every todo',
    fault: thenDoes(put, (state, { body }) => {
      state.todos = state.todos.map((todo) => ({ ...todo, status: read(body)['status'] }));
    }),
  },
  {
    check: 'update/current-version',
    does: 'never moves the version',
    fault: answersJson(put, (todo) => ({ ...todo, version: 1 })),
  },
  {
    check: 'update/current-version',
    does: 'has no versions',
    fault: answersJson(on('POST'), ({ version: _, ...todo }) => todo),
  },
  {
    check: 'update/old-version',
    does: 'ignores the version',
    fault: misreads(put, ({ version: _, ...body }) => body),
  },
  {
    check: 'update/no-version',
    does: 'takes "no version" for the first',
    fault: misreads(put, (body) => ({ version: 1, ...body })),
  },
  {
    check: 'update/method-is-ignored',
    does: 'obeys the method in the body',
    fault: thenDoes(put, (state, { body }) => {
      const { method, key } = read(body);
      if (method === 'delete') state.todos = state.todos.filter((todo) => todo.key !== key);
    }),
  },
  {
    check: 'delete/then-update',
    does: 'adds what it cannot find',
    fault: thenDoes(put, (state, { body }) => {
      const { key, name } = read(body);
      if (!state.todos.some((todo) => todo.key === key)) add(state, { key, name });
    }),
  },
];

import { isDeepStrictEqual } from 'node:util';
import { expectStatus, expectThat, json, objectOf } from '../expect.ts';
import type { Task } from '../task.ts';

const UNKNOWN = '000000000001';

export const oneTodo: Task = {
  stage: 3,
  name: 'one-todo',
  title: { en: 'One todo by its key', 'zh-CN': '按主键取一条' },
  text: {
    en: 'A range is cheap in this table, and one row is cheaper still. Add `GET /api/rule/<key>`: 200 with the todo, read as a single row, or 404 in the form of every other error. While the table is away it must not claim that the todo does not exist.',
    'zh-CN':
      '在这张表里，取一段便宜，取一行更便宜。加上 `GET /api/rule/<key>`：找到了回 200 和这条待办，只读一行；没有就回 404，格式和别的报错一样。表连不上的时候，不能一口咬定这条待办不存在。',
  },
  hints: [
    {
      en: '`update` reads one row already. What does it do with a key that no todo ever had?',
      'zh-CN': '`update` 里已经有读一行的写法。一个从没用过的 key，它是怎么对待的？',
    },
    {
      en: 'Put the reading into the store, the answer into the controller, and let the table’s errors pass: they are 503 as they are.',
      'zh-CN': '读放进存储，响应放进控制器，表报的错原样放行就行，它们本来就是 503。',
    },
  ],
  steps: [
    {
      says: {
        en: 'a todo that was added is answered with 200, as the list shows it',
        'zh-CN': '加过的待办返回 200，和列表里的一样',
      },
      async run({ start }) {
        const service = await start();
        for (const name of ['Buy milk', 'Read the ledger'])
          await service.fetch('/api/rule', json('POST', { name }));
        const list = await objectOf('GET /api/rule', await service.fetch('/api/rule'));
        const todos = list['data'] as { key: string }[];
        expectThat(todos.length === 2, `GET /api/rule: expected 2 todos, found ${todos.length}`);
        for (const todo of todos) {
          const path = `/api/rule/${todo.key}`;
          const response = await service.fetch(path);
          expectStatus(`GET ${path}`, response, 200);
          const found = await objectOf(`GET ${path}`, response);
          expectThat(
            isDeepStrictEqual(found, todo),
            `GET ${path}: expected ${JSON.stringify(todo)}, found ${JSON.stringify(found)}`,
          );
        }
      },
    },
    {
      says: {
        en: 'a key that no todo has is 404 with {success: false, code, message}',
        'zh-CN': '没有这个 key，返回 404 和 {success: false, code, message}',
      },
      async run({ start }) {
        const service = await start();
        for (const key of [UNKNOWN, 'nonsense']) {
          const response = await service.fetch(`/api/rule/${key}`);
          expectStatus(`GET /api/rule/${key}`, response, 404);
          const { success, code } = await objectOf(`GET /api/rule/${key}`, response);
          expectThat(
            success === false && code !== 'NOT_FOUND',
            `GET /api/rule/${key}: expected an error about the todo, found ${String(code)}: is there such a route?`,
          );
        }
      },
    },
    {
      says: {
        en: 'while the table is away it is 503, not 404',
        'zh-CN': '表连不上的时候是 503，不是 404',
      },
      async run({ start }) {
        const service = await start();
        await service.interrupt('tablestore');
        try {
          expectStatus('GET without the table', await service.fetch(`/api/rule/${UNKNOWN}`), 503);
        } finally {
          await service.restore('tablestore');
        }
      },
    },
  ],
  solution: [
    {
      file: 'models/todo-store.ts',
      find: '  page(query: Query): Promise<TodoPage>;\n',
      put: '  page(query: Query): Promise<TodoPage>;\n  /** One todo, or undefined when none has this key. */\n  find(key: string): Promise<Todo | undefined>;\n',
    },
    {
      file: 'models/table-todo-store.ts',
      find: '    async add(draft, owner, requestId) {\n',
      put: '    async find(key) {\n      await ready();\n      const row = rowKey(key);\n      const found = row && (await tables.get(TABLE, row));\n      return found && fromRow(found);\n    },\n\n    async add(draft, owner, requestId) {\n',
    },
    {
      file: 'models/one-cell-store.ts',
      find: '    page: async (query) => pageOf((await read()).todos, query),\n',
      put: '    page: async (query) => pageOf((await read()).todos, query),\n    find: async (key) => (await read()).todos.find((todo) => todo.key === key),\n',
    },
    {
      file: 'controllers/rule.ts',
      find: '  async function create(',
      put: "  async function one(request: Request<{ key: string }>, response: Response): Promise<void> {\n    const todo = await todos.find(request.params.key);\n    if (!todo)\n      throw new ApiError(404, 'TODO_UNKNOWN', 'no todo has this key; read the list again');\n    response.json(todo);\n  }\n\n  async function create(",
    },
    {
      file: 'controllers/rule.ts',
      find: '  return router;\n',
      put: "  router.route('/:key').get(one).all(methodNotAllowed('GET', 'HEAD'));\n  return router;\n",
    },
  ],
};

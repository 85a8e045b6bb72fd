import { expectStatus, expectThat, json, objectOf } from '../expect.ts';
import type { Task } from '../task.ts';

export const honestHealth: Task = {
  stage: 2,
  name: 'honest-health',
  title: { en: 'A health that is honest', 'zh-CN': '说实话的健康检查' },
  text: {
    en: 'As a function this stage keeps nothing, and `/healthz` says 200 all the same. Let it be 503, in the form of every other error, while the list cannot be saved, and 200 while it can. Asking must not change the list.',
    'zh-CN':
      '作为函数，这个阶段什么都存不下，`/healthz` 却照样回 200。改成：清单存不了的时候回 503，格式和别的报错一样；存得了就回 200。只是问一问，清单不能变。',
  },
  hints: [
    {
      en: 'Whether a disk can be written is known only when it has been written. What may you write that changes nothing?',
      'zh-CN': '磁盘能不能写，写过才知道。写什么才等于什么都没改？',
    },
    {
      en: 'The store’s `change` writes whatever list it is given, and queues up with all other changes. Express 5 passes on what an async handler throws, and `sendError` makes it JSON.',
      'zh-CN':
        '`change` 给它什么清单就写什么清单，还会和别的改动一起排队。Express 5 会把异步处理函数抛出的错误传下去，`sendError` 把它变成 JSON。',
    },
  ],
  steps: [
    {
      says: { en: 'on a machine /healthz is 200', 'zh-CN': '在机器上，/healthz 是 200' },
      async run({ start }) {
        const service = await start();
        expectStatus('GET /healthz', await service.fetch('/healthz'), 200);
      },
    },
    {
      says: { en: 'asking for it leaves the list as it is', 'zh-CN': '问过之后，清单没变' },
      async run({ start }) {
        const service = await start();
        await service.fetch('/api/rule', json('POST', { name: 'Buy milk' }));
        const before = await (await service.fetch('/api/rule')).text();
        for (let times = 0; times < 3; times += 1) await service.fetch('/healthz');
        await service.restart();
        const after = await (await service.fetch('/api/rule')).text();
        expectThat(before === after, `expected ${before}, found ${after}`);
      },
    },
    {
      says: {
        en: 'as a function, whose disk is read-only, it is 503 with {success: false, code, message}',
        'zh-CN': '作为函数，磁盘只读，返回 503 和 {success: false, code, message}',
      },
      async run({ start }) {
        const service = await start({ target: 'fc' });
        const response = await service.fetch('/healthz');
        expectStatus('GET /healthz on fc', response, 503);
        const { success, code } = await objectOf('GET /healthz on fc', response);
        expectThat(
          success === false && typeof code === 'string',
          'GET /healthz on fc: expected {success: false, code, message}',
        );
      },
    },
  ],
  solution: [
    {
      file: 'models/todo-store.ts',
      find: '  remove(keys: readonly string[]): Promise<void>;\n',
      put: '  remove(keys: readonly string[]): Promise<void>;\n  /** Rejects with what is in the way when nothing can be saved. */\n  check(): Promise<void>;\n',
    },
    {
      file: 'models/todo-store.ts',
      find: '    remove: (keys) => change((old) => removeTodos(old, keys)),\n',
      put: '    remove: (keys) => change((old) => removeTodos(old, keys)),\n    check: () => change((old) => [old, undefined]),\n',
    },
    {
      file: 'app.ts',
      find: '.get(health)',
      put: '.get(health(todos))',
    },
    {
      file: 'app.ts',
      find: "const health: express.RequestHandler = (_request, response) => {\n  response.json({ success: true, status: 'ok' });\n};\n",
      put: "/** Healthy is who can keep what it is told: the list is saved once more, as it is. */\nconst health =\n  (todos: TodoStore): express.RequestHandler =>\n  async (_request, response) => {\n    await todos.check();\n    response.json({ success: true, status: 'ok' });\n  };\n",
    },
  ],
};

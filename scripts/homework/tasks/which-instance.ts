import { expectThat } from '../expect.ts';
import type { Task } from '../task.ts';

const HEADER = 'x-instance';

/** The name that an answer carries; fails the step when it carries none. */
export function instanceOf(path: string, response: Response): string {
  const name = response.headers.get(HEADER) ?? '';
  expectThat(name !== '', `GET ${path}: expected a header X-Instance, found none`);
  return name;
}

export const whichInstance: Task = {
  stage: 1,
  name: 'which-instance',
  title: { en: 'Which instance answered?', 'zh-CN': '是哪个实例答的？' },
  text: {
    en: 'The flickering list is easier to believe when each answer says where it comes from. Give every answer of the service a header `X-Instance`: one name for as long as the process lives, another for each process.',
    'zh-CN':
      '清单忽有忽无，要是每个响应都写明出自哪里，就好懂多了。给服务的每个响应加上 `X-Instance` 响应头：同一个进程从生到死用同一个名字，换个进程就换一个名字。',
  },
  hints: [
    {
      en: 'Both entries call `createApp`. What is done there holds on the machine and in the function.',
      'zh-CN': '两个入口都调用 `createApp`。写在那里，机器上和函数里就都有了。',
    },
    {
      en: 'A name that is made when the module is loaded is made once for each process. Middleware that comes first also sees errors and files.',
      'zh-CN':
        '模块加载时生成的名字，一个进程只会有一个。排在最前面的中间件，连报错和静态文件都管得到。',
    },
  ],
  steps: [
    {
      says: {
        en: 'the page, the list and an error carry X-Instance',
        'zh-CN': '页面、列表和报错都带 X-Instance',
      },
      async run({ start }) {
        const service = await start();
        for (const path of ['/', '/api/rule', '/api/nothing'])
          instanceOf(path, await service.fetch(path));
      },
    },
    {
      says: { en: 'one process has one name', 'zh-CN': '一个进程只有一个名字' },
      async run({ start }) {
        const service = await start();
        const names = new Set<string>();
        for (const path of ['/', '/api/rule', '/api/rule'])
          names.add(instanceOf(path, await service.fetch(path)));
        expectThat(names.size === 1, `expected one name, found ${[...names].join(', ')}`);
      },
    },
    {
      says: { en: 'another process has another name', 'zh-CN': '换了进程，名字也换' },
      async run({ start }) {
        const service = await start();
        const before = instanceOf('/', await service.fetch('/'));
        await service.restart();
        const after = instanceOf('/', await service.fetch('/'));
        expectThat(before !== after, `after a restart the name is still ${after}`);
      },
    },
  ],
  solution: [
    {
      file: 'app.ts',
      find: "import path from 'node:path';\n",
      put: "import { randomUUID } from 'node:crypto';\nimport path from 'node:path';\n",
    },
    {
      file: 'app.ts',
      find: '/**\n * The whole service',
      put: '/** Made when the module is loaded: once for each process. */\nconst INSTANCE = randomUUID().slice(0, 8);\n\n/**\n * The whole service',
    },
    {
      file: 'app.ts',
      find: '  app.use(securityHeaders);\n',
      put: "  app.use((_request, response, next) => {\n    response.set('X-Instance', INSTANCE);\n    next();\n  });\n  app.use(securityHeaders);\n",
    },
  ],
};

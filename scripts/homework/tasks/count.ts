import type { Deployment } from '../../cloud/shared/platform.ts';
import { expectStatus, expectThat, json, objectOf } from '../expect.ts';
import type { Task } from '../task.ts';

const PATH = '/api/count';
/** More than a page of the list has. */
const MANY = 12;

/** The cookie of somebody who has signed in. */
async function signIn(service: Deployment): Promise<string> {
  const login = { userName: 'demo', password: 'serverless' };
  const response = await service.fetch('/api/login/account', json('POST', login));
  expectStatus('POST /api/login/account', response, 200);
  return response.headers.getSetCookie()[0]?.split(';')[0] ?? '';
}

async function fill(service: Deployment): Promise<void> {
  const cookie = await signIn(service);
  for (let index = 1; index <= MANY; index += 1) {
    const todo = json('POST', { name: `Todo ${index}` }, { cookie });
    expectStatus('POST /api/rule', await service.fetch('/api/rule', todo), 201);
  }
}

async function expectCount(where: string, service: Deployment): Promise<void> {
  const what = `GET ${PATH} ${where}`;
  const response = await service.fetch(PATH);
  expectStatus(what, response, 200);
  const { total } = await objectOf(what, response);
  expectThat(total === MANY, `${what}: expected total ${MANY}, found ${String(total)}`);
}

export const count: Task = {
  stage: 8,
  name: 'count',
  title: { en: 'One more function, on both clouds', 'zh-CN': '加一个函数，两朵云都能用' },
  text: {
    en: 'Add a function `api.count`: `GET /api/count` answers `{ "success": true, "total": 12 }` with the number of all todos, from the service that is injected. It is written once: neither manifest nor starter may have to know of it, and yet both clouds answer.',
    'zh-CN':
      '加一个函数 `api.count`：`GET /api/count` 返回 `{ "success": true, "total": 12 }`，是全部待办的条数，从注入的服务里取。只写一遍：清单和启动器都不用改，两朵云照样能答。',
  },
  hints: [
    {
      en: '`src/function/api.ts` has the service already, and a function with `get` to look at.',
      'zh-CN': '`src/function/api.ts` 里已经注入了服务，也有现成的 `get` 函数可以照着写。',
    },
    {
      en: 'A page of the list knows more than its ten todos.',
      'zh-CN': '列表的一页里，不光有那十条待办。',
    },
  ],
  steps: [
    {
      says: {
        en: `on a machine, GET ${PATH} counts ${MANY} todos`,
        'zh-CN': `在单机上，GET ${PATH} 数出 ${MANY} 条待办`,
      },
      async run({ start }) {
        const service = await start();
        await fill(service);
        await expectCount('on a machine', service);
      },
    },
    {
      says: {
        en: 'another method is 405, and GET is allowed',
        'zh-CN': '换个方法是 405，并说明可以用 GET',
      },
      async run({ start }) {
        const service = await start();
        const cookie = await signIn(service);
        const response = await service.fetch(PATH, json('PUT', {}, { cookie }));
        expectStatus(`PUT ${PATH}`, response, 405);
        const allow = response.headers.get('allow') ?? 'none';
        expectThat(allow.includes('GET'), `PUT ${PATH}: expected Allow with GET, found ${allow}`);
      },
    },
    {
      says: {
        en: 'Alibaba Cloud and Tencent Cloud count the same',
        'zh-CN': '阿里云和腾讯云数出来一样',
      },
      async run({ start }) {
        for (const target of ['fc', 'scf'] as const) {
          const service = await start({ target });
          await fill(service);
          await expectCount(`on ${target}`, service);
        }
      },
    },
  ],
  solution: [
    {
      file: 'src/function/api.ts',
      find: '    return userOf(userOfRequest(this.ctx));\n  }\n',
      put: "    return userOf(userOfRequest(this.ctx));\n  }\n\n  @ServerlessFunction({ functionName: 'api.count' })\n  @ServerlessTrigger(HTTP, { path: '/api/count', method: 'get' })\n  async count(): Promise<object> {\n    const { total } = await this.todos.page({});\n    return { success: true, total };\n  }\n",
    },
  ],
};

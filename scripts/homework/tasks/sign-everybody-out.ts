import type { Deployment } from '../../cloud/shared/platform.ts';
import { expectStatus, expectThat, json } from '../expect.ts';
import type { Task } from '../task.ts';

const HOUR_SECONDS = 3600;

/** Signs in and writes, as the page does. */
async function write(service: Deployment): Promise<Response> {
  const signedIn = await service.fetch('/api/currentUser');
  const cookie = signedIn.headers.getSetCookie()[0]?.split(';')[0] ?? '';
  expectThat(cookie !== '', 'GET /api/currentUser: expected a cookie, found none');
  return service.fetch('/api/rule', json('POST', { name: 'Buy milk' }, { cookie }));
}

function seconds(fromNow: number): string {
  return String(Math.floor(Date.now() / 1000) + fromNow);
}

export const signEverybodyOut: Task = {
  stage: 4,
  name: 'sign-everybody-out',
  title: { en: 'Sign everybody out', 'zh-CN': '让所有人重新登录' },
  text: {
    en: 'One token cannot be taken back, but all that were issued before a moment can, without a list and without another key. Read the moment from the variable `TOKENS_FROM`, in seconds since 1970, and let no token from before it write. Without the variable all is as it was.',
    'zh-CN':
      '单独一个令牌收不回来，可某个时刻之前签发的全部令牌可以一起作废，不用名单，也不用换密钥。从环境变量 `TOKENS_FROM` 读出这个时刻（1970 年以来的秒数），在它之前签发的令牌都不许写。没设这个变量，一切照旧。',
  },
  hints: [
    {
      en: 'When a token was issued is in its claims: `setIssuedAt` writes `iat`, in the same seconds.',
      'zh-CN': '令牌什么时候签的，写在它自己的声明里：`setIssuedAt` 写下 `iat`，单位也是秒。',
    },
    {
      en: 'There is one place in which a token becomes a user, and all entries use it. An answer of `undefined` there is the 401 that clients know.',
      'zh-CN':
        '令牌变成用户只在一个地方发生，几个入口都用它。在那里返回 `undefined`，就是客户端认得的那个 401。',
    },
  ],
  steps: [
    {
      says: {
        en: 'without TOKENS_FROM a signed-in write is 201',
        'zh-CN': '没设 TOKENS_FROM，登录后写入是 201',
      },
      async run({ start }) {
        expectStatus('POST /api/rule', await write(await start()), 201);
      },
    },
    {
      says: {
        en: 'a token from before TOKENS_FROM is 401, and nothing is saved',
        'zh-CN': '在 TOKENS_FROM 之前签的令牌返回 401，什么都没存',
      },
      async run({ start }) {
        const service = await start({ environment: { TOKENS_FROM: seconds(HOUR_SECONDS) } });
        expectStatus('POST with an old token', await write(service), 401);
        const list = await (await service.fetch('/api/rule')).text();
        expectThat(list.includes('"total":0'), `expected an empty list, found ${list}`);
      },
    },
    {
      says: {
        en: 'a token from after TOKENS_FROM is 201',
        'zh-CN': '在 TOKENS_FROM 之后签的令牌返回 201',
      },
      async run({ start }) {
        const service = await start({ environment: { TOKENS_FROM: seconds(-HOUR_SECONDS) } });
        expectStatus('POST with a new token', await write(service), 201);
      },
    },
  ],
  solution: [
    {
      file: 'models/token.ts',
      find: 'export function createTokens(key: Uint8Array): Tokens {\n',
      put: "export function createTokens(\n  key: Uint8Array,\n  from = Number(process.env['TOKENS_FROM'] ?? 0),\n): Tokens {\n",
    },
    {
      file: 'models/token.ts',
      find: "          requiredClaims: ['exp', 'sub'],\n        });\n        return payload.sub;\n",
      put: "          requiredClaims: ['exp', 'sub', 'iat'],\n        });\n        return (payload.iat ?? 0) >= from ? payload.sub : undefined;\n",
    },
  ],
};

import type { Bench, Experiment } from './experiment.ts';

const JSON_TYPE = { 'content-type': 'application/json' };

async function namesOf(bench: Bench): Promise<string[]> {
  const response = await bench.fetch('/api/rule');
  const { data } = (await response.json()) as { data: readonly { name: string }[] };
  return data.map(({ name }) => name);
}

async function add(bench: Bench, name: string, headers = {}): Promise<number> {
  const response = await bench.fetch('/api/rule', {
    method: 'POST',
    headers: { ...JSON_TYPE, ...headers },
    body: JSON.stringify({ name }),
  });
  return response.status;
}

export default {
  title: { en: 'A write without the token', 'zh-CN': '不带令牌去写' },
  target: 'fc',
  hypothesis: {
    en: 'Whoever finds the address of the function that keeps the todos can read them, and changes nothing: a write needs the token that signing in gives, and the page on another site cannot use a reader’s.',
    'zh-CN':
      '有人摸到了待办函数的地址：能读，一条也改不了。要写，先得登录拿到令牌；别的网站上的页面，也借不走读者的令牌。',
  },
  prediction: {
    question: {
      en: 'In 2020, a POST without the token was answered with 403. What was in the list afterwards?',
      'zh-CN': '2020 年的原版，不带令牌的 POST 得到 403。之后清单里有什么？',
    },
    answers: [
      {
        text: {
          en: 'Nothing new: 403 means that it was refused',
          'zh-CN': '没有新东西：403 就是拒绝了',
        },
        holds: false,
      },
      {
        text: {
          en: 'The todo: it was refused and saved all the same',
          'zh-CN': '那条待办在里面：一边拒绝，一边存了进去',
        },
        holds: true,
      },
    ],
  },

  async run(bench) {
    bench.step({
      en: 'Somebody who found the address writes',
      'zh-CN': '一个摸到地址的人来写',
    });
    bench.observe(
      { en: 'status of the POST', 'zh-CN': 'POST 的状态码' },
      await add(bench, 'Buy my product'),
      401,
    );
    bench.observe({ en: 'todos in the list', 'zh-CN': '清单里的待办' }, await namesOf(bench), []);

    bench.step({ en: 'The page signs in and writes', 'zh-CN': '页面先登录，再写' });
    const user = await bench.fetch('/api/currentUser');
    const [cookie = ''] = user.headers.getSetCookie();
    const flags = ['HttpOnly', 'SameSite=Lax'].filter((flag) => cookie.includes(flag));
    bench.observe({ en: 'what protects the cookie', 'zh-CN': 'Cookie 的保护属性' }, flags, [
      'HttpOnly',
      'SameSite=Lax',
    ]);
    const signedIn = { cookie: cookie.split(';')[0] ?? '' };
    bench.observe(
      { en: 'status of the POST', 'zh-CN': 'POST 的状态码' },
      await add(bench, 'Buy milk', signedIn),
      201,
    );

    bench.step({
      en: 'A page of another site writes, with the cookie',
      'zh-CN': '别的网站的页面带着 Cookie 来写',
    });
    bench.observe(
      { en: 'status of the POST', 'zh-CN': 'POST 的状态码' },
      await add(bench, 'Buy my product', { ...signedIn, 'sec-fetch-site': 'cross-site' }),
      403,
    );
    bench.observe({ en: 'todos in the list', 'zh-CN': '清单里的待办' }, await namesOf(bench), [
      'Buy milk',
    ]);
  },

  conclusion: {
    en: 'The check stands before the controller: what it refuses never reaches the table. The original checked in the middle of the action, answered 403, went on, saved the todo, answered a second time, and that second answer ended the process.',
    'zh-CN':
      '检查站在控制器前面：被它拦下的请求，碰不到表。原版把检查写在动作中间：先回 403，再接着往下跑，把待办存了，又响应一次，而这第二次响应让进程当场退出。',
  },
} satisfies Experiment;

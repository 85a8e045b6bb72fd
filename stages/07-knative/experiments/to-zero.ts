import type { Bench, Experiment } from './experiment.ts';

/** Longer than the autoscaler's window of a minute and what comes after it, in milliseconds. */
const IDLE_MILLISECONDS = 70_000;
const DEMO = { userName: 'demo', password: 'serverless' };
const JSON_TYPE = { 'content-type': 'application/json' };

/** The revisions that have a pod. */
function awake(bench: Bench): string[] {
  const live = bench.instances().filter(({ state }) => state !== 'stopped');
  return live.map(({ service }) => service).toSorted();
}

async function names(bench: Bench): Promise<string[]> {
  const response = await bench.fetch('/api/rule');
  const { data } = (await response.json()) as { data: readonly { name: string }[] };
  return data.map(({ name }) => name);
}

export default {
  title: { en: 'Idle: to zero, then a cold start', 'zh-CN': '空闲：缩到零，再冷启动' },
  target: 'knative',
  hypothesis: {
    en: 'A minute after the last request no pod is left. Who comes then waits for the pods that the request needs, and for no others, and finds everything.',
    'zh-CN':
      '最后一个请求过去一分钟，一个 Pod 也不剩。这时候再来人，等的只是这个请求用得着的 Pod，该有的数据一样不少。',
  },
  prediction: {
    question: {
      en: 'Nobody has asked for seventy seconds. Then somebody opens the page, without its list. How many of the four revisions get a pod?',
      'zh-CN': '七十秒没有人来，然后有人打开页面，但还没要列表。四个修订版本里，有几个会起 Pod？',
    },
    answers: [
      {
        text: { en: 'None: the page comes from a cache', 'zh-CN': '零个：页面有缓存' },
        holds: false,
      },
      { text: { en: 'One: the gateway', 'zh-CN': '一个：网关' }, holds: true },
      { text: { en: 'All four', 'zh-CN': '四个都起' }, holds: false },
    ],
  },

  async run(bench) {
    const pods = { en: 'revisions that have a pod', 'zh-CN': '有 Pod 的修订版本' };
    bench.step({ en: 'Sign in and add a todo', 'zh-CN': '登录，加一条待办' });
    const body = JSON.stringify(DEMO);
    const login = await bench.fetch('/api/login/account', {
      ...{ method: 'POST', headers: JSON_TYPE, body },
    });
    const [cookie = ''] = (login.headers.get('set-cookie') ?? '').split(';');
    const added = await bench.fetch('/api/rule', {
      method: 'POST',
      headers: { ...JSON_TYPE, cookie },
      body: JSON.stringify({ name: 'from before' }),
    });
    bench.observe({ en: 'status of the todo', 'zh-CN': '加待办的状态码' }, added.status, 201);

    bench.step({ en: 'Nobody comes for seventy seconds', 'zh-CN': '七十秒没有人来' });
    await bench.wait(IDLE_MILLISECONDS);
    bench.observe(pods, awake(bench), []);
    await bench.kn('service list');

    bench.step({ en: 'Somebody opens the page', 'zh-CN': '有人打开页面' });
    const page = await bench.fetch('/');
    bench.observe({ en: 'status of the page', 'zh-CN': '页面的状态码' }, page.status, 200);
    bench.observe(pods, awake(bench), ['myapp-00001']);

    bench.step({ en: 'The page asks for its list', 'zh-CN': '页面去要列表' });
    bench.observe({ en: 'todos in the list', 'zh-CN': '列表里的待办' }, await names(bench), [
      'from before',
    ]);
    bench.observe(pods, awake(bench), ['myapp-00001', 'rule-00001']);
  },

  conclusion: {
    en: 'While a service has no pod, its address leads to the activator. It holds the request, says at once that somebody waits, and passes it on when a pod is ready: a second instead of an error. Two in a row, gateway and rule, are two cold starts one after the other. Nobody was signed out either: the key is in a Secret, the account in the table, the token with the browser.',
    'zh-CN':
      '没有 Pod 的时候，服务的地址通向激活器。它留住请求，马上报告有人在等，Pod 一就绪就转过去：换来的是等一秒，而不是报错。网关和 rule 前后两个，就是先后两次冷启动。登录也没有掉：密钥在 Secret 里，账号在表里，令牌在浏览器手里。',
  },
} satisfies Experiment;

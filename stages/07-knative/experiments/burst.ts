import type { Bench, Experiment } from './experiment.ts';

const IDLE_MILLISECONDS = 70_000;
const READERS = 20;

function podsOf(bench: Bench, revision: string): number {
  return bench
    .instances()
    .filter(({ service, state }) => service === revision && state !== 'stopped').length;
}

/** How often each status came: `{ 200: 50 }`. */
function tally(statuses: readonly number[]): Record<number, number> {
  const counts: Record<number, number> = {};
  for (const status of statuses) counts[status] = (counts[status] ?? 0) + 1;
  return counts;
}

export default {
  title: { en: 'A burst is held, not refused', 'zh-CN': '突发请求被留住，不被拒绝' },
  target: 'knative',
  hypothesis: {
    en: 'Twenty readers who come at once while no pod is there are all answered. They wait for one pod, not for twenty.',
    'zh-CN': '一个 Pod 都没有时，二十个读者同时到，人人都有响应。他们等的是一个 Pod，不是二十个。',
  },
  prediction: {
    question: {
      en: 'No pod is there. Twenty readers open the page in the same moment. What becomes of them?',
      'zh-CN': '一个 Pod 都没有。二十个读者同一时刻打开页面，会怎么样？',
    },
    answers: [
      {
        text: {
          en: 'One gets the page, 19 are refused with 429',
          'zh-CN': '一个拿到页面，19 个被 429 挡回去',
        },
        holds: false,
      },
      {
        text: {
          en: 'All get the page, from twenty pods: one each',
          'zh-CN': '人人拿到页面，起了二十个 Pod，一人一个',
        },
        holds: false,
      },
      {
        text: { en: 'All get the page, from one pod', 'zh-CN': '人人拿到页面，只起了一个 Pod' },
        holds: true,
      },
    ],
  },

  async run(bench) {
    const pods = { en: 'pods of the gateway', 'zh-CN': '网关的 Pod 数' };
    bench.step({ en: 'Nobody comes for seventy seconds', 'zh-CN': '七十秒没有人来' });
    await bench.wait(IDLE_MILLISECONDS);
    bench.observe(pods, podsOf(bench, 'myapp-00001'), 0);

    bench.step({ en: 'Twenty readers open the page at once', 'zh-CN': '二十个读者同时打开页面' });
    const answers = await Promise.all(Array.from({ length: READERS }, () => bench.fetch('/')));
    bench.observe(
      { en: 'answers by status', 'zh-CN': '各状态码的个数' },
      tally(answers.map(({ status }) => status)),
      { 200: READERS },
    );
    bench.observe(pods, podsOf(bench, 'myapp-00001'), 1);
  },

  conclusion: {
    en: 'The activator is a queue before the first pod. How many pods there should be follows from how many requests are under way: a pod is meant to have 70 at once, so twenty are work for one. As a function each of them would have had an instance of its own. The queue has an end, too: who waits longer than timeoutSeconds gets 504, and whom it has no room for, 503.',
    'zh-CN':
      '激活器就是排在第一个 Pod 前面的一条队。该有几个 Pod，看同时在办的请求有多少：一个 Pod 的目标是 70 个，二十个请求一个就够。换成函数，就得一人一个实例。队也有尽头：等得超过 timeoutSeconds 的回 504，排不下的回 503。',
  },
} satisfies Experiment;

import type { Bench, Experiment } from './experiment.ts';

const CLIENTS = 8;
/** How often the autoscaler looks, in milliseconds. */
const LOOK_MILLISECONDS = 15_000;
/** How long the pods are measured before it looks: a reading is an average over seconds. */
const MEASURED_MILLISECONDS = 6_000;

/** How many pods are asked for, in the row of `kubectl get deployment`. */
async function wanted(bench: Bench): Promise<number> {
  const row = await bench.kubectl('get deployment todo --no-headers');
  return Number(/ \d+\/(\d+) /.exec(row)?.[1]);
}

export default {
  title: { en: 'Load scales it out', 'zh-CN': '负载一高，自动扩容' },
  target: 'kubernetes',
  hypothesis: {
    en: 'When the pods use more CPU than 60 % of what they request, there are more of them within a minute, and nobody has done anything.',
    'zh-CN': 'Pod 用的 CPU 超过申请量的 60%，一分钟之内就会多出几个来，谁也不用动手。',
  },
  prediction: {
    question: {
      en: 'Eight clients ask for the list without a break, then they all stop. How many pods are there half a minute after the last request?',
      'zh-CN': '八个客户端不停地要列表，然后全部停下。最后一个请求过去半分钟，还有几个 Pod？',
    },
    answers: [
      { text: { en: 'Three, as before', 'zh-CN': '三个，和之前一样' }, holds: false },
      {
        text: {
          en: 'More than three: it waits before it takes any away',
          'zh-CN': '多于三个：收缩之前要先等一等',
        },
        holds: true,
      },
      { text: { en: 'None: nobody asks', 'zh-CN': '零个：没有人在请求' }, holds: false },
    ],
  },

  async run(bench) {
    const more = { en: 'more than three are asked for', 'zh-CN': '期望的 Pod 多于三个' };
    bench.step({ en: 'Count before the rush', 'zh-CN': '高峰之前数一数' });
    bench.observe({ en: 'pods asked for', 'zh-CN': '期望的 Pod 数' }, await wanted(bench), 3);

    bench.step({ en: 'Eight clients ask without a break', 'zh-CN': '八个客户端不停地请求' });
    const load = bench.load('/api/rule?pageSize=20', CLIENTS);
    // The pods are measured, and then the autoscaler looks.
    await new Promise((resolve) => setTimeout(resolve, MEASURED_MILLISECONDS));
    await bench.wait(LOOK_MILLISECONDS);
    const grown = await wanted(bench);
    const { failures } = await load.stop();
    bench.observe(more, grown > 3, true);
    bench.observe({ en: 'requests that failed', 'zh-CN': '失败的请求' }, failures, []);
    await bench.kubectl('get hpa todo');
    await bench.kubectl('rollout status deployment/todo --timeout=60s');

    bench.step({ en: 'Nobody asks for half a minute', 'zh-CN': '半分钟没有人请求' });
    await bench.wait(2 * LOOK_MILLISECONDS);
    bench.observe(more, (await wanted(bench)) > 3, true);
  },

  conclusion: {
    en: 'The autoscaler looks every 15 s: use divided by target, times the pods there are, rounded up. Up it goes at once, at most twice as many in a step; down only when the highest number of the last five minutes allows it. And never below three: at three in the morning they idle, and cost what they cost at noon.',
    'zh-CN':
      '自动扩缩每 15 秒看一次：使用率除以目标，乘以现有的 Pod 数，向上取整。扩容立刻执行，一步最多翻倍；缩容要等过去五分钟里的最高值降下来。而且绝不少于三个：凌晨三点它们闲着，花的钱和中午一样。',
  },
} satisfies Experiment;

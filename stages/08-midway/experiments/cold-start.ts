import type { Bench, Experiment } from './experiment.ts';

const IDLE_MILLISECONDS = 6 * 60_000;
/** A cold start takes some hundred milliseconds, a warm answer a few: far enough apart for a busy machine. */
const TIMES_SLOWER = 5;

async function timed(bench: Bench): Promise<number> {
  const began = performance.now();
  await (await bench.fetch('/healthz')).text();
  return performance.now() - began;
}

export default {
  title: { en: 'What the framework costs at the start', 'zh-CN': '框架在启动时要付的代价' },
  target: 'fc',
  hypothesis: {
    en: 'Every new instance starts Midway before it answers, so its first answer is many times slower than the next ones; and after minutes without a request the price is paid again.',
    'zh-CN':
      '每个新实例都要先启动 Midway 再响应，所以第一个响应比后面的慢很多倍；几分钟没有请求之后，这笔代价要再付一次。',
  },
  prediction: {
    question: {
      en: 'The first request starts an instance, the second finds it. How much slower is the first?',
      'zh-CN': '第一个请求要启动实例，第二个直接用。第一个慢多少？',
    },
    answers: [
      { text: { en: 'Five times and more.', 'zh-CN': '五倍以上。' }, holds: true },
      { text: { en: 'About twice.', 'zh-CN': '两倍左右。' }, holds: false },
      { text: { en: 'Hardly at all.', 'zh-CN': '几乎一样。' }, holds: false },
    ],
  },
  async run(bench) {
    bench.step({
      en: 'Ask whether the service lives: an instance starts, and Midway in it.',
      'zh-CN': '问服务是否活着：实例启动，里面的 Midway 也启动。',
    });
    const cold = await timed(bench);

    bench.step({ en: 'Ask ten times more.', 'zh-CN': '再问十次。' });
    const warm: number[] = [];
    for (let count = 0; count < 10; count++) warm.push(await timed(bench));
    const usual = warm.toSorted((a, b) => a - b)[5] ?? 0;
    bench.observe(
      {
        en: `The first answer takes ${TIMES_SLOWER} times as long`,
        'zh-CN': `第一个响应慢 ${TIMES_SLOWER} 倍`,
      },
      cold > TIMES_SLOWER * usual,
      true,
    );

    bench.step({
      en: 'Leave the service alone for six minutes: the instance is reclaimed. Then ask again.',
      'zh-CN': '六分钟不请求：实例被回收。然后再问。',
    });
    await bench.wait(IDLE_MILLISECONDS);
    bench.observe({ en: 'Instances left', 'zh-CN': '剩下的实例' }, bench.instances().length, 0);
    const again = await timed(bench);
    bench.observe(
      { en: 'The price is paid again', 'zh-CN': '代价又付了一次' },
      again > TIMES_SLOWER * usual,
      true,
    );
  },
  conclusion: {
    en: 'Beside "ready" stands what a start took, Midway included; in the runs of stage 3 it is what a bare function takes. The difference is paid by whoever comes first. Bought with it is code that two clouds run.',
    'zh-CN':
      '“就绪”旁边是一次启动的耗时，含 Midway；阶段 3 的记录里，是裸函数的耗时。多出来的部分由最先来的人付，换来的是两朵云都能跑的代码。',
  },
} satisfies Experiment;

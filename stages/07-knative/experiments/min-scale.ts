import type { Bench, Experiment } from './experiment.ts';

const IDLE_MILLISECONDS = 70_000;
const TEN_MINUTES = 10 * 60_000;

/** Pods of the gateway, each by its revision. */
function pods(bench: Bench): string[] {
  return bench
    .instances()
    .filter(({ service, state }) => service.startsWith('myapp') && state !== 'stopped')
    .map(({ service }) => service);
}

/** How long the page takes, in milliseconds. */
async function open(bench: Bench): Promise<number> {
  const began = performance.now();
  await (await bench.fetch('/')).text();
  return performance.now() - began;
}

export default {
  title: { en: 'min-scale 1: what warm costs', 'zh-CN': 'min-scale 为 1：保温的代价' },
  target: 'knative',
  hypothesis: {
    en: 'With min-scale 1 nobody meets a cold start, and a pod is there all night that nobody asks for.',
    'zh-CN': '设了 min-scale 1，谁也碰不上冷启动；代价是整夜有一个没人用的 Pod。',
  },
  prediction: {
    question: {
      en: 'The gateway has min-scale 1, and nobody comes for ten minutes. How many pods has it then?',
      'zh-CN': '网关设了 min-scale 1，十分钟没有人来。这时它有几个 Pod？',
    },
    answers: [
      { text: { en: 'None', 'zh-CN': '零个' }, holds: false },
      { text: { en: 'One', 'zh-CN': '一个' }, holds: true },
      {
        text: { en: 'Two: the old revision keeps one as well', 'zh-CN': '两个：旧版本也留着一个' },
        holds: false,
      },
    ],
  },

  async run(bench) {
    const there = { en: 'pods of the gateway', 'zh-CN': '网关的 Pod' };
    bench.step({
      en: 'Cold: nobody for seventy seconds, then one',
      'zh-CN': '冷：七十秒没人，来了一个',
    });
    await bench.wait(IDLE_MILLISECONDS);
    bench.observe(there, pods(bench), []);
    const cold = await open(bench);

    bench.step({ en: 'Keep one warm', 'zh-CN': '留一个保温' });
    await bench.kn('service update myapp --scale-min 1');
    await bench.wait(TEN_MINUTES);
    bench.observe(there, pods(bench), ['myapp-00002']);
    const warm = await open(bench);
    bench.observe(
      { en: 'warm takes less than half of the time', 'zh-CN': '热启动不到冷启动的一半' },
      warm < cold / 2,
      true,
    );

    bench.step({ en: 'Let it go again', 'zh-CN': '再放开' });
    await bench.kn('service update myapp --scale-min 0');
    await bench.wait(IDLE_MILLISECONDS);
    bench.observe(there, pods(bench), []);
  },

  conclusion: {
    en: 'A pod that waits reserves 50m of CPU and 96 Mi of memory for the program, day and night: as much CPU as one of the three pods of stage 6. A cold start costs a second, once for whoever comes first. Which is dearer is a question about your readers. It is one annotation, so it can be answered for each service: keep the gateway warm, and let the accounts sleep.',
    'zh-CN':
      '一个待命的 Pod，单是程序就日夜占着 50m 的 CPU 和 96 Mi 内存，CPU 和阶段 6 三个 Pod 里的一个一样多。冷启动的代价是一秒，由第一个来的人出。哪个更贵，要看你的读者是谁。这只是一条注解，每个服务可以各答各的：网关保温，账号服务让它睡。',
  },
} satisfies Experiment;

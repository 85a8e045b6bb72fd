import type { Bench, Experiment } from './experiment.ts';

/** Pods that answer. */
function ready(bench: Bench): string[] {
  return bench
    .instances()
    .filter(({ state }) => state === 'idle' || state === 'busy')
    .map(({ id }) => id)
    .toSorted();
}

export default {
  title: { en: 'Delete a pod', 'zh-CN': '删掉一个 Pod' },
  target: 'kubernetes',
  hypothesis: {
    en: 'A Deployment is a wish for three pods, not a command to start three: whoever deletes one gets another one, and nobody who asks the service notices.',
    'zh-CN':
      'Deployment 记的是“要三个 Pod”这个愿望，不是“启动三个”这条命令：删掉一个就补一个，访问服务的人毫无察觉。',
  },
  prediction: {
    question: {
      en: 'Three pods answer. One is deleted. How many are there a few seconds later?',
      'zh-CN': '三个 Pod 在服务，删掉其中一个。几秒钟后有几个？',
    },
    answers: [
      { text: { en: 'Two', 'zh-CN': '两个' }, holds: false },
      {
        text: { en: 'Three, and the deleted one is back', 'zh-CN': '三个，删掉的那个又回来了' },
        holds: false,
      },
      {
        text: { en: 'Three, and one has a new name', 'zh-CN': '三个，其中一个换了新名字' },
        holds: true,
      },
    ],
  },

  async run(bench) {
    bench.step({
      en: 'Take the autoscaler away, so that nobody else changes their number, and see who is there',
      'zh-CN': '先撤掉自动扩缩，免得它来改个数，再看看有谁',
    });
    await bench.kubectl('delete hpa todo');
    const before = ready(bench);
    bench.observe({ en: 'ready pods', 'zh-CN': '就绪的 Pod 数' }, before.length, 3);

    bench.step({
      en: 'Delete one while two clients go on asking',
      'zh-CN': '删掉一个，两个客户端照常请求',
    });
    const load = bench.load('/healthz', 2);
    await bench.kubectl(`delete pod ${before[0]}`);
    await bench.kubectl('get deployment todo', (output) => / 3\/3 /.test(output));
    const { failures } = await load.stop();
    bench.observe({ en: 'requests that failed', 'zh-CN': '失败的请求' }, failures, []);

    bench.step({ en: 'See who is there now', 'zh-CN': '再看看有谁' });
    const after = ready(bench);
    bench.observe({ en: 'ready pods', 'zh-CN': '就绪的 Pod 数' }, after.length, 3);
    bench.observe(
      { en: 'pods with a new name', 'zh-CN': '新名字的 Pod 数' },
      after.filter((name) => !before.includes(name)).length,
      1,
    );
  },

  conclusion: {
    en: 'The Deployment counted two where it wants three and made one more, within a second. The Service stopped sending requests to the deleted one at the moment of its deletion, three seconds before it heard SIGTERM. What nobody did in stage 5, a controller does here all day: compare what is with what should be.',
    'zh-CN':
      'Deployment 数到两个，而它要三个，一秒之内就补上了。被删的那个从删除那一刻起就不再分到请求，三秒后才收到 SIGTERM。阶段 5 没人做的事，这里有控制器整天在做：拿现状和期望比。',
  },
} satisfies Experiment;

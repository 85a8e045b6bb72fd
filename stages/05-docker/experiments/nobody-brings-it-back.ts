import type { Bench, Experiment } from './experiment.ts';

/** As long as a night, in milliseconds. */
const NIGHT_MILLISECONDS = 8 * 60 * 60_000;

async function isThere(bench: Bench): Promise<boolean> {
  return bench.fetch('/healthz').then(
    ({ ok }) => ok,
    () => false,
  );
}

export default {
  title: { en: 'Kill the process: nobody brings it back', 'zh-CN': '杀掉进程，没人把它拉起来' },
  target: 'process',
  hypothesis: {
    en: 'An image says how the program is started, not that it has to run: after a crash it stays down until a person starts it.',
    'zh-CN': '镜像只说程序怎么启动，不管它是不是活着：崩了就一直停着，直到有人来启动。',
  },
  prediction: {
    question: {
      en: 'At ten in the evening the one process of the service is killed, as the kernel does when memory runs out. It has a health check. Who answers at six in the morning?',
      'zh-CN':
        '晚上十点，服务唯一的进程被强杀，就像内存耗尽时内核做的那样。它是有健康检查的。早上六点，谁来响应请求？',
    },
    answers: [
      {
        text: {
          en: 'The same service: the health check has had it restarted',
          'zh-CN': '服务照常：健康检查会把它重启',
        },
        holds: false,
      },
      { text: { en: 'Nobody', 'zh-CN': '没有人' }, holds: true },
      {
        text: { en: 'A second process that took over', 'zh-CN': '接手的另一个进程' },
        holds: false,
      },
    ],
  },

  async run(bench) {
    bench.step({ en: 'Ask the service', 'zh-CN': '问一下服务' });
    const answers = { en: 'the service answers', 'zh-CN': '服务有响应' };
    bench.observe(answers, await isThere(bench), true);

    bench.step({ en: 'Kill its process', 'zh-CN': '杀掉它的进程' });
    await bench.kill();
    bench.observe(answers, await isThere(bench), false);

    bench.step({ en: 'Let the night pass', 'zh-CN': '过一夜' });
    await bench.wait(NIGHT_MILLISECONDS);
    bench.observe(answers, await isThere(bench), false);
    bench.observe(
      { en: 'processes that run', 'zh-CN': '在运行的进程数' },
      bench.instances().filter(({ state }) => state !== 'stopped').length,
      0,
    );

    bench.step({ en: 'A person starts it again', 'zh-CN': '有人来重新启动' });
    await bench.restart();
    bench.observe(answers, await isThere(bench), true);
  },

  conclusion: {
    en: 'Docker tells "unhealthy" to whoever asks, and does nothing about it. `--restart unless-stopped` would start the container again after a crash, on this one machine, and not when the machine is gone or the program hangs. Somebody has to want three of them and keep looking: that is what a cluster does.',
    'zh-CN':
      'Docker 只会在有人问时回答“不健康”，别的什么也不做。加上 `--restart unless-stopped`，崩溃后它会在这台机器上重新拉起；可要是机器没了，或者程序卡死不退，它就帮不上忙了。得有谁一直记着“要三个”，并且一直盯着：这就是集群做的事。',
  },
} satisfies Experiment;

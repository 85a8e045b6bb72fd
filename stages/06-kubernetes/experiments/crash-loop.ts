import type { Experiment } from './experiment.ts';

/** What the kubelet says of a container that it does not start yet. */
function waitOf(output: string): string {
  return /back-off (\w+) restarting/.exec(output)?.[1] ?? 'nothing';
}

export default {
  title: {
    en: 'A crash is mended, a habit is slowed down',
    'zh-CN': '偶尔崩溃马上拉起，屡次崩溃就放慢',
  },
  target: 'kubernetes',
  hypothesis: {
    en: 'A container that ends is started again at once. One that goes on ending waits longer each time: 10 s, 20 s, 40 s, up to five minutes.',
    'zh-CN':
      '容器退出，马上重新启动。要是接连退出，每次等得更久：10 秒、20 秒、40 秒，最长五分钟。',
  },
  prediction: {
    question: {
      en: 'The program of one pod is killed three times in a row. What does `kubectl get pods` show after the third time?',
      'zh-CN': '同一个 Pod 里的程序连着被杀三次。第三次之后，`kubectl get pods` 显示什么？',
    },
    answers: [
      {
        text: {
          en: 'Running: it is started at once, each time',
          'zh-CN': 'Running：每次都马上拉起',
        },
        holds: false,
      },
      { text: { en: 'CrashLoopBackOff', 'zh-CN': 'CrashLoopBackOff' }, holds: true },
      {
        text: { en: 'Another pod has taken its place', 'zh-CN': '已经换了一个新的 Pod' },
        holds: false,
      },
    ],
  },

  async run(bench) {
    const [pod = ''] = bench
      .instances()
      .map(({ id }) => id)
      .toSorted();
    const row = `get pod ${pod}`;
    const message = `get pod ${pod} -o jsonpath={.status.containerStatuses[0].state.waiting.message}`;
    const isUp = (restarts: number) => (output: string) =>
      new RegExp(`1/1 +Running +${restarts}`).test(output);
    const waited = { en: 'how long it waits', 'zh-CN': '要等多久' };

    bench.step({ en: 'Kill the program of one pod', 'zh-CN': '杀掉一个 Pod 里的程序' });
    await bench.kill(pod);
    const first = await bench.kubectl(row, isUp(1));
    bench.observe({ en: 'it runs again', 'zh-CN': '又跑起来了' }, isUp(1)(first), true);

    bench.step({ en: 'Kill it again', 'zh-CN': '再杀一次' });
    await bench.kill(pod);
    const second = await bench.kubectl(row, (output) => output.includes('CrashLoopBackOff'));
    bench.observe(
      { en: 'its status', 'zh-CN': '它的状态' },
      / (CrashLoopBackOff|Running|Error) /.exec(second)?.[1],
      'CrashLoopBackOff',
    );
    bench.observe(waited, waitOf(await bench.kubectl(message)), '10s');
    bench.observe(
      { en: 'the service answers', 'zh-CN': '服务照常响应' },
      (await bench.fetch('/healthz')).status,
      200,
    );

    bench.step({ en: 'Let ten seconds pass', 'zh-CN': '等十秒' });
    await bench.wait(10_000);
    const third = await bench.kubectl(row, isUp(2));
    bench.observe({ en: 'it runs again', 'zh-CN': '又跑起来了' }, isUp(2)(third), true);

    bench.step({ en: 'Kill it a third time', 'zh-CN': '杀第三次' });
    await bench.kill(pod);
    const fourth = await bench.kubectl(message, (output) => waitOf(output) === '20s');
    bench.observe(waited, waitOf(fourth), '20s');
  },

  conclusion: {
    en: 'It is the same pod all the time: same name, same address, a count of restarts that grows. The phase stays Running; CrashLoopBackOff is the reason why its container is not. Waiting protects what the program breaks on, and leaves time to read `kubectl logs --previous`. A container that runs for ten minutes is forgiven.',
    'zh-CN':
      '从头到尾都是同一个 Pod：名字没变，地址没变，只有重启次数在涨。phase 一直是 Running，CrashLoopBackOff 只是说明容器为什么没在跑。放慢是为了不去反复撞那个出问题的地方，也给人留时间看 `kubectl logs --previous`。稳定跑满十分钟，就既往不咎。',
  },
} satisfies Experiment;

import type { Experiment } from './experiment.ts';

const CLIENTS = 4;

export default {
  title: { en: 'A rolling update without a failed request', 'zh-CN': '滚动更新，一个请求也不丢' },
  target: 'kubernetes',
  hypothesis: {
    en: 'While every pod is replaced by a new one, every request is answered.',
    'zh-CN': '所有 Pod 逐个换新，期间每个请求都有响应。',
  },
  prediction: {
    question: {
      en: 'All three pods are replaced while four clients ask without a break. How many requests fail?',
      'zh-CN': '四个客户端不停地请求，同时把三个 Pod 全部换掉。会失败几个请求？',
    },
    answers: [
      { text: { en: 'None', 'zh-CN': '一个也没有' }, holds: true },
      {
        text: {
          en: 'Those that a pod was working on when it was told to stop',
          'zh-CN': 'Pod 收到停止信号时手上的那些',
        },
        holds: false,
      },
      {
        text: {
          en: 'Those that come in the second between old and new',
          'zh-CN': '新旧交替那一秒里进来的那些',
        },
        holds: false,
      },
    ],
  },

  async run(bench) {
    bench.step({
      en: 'Take the autoscaler away, so that nobody else changes their number',
      'zh-CN': '先撤掉自动扩缩，免得它来改个数',
    });
    await bench.kubectl('delete hpa todo');
    const before = bench.instances().map(({ id }) => id);

    bench.step({
      en: 'Replace every pod while four clients ask',
      'zh-CN': '四个客户端一直请求，同时换掉所有 Pod',
    });
    const load = bench.load('/healthz', CLIENTS);
    await bench.kubectl('rollout restart deployment/todo');
    const said = await bench.kubectl('rollout status deployment/todo --timeout=120s');
    // The last old pod still sleeps before its end.
    await bench.kubectl('get pods -l app=todo', (output) => !output.includes('Terminating'));
    const { answered, failures } = await load.stop();

    bench.observe(
      { en: 'the last line of the rollout', 'zh-CN': '滚动更新的最后一行' },
      said.trim().split('\n').at(-1),
      'deployment "todo" successfully rolled out',
    );
    bench.observe({ en: 'requests that failed', 'zh-CN': '失败的请求' }, failures, []);
    bench.observe(
      { en: 'more than a hundred were answered', 'zh-CN': '有响应的超过一百个' },
      answered > 100,
      true,
    );
    const fresh = bench
      .instances()
      .filter(({ id, state }) => !before.includes(id) && (state === 'idle' || state === 'busy'));
    bench.observe({ en: 'new pods that are ready', 'zh-CN': '就绪的新 Pod 数' }, fresh.length, 3);
  },

  conclusion: {
    en: 'Four things together make it so. maxUnavailable 0: a new pod has to be ready before an old one goes. The readiness probe: it says when that is. preStop: the old one sleeps three seconds, until no node sends it requests any more. And draining: after SIGTERM the program answers what it has. Leave out one of them, and requests can fail.',
    'zh-CN':
      '这是四件事凑在一起的结果。maxUnavailable 为 0：新的就绪了，旧的才走。就绪探针：由它说什么时候算就绪。preStop：旧的先睡三秒，等所有节点都不再给它发请求。还有排空：收到 SIGTERM 后把手头的答完。少了哪一件，都可能有请求失败。',
  },
} satisfies Experiment;

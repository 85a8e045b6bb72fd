import type { Experiment } from './experiment.ts';

/** How many rows of `kubectl get pods` look so. */
function count(output: string, row: RegExp): number {
  return output.split('\n').filter((line) => row.test(line)).length;
}

const STUCK = / 0\/1 +(ErrImagePull|ImagePullBackOff) /;
const READY = / 1\/1 +Running /;

export default {
  title: {
    en: 'A broken image stalls, and the old pods serve',
    'zh-CN': '坏镜像卡住，旧 Pod 照常服务',
  },
  target: 'kubernetes',
  hypothesis: {
    en: 'A rollout to an image that does not exist gets as far as one pod. The old ones go on answering, and one command goes back.',
    'zh-CN': '更新到一个不存在的镜像，只会卡住一个 Pod。旧的照常响应，一条命令就能退回去。',
  },
  prediction: {
    question: {
      en: 'Somebody deploys an image with a typing error in its name. How many of the three pods still answer?',
      'zh-CN': '有人把镜像名打错了，就这么部署了上去。三个 Pod 里还有几个在响应？',
    },
    answers: [
      { text: { en: 'None', 'zh-CN': '一个也没有' }, holds: false },
      { text: { en: 'Two', 'zh-CN': '两个' }, holds: false },
      { text: { en: 'All three', 'zh-CN': '三个都在' }, holds: true },
    ],
  },

  async run(bench) {
    const ready = { en: 'pods that are ready', 'zh-CN': '就绪的 Pod 数' };
    const stuck = { en: 'pods that cannot start', 'zh-CN': '起不来的 Pod 数' };

    bench.step({ en: 'Deploy an image that is not there', 'zh-CN': '部署一个不存在的镜像' });
    await bench.kubectl('set image deployment/todo todo=serverless-evolution/06-kubernetes:none');
    const broken = await bench.kubectl('get pods -l app=todo', (output) => STUCK.test(output));
    bench.observe(stuck, count(broken, STUCK), 1);
    bench.observe(ready, count(broken, READY), 3);
    bench.observe(
      { en: 'the service answers', 'zh-CN': '服务照常响应' },
      (await bench.fetch('/healthz')).status,
      200,
    );

    bench.step({ en: 'Go back', 'zh-CN': '退回去' });
    const said = await bench.kubectl('rollout undo deployment/todo');
    bench.observe(
      { en: 'kubectl says', 'zh-CN': 'kubectl 的输出' },
      said.trim(),
      'deployment.apps/todo rolled back',
    );
    const mended = await bench.kubectl(
      'get pods -l app=todo',
      (output) => count(output, /todo-/) === 3 && count(output, READY) === 3,
    );
    bench.observe(stuck, count(mended, STUCK), 0);
    bench.observe(ready, count(mended, READY), 3);
  },

  conclusion: {
    en: 'With maxSurge 1 and maxUnavailable 0 there is one new pod on trial at a time, and no old one goes until it is ready. It never is, so nothing goes on. After progressDeadlineSeconds the Deployment says that it failed, and does nothing else: going back is still up to a person, or to the tool that deployed.',
    'zh-CN':
      'maxSurge 为 1、maxUnavailable 为 0，每次只有一个新 Pod 试水，它没就绪，旧的一个也不走。它永远不会就绪，事情就停在那里。过了 progressDeadlineSeconds，Deployment 会报告失败，但也仅此而已：退回去仍然要靠人，或者靠部署工具。',
  },
} satisfies Experiment;

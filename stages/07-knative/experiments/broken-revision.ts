import type { Bench, Experiment } from './experiment.ts';

/** Its pod is started once more at once, and then not for ten seconds. */
const ENDED_TWICE = /^rule-00002\S* +0\/1 +CrashLoopBackOff +1 /m;

/** Who answers for the list. */
async function whoLists(bench: Bench): Promise<string> {
  const response = await bench.fetch('/api/rule');
  return `${response.status} ${response.headers.get('x-revision')}`;
}

/** What kn says of a change that fails, in one line. */
async function refused(bench: Bench, line: string): Promise<string> {
  try {
    await bench.kn(line);
    return 'it went through';
  } catch (error) {
    return (error as Error).message;
  }
}

export default {
  title: { en: 'A broken revision gets no traffic', 'zh-CN': '坏的修订版本分不到流量' },
  target: 'knative',
  hypothesis: {
    en: 'A revision whose program does not start is told to be broken and gets no request. The one before goes on answering, without anybody doing anything.',
    'zh-CN':
      '程序起不来的修订版本会被标为失败，一个请求也分不到。前一个版本照常应答，谁也不用动手。',
  },
  prediction: {
    question: {
      en: 'Somebody deploys rule with a signing key that is too short: the program ends as soon as it starts. How many requests fail?',
      'zh-CN': '有人部署 rule 时把签名密钥设短了，程序一启动就退出。会失败几个请求？',
    },
    answers: [
      { text: { en: 'None', 'zh-CN': '一个也没有' }, holds: true },
      {
        text: { en: 'All, until somebody goes back', 'zh-CN': '全部，直到有人退回去' },
        holds: false,
      },
      { text: { en: 'Half of them', 'zh-CN': '一半' }, holds: false },
    ],
  },

  async run(bench) {
    const who = { en: 'who answers for the list', 'zh-CN': '谁在应答列表' };
    bench.step({ en: 'Before', 'zh-CN': '之前' });
    bench.observe(who, await whoLists(bench), '200 rule-00001');

    bench.step({ en: 'Deploy a key that is too short', 'zh-CN': '部署一把太短的密钥' });
    const load = bench.load('/api/rule', 2);
    const said = await refused(bench, 'service update rule --env JWT_SECRET=c2hvcnQ');
    await bench.kubectl('get pods', (output) => ENDED_TWICE.test(output));
    const { failures } = await load.stop();
    bench.observe(
      { en: 'kn says why', 'zh-CN': 'kn 说明了原因' },
      said.includes('JWT_SECRET is 5 bytes: expected a key of 32 bytes or more'),
      true,
    );
    bench.observe({ en: 'requests that failed', 'zh-CN': '失败的请求' }, failures, []);
    bench.observe(who, await whoLists(bench), '200 rule-00001');
    await bench.kn('revision list --service rule');

    bench.step({ en: 'Mend it', 'zh-CN': '改正' });
    await bench.kn('service update rule --env JWT_SECRET-');
    bench.observe(who, await whoLists(bench), '200 rule-00003');
  },

  conclusion: {
    en: 'Traffic follows the latest revision that is ready, not the latest one. What never becomes ready never gets any, and stays in the list with its reason. In stage 6 a broken rollout stalled as well, but old and new were one Deployment, and going back was a command. Here nobody has to go back: nobody has left. A revision that starts and then answers nonsense is ready, too; against that a share of ten per cent helps, and somebody who looks.',
    'zh-CN':
      '流量跟着“最新的、已就绪的”版本走，而不是最新的。永远不就绪，就永远分不到，还会带着原因留在列表里。阶段 6 的坏更新也会卡住，但新旧是同一个 Deployment，退回去要下命令。这里不用退，因为压根没离开。起得来、却答非所问的版本也算就绪；防这种，靠的是先放百分之十的流量，还要有人盯着。',
  },
} satisfies Experiment;

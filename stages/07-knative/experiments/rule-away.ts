import type { Bench, Experiment } from './experiment.ts';

const JSON_TYPE = { 'content-type': 'application/json' };
const DEMO = { userName: 'demo', password: 'serverless' };

/** Status and code: `502 SERVICE_AWAY`. */
async function outcome(response: Response): Promise<string> {
  const { code } = (await response.json()) as { code?: string };
  return [response.status, code].filter(Boolean).join(' ');
}

function gateways(bench: Bench): string[] {
  return bench
    .instances()
    .filter(({ service }) => service.startsWith('myapp'))
    .map(({ id }) => id);
}

export default {
  title: { en: 'rule is away: 502, and the page lives', 'zh-CN': 'rule 不在了：502，页面照常' },
  target: 'knative',
  hypothesis: {
    en: 'What a service says reaches the browser as it was said, errors too. When the service is gone the gateway says so with 502; page and accounts go on, and the gateway’s process lives.',
    'zh-CN':
      '服务说什么，浏览器就收到什么，报错也一样。服务没了，网关如实回 502；页面和账号照常，网关的进程还活着。',
  },
  prediction: {
    question: {
      en: 'Somebody deletes the service rule. What does a reader get who opens the page?',
      'zh-CN': '有人删掉了 rule 服务。这时打开页面，读者会看到什么？',
    },
    answers: [
      {
        text: { en: 'Nothing: the gateway has crashed', 'zh-CN': '什么也没有：网关崩了' },
        holds: false,
      },
      {
        text: {
          en: 'The page, which says that the list did not load',
          'zh-CN': '页面，上面写着列表没有加载出来',
        },
        holds: true,
      },
      { text: { en: 'The page with an empty list', 'zh-CN': '页面，列表是空的' }, holds: false },
    ],
  },

  async run(bench) {
    const list = { en: 'the list', 'zh-CN': '列表' };
    const before = gateways(bench);
    bench.step({ en: 'The table is away: rule says so', 'zh-CN': '表不在了：rule 如实报告' });
    await bench.interrupt('tablestore');
    const broken = await bench.fetch('/api/rule');
    bench.observe(list, await outcome(broken), '503 TABLE_UNREACHABLE');
    bench.observe(
      { en: 'who said it', 'zh-CN': '谁说的' },
      broken.headers.get('x-revision'),
      'rule-00001',
    );
    await bench.restore('tablestore');
    bench.observe(list, await outcome(await bench.fetch('/api/rule')), '200');

    bench.step({ en: 'Delete rule', 'zh-CN': '删掉 rule' });
    await bench.kn('service delete rule');
    bench.observe(list, await outcome(await bench.fetch('/api/rule')), '502 SERVICE_AWAY');
    bench.observe({ en: 'the page', 'zh-CN': '页面' }, (await bench.fetch('/')).status, 200);
    const login = await bench.fetch('/api/login/account', {
      ...{ method: 'POST', headers: JSON_TYPE },
      body: JSON.stringify(DEMO),
    });
    bench.observe({ en: 'signing in', 'zh-CN': '登录' }, login.status, 200);
    bench.observe(
      { en: 'the gateway is the same pod', 'zh-CN': '网关还是那个 Pod' },
      gateways(bench).join() === before.join(),
      true,
    );
  },

  conclusion: {
    en: '502 means: I am fine, the one behind me is not. 503 from rule means: I am here and my table is not. A gateway that made one 500 of both would hide where to look. It never guesses: a write that was sent and not answered may have happened, so it says that nothing is known and does not send it again.',
    'zh-CN':
      '502 的意思是：我好好的，我后面那位不在。rule 的 503 是说：我在，我的表不在。网关要是把两样都变成 500，就看不出该查哪里。它也从不猜：发出去没有回音的写入，也许已经生效了，所以它只说“不清楚”，不会自作主张再发一次。',
  },
} satisfies Experiment;

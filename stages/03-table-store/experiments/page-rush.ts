import type { Bench, Experiment } from './experiment.ts';

/** One instance answers one request at a time, so each of them starts an instance of its own. */
const VISITORS = 8;

async function open(bench: Bench): Promise<number> {
  const response = await bench.fetch('/');
  await response.text();
  return response.status;
}

function countRunning(bench: Bench, service: string): number {
  return bench
    .instances()
    .filter((instance) => instance.service === service && instance.state !== 'stopped').length;
}

export default {
  title: {
    en: 'A rush on the page starts no database client',
    'zh-CN': '页面再挤，数据库连接也不会多',
  },
  target: 'fc',
  hypothesis: {
    en: 'The page and the todos are two functions that scale apart. Visitors who only look at the page start instances of the page’s function, and those know nothing of the table.',
    'zh-CN':
      '页面和待办是两个函数，各自伸缩。只看页面的访客只会带起页面函数的实例，而这些实例根本不知道有表。',
  },
  prediction: {
    question: {
      en: 'The table is away, and eight visitors open the page at the same moment. What do they get, and how many instances try to reach the table?',
      'zh-CN': '表断开了，这时八个访客同时打开页面。他们得到什么？有几个实例会去连表？',
    },
    answers: [
      {
        text: {
          en: 'Eight errors: without its table the service is down',
          'zh-CN': '八个报错：没了表，服务就不可用',
        },
        holds: false,
      },
      {
        text: {
          en: 'Eight pages, and eight instances that try',
          'zh-CN': '八个页面，八个实例都去连',
        },
        holds: false,
      },
      {
        text: { en: 'Eight pages, and none tries', 'zh-CN': '八个页面，一个都不会去连' },
        holds: true,
      },
    ],
  },

  async run(bench) {
    bench.step({ en: 'The table goes away', 'zh-CN': '表断开了' });
    await bench.interrupt('tablestore');

    bench.step({
      en: 'Eight visitors open the page at the same moment',
      'zh-CN': '八个访客同时打开页面',
    });
    const statuses = await Promise.all(Array.from({ length: VISITORS }, () => open(bench)));
    bench.observe(
      { en: 'answers of 200', 'zh-CN': '收到 200 的次数' },
      statuses.filter((status) => status === 200).length,
      VISITORS,
    );
    bench.observe(
      { en: 'instances of the page’s function', 'zh-CN': '页面函数的实例数' },
      countRunning(bench, 'page'),
      VISITORS,
    );
    bench.observe(
      {
        en: 'instances of the function with the database client',
        'zh-CN': '连数据库的函数的实例数',
      },
      countRunning(bench, 'rule'),
      0,
    );

    bench.step({
      en: 'The table is back, and one of them reads the list',
      'zh-CN': '表恢复了，其中一人读清单',
    });
    await bench.restore('tablestore');
    const list = await bench.fetch('/api/rule');
    bench.observe({ en: 'the answer', 'zh-CN': '响应码' }, list.status, 200);
    bench.observe(
      {
        en: 'instances of the function with the database client',
        'zh-CN': '连数据库的函数的实例数',
      },
      countRunning(bench, 'rule'),
      1,
    );
  },

  conclusion: {
    en: 'In one function each of the eight would have loaded the client and opened its connections, to serve a page that needs none of them. Cut along what the parts need, and each part pays only for that, and fails only with it.',
    'zh-CN':
      '如果还是一个函数，这八个实例都会加载客户端、建好连接，只为了发一个根本用不着表的页面。按各部分的需要来拆，每一部分就只为自己的需要付费，也只会跟着自己的依赖出故障。',
  },
} satisfies Experiment;

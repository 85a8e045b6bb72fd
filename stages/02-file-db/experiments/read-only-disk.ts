import type { Bench, Experiment } from './experiment.ts';

async function readList(bench: Bench): Promise<unknown> {
  const response = await bench.fetch('/api/rule');
  const { data } = (await response.json()) as { data: readonly { name: string }[] };
  return data.map(({ name }) => name);
}

/** The list that build:fc packs: seed.json. */
const PACKED = ['Packed with the code · 随代码一起打包'];

export default {
  title: { en: 'The function cannot write its disk', 'zh-CN': '函数写不了自己的磁盘' },
  target: 'fc',
  hypothesis: {
    en: 'The disk that holds the code is read-only, so the first write fails, and the list stays as it was packed.',
    'zh-CN': '放代码的磁盘是只读的，第一次写就会失败，清单还是打包时的样子。',
  },
  prediction: {
    question: {
      en: 'The same code, deployed as a function. It can read db.json. You add a todo: what comes back?',
      'zh-CN': '同样的代码，部署成函数。它读得到 db.json。现在加一条待办，会得到什么？',
    },
    answers: [
      {
        text: { en: '201, and the todo is in the list', 'zh-CN': '201，待办进了清单' },
        holds: false,
      },
      {
        text: { en: '201, but it is gone after a while', 'zh-CN': '201，但过一会儿就没了' },
        holds: false,
      },
      {
        text: { en: 'An error, and the list is unchanged', 'zh-CN': '报错，清单原样不动' },
        holds: true,
      },
    ],
  },

  async run(bench) {
    bench.step({ en: 'Read the list', 'zh-CN': '读清单' });
    bench.observe(
      { en: 'todos in the list', 'zh-CN': '清单里的待办' },
      await readList(bench),
      PACKED,
    );

    bench.step({ en: 'Add a todo', 'zh-CN': '加一条待办' });
    const answer = await bench.fetch('/api/rule', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ name: 'Buy milk' }),
    });
    const { code } = (await answer.json()) as { code?: string };
    bench.observe(
      { en: 'the answer to the POST', 'zh-CN': 'POST 的响应' },
      { status: answer.status, code },
      { status: 503, code: 'STORAGE_READ_ONLY' },
    );

    bench.step({ en: 'Read the list again', 'zh-CN': '再读清单' });
    bench.observe(
      { en: 'todos in the list', 'zh-CN': '清单里的待办' },
      await readList(bench),
      PACKED,
    );
  },

  conclusion: {
    en: 'A platform that starts and ends instances as it likes cannot let each of them change its code. The error is honest: nothing was written, and nothing that only lives in memory pretends otherwise. The 2020 original let this request hang and showed a todo that no disk knew of.',
    'zh-CN':
      '平台随时增减实例，当然不会让每个实例去改自己的代码目录。这个报错是老实的：没写进去，也没有一条只活在内存里的待办装作写进去了。2020 年的原版会让请求一直挂着，清单里还冒出一条磁盘上根本没有的待办。',
  },
} satisfies Experiment;

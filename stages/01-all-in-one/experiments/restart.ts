import type { Bench, Experiment } from './experiment.ts';

async function countTodos(bench: Bench): Promise<number> {
  const response = await bench.fetch('/api/rule');
  const { total } = (await response.json()) as { total: number };
  return total;
}

export default {
  title: { en: 'Restart, and the todos are gone', 'zh-CN': '一重启，待办全没了' },
  target: 'process',
  hypothesis: {
    en: 'The todos live in the memory of the process, so they end with it.',
    'zh-CN': '待办放在进程的内存里，进程结束，待办也就没了。',
  },
  prediction: {
    question: {
      en: 'You add one todo, then the process is restarted in the most orderly way. How many todos are in the list?',
      'zh-CN': '先加一条待办，再按最规矩的方式重启进程。清单里还有几条？',
    },
    answers: [
      {
        text: { en: 'One: an orderly shutdown loses nothing', 'zh-CN': '一条：正常退出不会丢数据' },
        holds: false,
      },
      { text: { en: 'None', 'zh-CN': '一条也没有' }, holds: true },
    ],
  },

  async run(bench) {
    bench.step({ en: 'Add a todo', 'zh-CN': '加一条待办' });
    const added = await bench.fetch('/api/rule', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ name: 'Buy milk' }),
    });
    bench.observe({ en: 'the answer to the POST', 'zh-CN': 'POST 的响应码' }, added.status, 201);
    bench.observe(
      { en: 'todos in the list', 'zh-CN': '清单里的待办数' },
      await countTodos(bench),
      1,
    );

    bench.step({
      en: 'Restart the process: SIGTERM, then start again',
      'zh-CN': '重启进程：先 SIGTERM，再启动',
    });
    await bench.restart();
    bench.observe(
      { en: 'todos in the list', 'zh-CN': '清单里的待办数' },
      await countTodos(bench),
      0,
    );
  },

  conclusion: {
    en: 'The service answered 201, and that was true for as long as the process lived. Memory is fast and costs nothing, but it is not a place to keep things. A crash, a deployment and a reboot of the machine all do the same.',
    'zh-CN':
      '服务确实回了 201，可这个承诺只在进程活着时有效。内存又快又省事，但不是存东西的地方。崩溃、发版、机器重启，结果都一样。',
  },
} satisfies Experiment;

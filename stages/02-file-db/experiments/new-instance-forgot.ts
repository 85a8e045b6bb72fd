import type { Bench, Experiment } from './experiment.ts';

/** Longer than any idle instance is kept: on the platform it is usually three to five minutes. */
const IDLE_MILLISECONDS = 10 * 60 * 1000;

async function countTodos(bench: Bench): Promise<number> {
  const response = await bench.fetch('/api/rule');
  const { total } = (await response.json()) as { total: number };
  return total;
}

function countRunning(bench: Bench): number {
  return bench.instances().filter(({ state }) => state !== 'stopped').length;
}

export default {
  title: { en: 'A new instance has forgotten', 'zh-CN': '新实例什么都不记得' },
  target: 'fc',
  hypothesis: {
    en: 'The folder for temporary files can be written, but it belongs to one instance and ends with it.',
    'zh-CN': '临时目录可以写，但它只属于一个实例，实例没了它也没了。',
  },
  prediction: {
    question: {
      en: 'db.json moves to /tmp, which a function may write. You add a todo, and for ten minutes nobody comes. How many todos does the next visitor see?',
      'zh-CN': '把 db.json 挪到函数可写的 /tmp。加一条待办，然后十分钟没人来。下一个访客看到几条？',
    },
    answers: [
      {
        text: { en: 'One: it was written to a disk', 'zh-CN': '一条：毕竟写进了磁盘' },
        holds: false,
      },
      { text: { en: 'None', 'zh-CN': '一条也没有' }, holds: true },
    ],
  },

  async run(bench) {
    bench.step({
      en: 'Deploy again with TODO_STORAGE=tmp',
      'zh-CN': '带上 TODO_STORAGE=tmp 重新部署',
    });
    await bench.redeploy({ TODO_STORAGE: 'tmp' });

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
    bench.observe({ en: 'instances that run', 'zh-CN': '在运行的实例数' }, countRunning(bench), 1);

    bench.step({ en: 'Nobody comes for ten minutes', 'zh-CN': '十分钟没人访问' });
    await bench.wait(IDLE_MILLISECONDS);
    bench.observe({ en: 'instances that run', 'zh-CN': '在运行的实例数' }, countRunning(bench), 0);

    bench.step({ en: 'The next visitor reads the list', 'zh-CN': '下一个访客读清单' });
    bench.observe(
      { en: 'todos in the list', 'zh-CN': '清单里的待办数' },
      await countTodos(bench),
      0,
    );
  },

  conclusion: {
    en: 'No error, no crash: the platform took an idle instance back, as it should, since that is why an idle hour costs nothing. /tmp is scratch paper. What must be there tomorrow has to live outside the function: that is stage 3.',
    'zh-CN':
      '没有报错，也没有崩溃：平台收回了空闲实例，这正是它该做的，空闲不花钱靠的就是这个。/tmp 只是草稿纸。明天还要用的东西，得放到函数外面去：这就是阶段 3。',
  },
} satisfies Experiment;

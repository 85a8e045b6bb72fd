import type { Bench, Experiment } from './experiment.ts';

const WRITERS = 20;
/** Longer than any idle instance is kept: on the platform it is usually three to five minutes. */
const IDLE_MILLISECONDS = 10 * 60 * 1000;

async function add(bench: Bench, name: string): Promise<number> {
  const response = await bench.fetch('/api/rule', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ name }),
  });
  return response.status;
}

async function countTodos(bench: Bench): Promise<number> {
  const response = await bench.fetch('/api/rule');
  const { total } = (await response.json()) as { total: number };
  return total;
}

export default {
  title: {
    en: 'The same with one cell: half of them are gone',
    'zh-CN': '换成一个单元格：丢了一半',
  },
  target: 'fc',
  hypothesis: {
    en: 'A table alone does not help. With the whole list in one cell and a copy in the memory of each instance, each write puts the writer’s own copy over what the others have saved.',
    'zh-CN':
      '光有表没用。整份清单放在一个单元格里，每个实例内存里再留一份拷贝，那么每次写都会拿自己的拷贝盖掉别人存好的。',
  },
  prediction: {
    question: {
      en: 'The same function with the store of the 2020 course: one cell, and a copy in memory. Twenty people add a todo each, two at a time on two instances, and all get 201. How many todos are in the table at the end?',
      'zh-CN':
        '同一个函数，换上 2020 年课程的存法：一个单元格，加上内存里的拷贝。二十个人各加一条，每次两人同时，落在两个实例上，都收到 201。最后表里有几条？',
    },
    answers: [
      { text: { en: 'Twenty: it is the same table', 'zh-CN': '二十条：还是那张表' }, holds: false },
      { text: { en: 'Ten', 'zh-CN': '十条' }, holds: true },
      { text: { en: 'One: the last one wins', 'zh-CN': '一条：后写的赢' }, holds: false },
    ],
  },

  async run(bench) {
    bench.step({
      en: 'Deploy again with TODO_STORE=one-cell, which is how NOT to do it',
      'zh-CN': '带上 TODO_STORE=one-cell 重新部署，这是反面教材',
    });
    await bench.redeploy({ TODO_STORE: 'one-cell' });

    bench.step({
      en: 'Two visitors at once start two instances; each reads the cell into its memory',
      'zh-CN': '两个访客同时到，起两个实例，各自把单元格读进内存',
    });
    await Promise.all([countTodos(bench), countTodos(bench)]);

    bench.step({
      en: 'Twenty people each add a todo, always two at the same moment',
      'zh-CN': '二十个人各加一条待办，每次两人同时',
    });
    const statuses: number[] = [];
    for (let writer = 1; writer <= WRITERS; writer += 2) {
      const pair = [`Writer ${writer}`, `Writer ${writer + 1}`];
      statuses.push(...(await Promise.all(pair.map((name) => add(bench, name)))));
    }
    bench.observe(
      { en: 'answers of 201', 'zh-CN': '收到 201 的次数' },
      statuses.filter((status) => status === 201).length,
      WRITERS,
    );

    bench.step({ en: 'Both instances are asked at the same moment', 'zh-CN': '同时问两个实例' });
    bench.observe(
      { en: 'todos that each of them shows', 'zh-CN': '各自显示的待办数' },
      await Promise.all([countTodos(bench), countTodos(bench)]),
      [WRITERS / 2, WRITERS / 2],
    );

    bench.step({
      en: 'For ten minutes nobody comes; a new instance reads the cell',
      'zh-CN': '十分钟没人来，由新实例读单元格',
    });
    await bench.wait(IDLE_MILLISECONDS);
    bench.observe(
      { en: 'todos in the table', 'zh-CN': '表里的待办数' },
      await countTodos(bench),
      WRITERS / 2,
    );
  },

  conclusion: {
    en: 'No error anywhere: ten people were told 201 and their todos are in no memory and no table. Each instance was right about its own copy. A shared place is not yet shared state: what matters is what one write replaces. Here it replaces everything; a row replaces itself.',
    'zh-CN':
      '哪儿都没报错：有十个人收到 201，他们的待办却既不在内存里，也不在表里。每个实例对自己的拷贝都没算错。放在同一个地方，不等于共享了状态，要看一次写会替换掉什么。这里替换的是全部，而一行只替换它自己。',
  },
} satisfies Experiment;

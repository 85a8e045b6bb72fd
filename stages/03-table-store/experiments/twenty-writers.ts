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

async function readNames(bench: Bench): Promise<string[]> {
  const response = await bench.fetch('/api/rule?pageSize=100');
  const { data } = (await response.json()) as { data: readonly { name: string }[] };
  return data.map(({ name }) => name);
}

function countRunning(bench: Bench): number {
  return bench.instances().filter(({ state }) => state !== 'stopped').length;
}

export default {
  title: {
    en: 'Twenty writers, two instances, nothing lost',
    'zh-CN': '二十次写入，两个实例，一条不少',
  },
  target: 'fc',
  hypothesis: {
    en: 'With a row for each todo no writer touches what another one has written, so every acknowledged todo is in the list, on every instance.',
    'zh-CN': '一条待办一行，谁写都碰不到别人的行，所以凡是确认过的待办，在每个实例上都看得到。',
  },
  prediction: {
    question: {
      en: 'Twenty people add a todo each, two at a time, so that two instances are always busy. All get 201. How many todos does each instance show?',
      'zh-CN':
        '二十个人各加一条待办，每次两人同时，两个实例一直都忙着。所有人都收到 201。每个实例显示几条？',
    },
    answers: [
      { text: { en: 'Ten: its own', 'zh-CN': '十条：各写各的' }, holds: false },
      { text: { en: 'Twenty', 'zh-CN': '二十条' }, holds: true },
      {
        text: {
          en: 'Somewhere in between: some overwrite others',
          'zh-CN': '介于两者之间：有的会互相覆盖',
        },
        holds: false,
      },
    ],
  },

  async run(bench) {
    bench.step({
      en: 'Two visitors at once start two instances',
      'zh-CN': '两个访客同时到，起两个实例',
    });
    await Promise.all([readNames(bench), readNames(bench)]);
    bench.observe({ en: 'instances that run', 'zh-CN': '在运行的实例数' }, countRunning(bench), 2);

    bench.step({
      en: 'Twenty people each add a todo, always two at the same moment',
      'zh-CN': '二十个人各加一条待办，每次两人同时',
    });
    const names: string[] = [];
    const statuses: number[] = [];
    for (let writer = 1; writer <= WRITERS; writer += 2) {
      const pair = [`Writer ${writer}`, `Writer ${writer + 1}`];
      statuses.push(...(await Promise.all(pair.map((name) => add(bench, name)))));
      names.push(...pair);
    }
    bench.observe(
      { en: 'answers of 201', 'zh-CN': '收到 201 的次数' },
      statuses.filter((status) => status === 201).length,
      WRITERS,
    );
    bench.observe({ en: 'instances that run', 'zh-CN': '在运行的实例数' }, countRunning(bench), 2);

    bench.step({
      en: 'Both instances are asked at the same moment',
      'zh-CN': '同时问两个实例',
    });
    const lists = await Promise.all([readNames(bench), readNames(bench)]);
    bench.observe(
      { en: 'todos that each of them shows', 'zh-CN': '各自显示的待办数' },
      lists.map(({ length }) => length),
      [WRITERS, WRITERS],
    );

    bench.step({
      en: 'For ten minutes nobody comes; a new instance reads the list',
      'zh-CN': '十分钟没人来，由新实例读清单',
    });
    await bench.wait(IDLE_MILLISECONDS);
    bench.observe({ en: 'instances that run', 'zh-CN': '在运行的实例数' }, countRunning(bench), 0);
    const kept = new Set(await readNames(bench));
    bench.observe(
      { en: 'acknowledged todos that are missing', 'zh-CN': '已确认却不见了的待办' },
      names.filter((name) => !kept.has(name)),
      [],
    );
  },

  conclusion: {
    en: 'Nothing had to be agreed between the instances. Each new todo is a row of its own, and the number that it carries comes from one row that the table itself adds to, in one step. Whoever answers next reads the same rows.',
    'zh-CN':
      '实例之间什么都不用商量。每条新待办都是单独一行，编号来自表里一个计数的行，加一由表自己一步完成。下一个响应的不管是谁，读到的都是同一批行。',
  },
} satisfies Experiment;

import type { Bench, Experiment } from './experiment.ts';

/** Longer than any idle instance is kept: on the platform it is usually three to five minutes. */
const IDLE_MILLISECONDS = 10 * 60 * 1000;

interface Outcome {
  readonly status: number;
  readonly code: string | undefined;
}

async function add(bench: Bench, name: string): Promise<Outcome> {
  return outcomeOf(
    await bench.fetch('/api/rule', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ name }),
    }),
  );
}

async function outcomeOf(response: Response): Promise<Outcome> {
  const { code } = (await response.json()) as { code?: string };
  return { status: response.status, code };
}

async function readNames(bench: Bench): Promise<string[]> {
  const response = await bench.fetch('/api/rule');
  const { data } = (await response.json()) as { data: readonly { name: string }[] };
  return data.map(({ name }) => name);
}

const UNREACHABLE: Outcome = { status: 503, code: 'TABLE_UNREACHABLE' };

export default {
  title: { en: 'The table is down: 503, then it recovers', 'zh-CN': '表断开：503，恢复后一切照旧' },
  target: 'fc',
  hypothesis: {
    en: 'Without its table the service says so and changes nothing. Nobody takes "not reached" for "empty", so when the table is back everything is as it was.',
    'zh-CN':
      '没了表，服务就老实说没有，什么都不改。没有人把“连不上”当成“空的”，所以表一恢复，一切照旧。',
  },
  prediction: {
    question: {
      en: 'There is one todo. The table goes away, somebody adds a second one, and even a new instance starts meanwhile. Then the table comes back. What is in the list?',
      'zh-CN':
        '原有一条待办。表断开后，有人又加了一条，期间还起了一个新实例。然后表恢复了。清单里有什么？',
    },
    answers: [
      { text: { en: 'The first todo', 'zh-CN': '第一条' }, holds: true },
      {
        text: {
          en: 'Both: the second one was kept until then',
          'zh-CN': '两条：第二条先存着，之后补上',
        },
        holds: false,
      },
      {
        text: {
          en: 'Nothing: the new instance began with an empty list',
          'zh-CN': '什么都没有：新实例从空清单开始',
        },
        holds: false,
      },
    ],
  },

  async run(bench) {
    bench.step({ en: 'Add a todo', 'zh-CN': '加一条待办' });
    bench.observe(
      { en: 'the answer to the POST', 'zh-CN': 'POST 的响应码' },
      (await add(bench, 'Before')).status,
      201,
    );

    bench.step({ en: 'The table goes away; read and write', 'zh-CN': '表断开了；读一次，写一次' });
    await bench.interrupt('tablestore');
    bench.observe(
      { en: 'the answer to the GET', 'zh-CN': 'GET 的响应' },
      await outcomeOf(await bench.fetch('/api/rule')),
      UNREACHABLE,
    );
    bench.observe(
      { en: 'the answer to the POST', 'zh-CN': 'POST 的响应' },
      await add(bench, 'Meanwhile'),
      UNREACHABLE,
    );

    bench.step({
      en: 'Ten minutes later a new instance starts, and the table is still away',
      'zh-CN': '十分钟后起了新实例，表还没恢复',
    });
    await bench.wait(IDLE_MILLISECONDS);
    bench.observe(
      { en: 'the answer to the POST', 'zh-CN': 'POST 的响应' },
      await add(bench, 'Meanwhile'),
      UNREACHABLE,
    );

    bench.step({ en: 'The table is back; read the list', 'zh-CN': '表恢复了；读清单' });
    await bench.restore('tablestore');
    bench.observe({ en: 'todos in the list', 'zh-CN': '清单里的待办' }, await readNames(bench), [
      'Before',
    ]);

    bench.step({ en: 'Add another one', 'zh-CN': '再加一条' });
    bench.observe(
      { en: 'the answer to the POST', 'zh-CN': 'POST 的响应码' },
      (await add(bench, 'After')).status,
      201,
    );
    bench.observe({ en: 'todos in the list', 'zh-CN': '清单里的待办' }, await readNames(bench), [
      'After',
      'Before',
    ]);
  },

  conclusion: {
    en: 'A 503 is the right answer to a question that nobody can answer now: the client can ask again. The original of 2020 took a read that failed for an empty list, and the next write put that empty list over all todos. No restart was needed here either: the instance that started without a table found it with the next request.',
    'zh-CN':
      '眼下谁都答不了的问题，回 503 才是对的：客户端可以再问一次。2020 年的原版把读失败当成空清单，下一次写就拿这份空清单盖掉了所有待办。这里也不用重启：没表时启动的那个实例，下一个请求就找到了表。',
  },
} satisfies Experiment;

import type { Bench, Experiment } from './experiment.ts';

/** Requests sent at once. One instance answers one request at a time, so each starts an instance of its own. */
const AT_ONCE = 2;

function add(bench: Bench, name: string): Promise<Response> {
  return bench.fetch('/api/rule', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ name }),
  });
}

async function namesIn(response: Response): Promise<string[]> {
  const { data } = (await response.json()) as { data: { name: string }[] };
  return data.map((todo) => todo.name);
}

export default {
  title: { en: 'Two instances, two lists', 'zh-CN': '两个实例，两份清单' },
  target: 'fc',
  hypothesis: {
    en: 'A function that is asked twice at once starts twice, and each instance has a memory of its own.',
    'zh-CN': '函数同时来了两个请求就会起两个实例，各有各的内存。',
  },
  prediction: {
    question: {
      en: 'Two people add a todo at the same moment; both get 201. Then both read the list at the same moment. What do they see?',
      'zh-CN': '两个人同时各加一条待办，都收到 201。随后两人同时读清单，各看到什么？',
    },
    answers: [
      { text: { en: 'Both see both todos', 'zh-CN': '两人都看到两条' }, holds: false },
      {
        text: {
          en: 'Each list has one todo, and they differ',
          'zh-CN': '每份清单各一条，而且不一样',
        },
        holds: true,
      },
      { text: { en: 'The second one gets an error', 'zh-CN': '后到的那个报错' }, holds: false },
    ],
  },

  async run(bench) {
    bench.step({
      en: 'Two people each add a todo at the same moment',
      'zh-CN': '两个人同时各加一条待办',
    });
    const added = await Promise.all([add(bench, 'Buy milk'), add(bench, 'Call mum')]);
    bench.observe(
      { en: 'the answers to the POSTs', 'zh-CN': '两个 POST 的响应码' },
      added.map((response) => response.status),
      [201, 201],
    );
    bench.observe(
      { en: 'instances that run', 'zh-CN': '在运行的实例数' },
      bench.instances().filter((instance) => instance.state !== 'stopped').length,
      AT_ONCE,
    );

    bench.step({ en: 'Both read the list at the same moment', 'zh-CN': '两个人同时读清单' });
    const answers = await Promise.all([bench.fetch('/api/rule'), bench.fetch('/api/rule')]);
    const lists = await Promise.all(answers.map(namesIn));
    bench.observe(
      { en: 'the lists they were shown', 'zh-CN': '他们看到的清单' },
      lists.toSorted((one, other) => one.join().localeCompare(other.join())),
      [['Buy milk'], ['Call mum']],
    );
  },

  conclusion: {
    en: 'Nothing failed: every answer was 201 or 200, and yet there are two truths. A function scales by starting more of itself, so whatever must be the same for everybody cannot live inside it.',
    'zh-CN':
      '没有一步报错：不是 201 就是 200，真相却有了两份。函数靠多起实例来扩容，凡是要让所有人看到同一份的东西，就不能放在函数里面。',
  },
} satisfies Experiment;

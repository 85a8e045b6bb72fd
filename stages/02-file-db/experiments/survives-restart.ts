import type { Bench, Experiment } from './experiment.ts';

interface Todo {
  readonly key: string;
  readonly name: string;
}

async function readTodos(bench: Bench): Promise<readonly Todo[]> {
  const response = await bench.fetch('/api/rule?pageSize=1000');
  const { data } = (await response.json()) as { data: readonly Todo[] };
  return data;
}

function addTodo(bench: Bench, name: string): Promise<Response> {
  return bench.fetch('/api/rule', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ name }),
  });
}

export default {
  title: { en: 'On a machine, it survives a restart', 'zh-CN': '在机器上，重启之后还在' },
  target: 'process',
  hypothesis: {
    en: 'Whatever was answered with 201 is in db.json, so it outlives the process, even a killed one.',
    'zh-CN': '凡是回过 201 的待办都已写进 db.json，进程没了它还在，哪怕是被强杀的。',
  },
  prediction: {
    question: {
      en: 'You add a todo. Right after the answer the process is killed with SIGKILL: no clean-up, no last write. Is the todo there after the next start?',
      'zh-CN':
        '加一条待办，刚收到响应就用 SIGKILL 强杀进程：来不及收尾，也来不及再写一次。下次启动后，这条待办还在吗？',
    },
    answers: [
      {
        text: { en: 'Yes: it was on disk before the answer', 'zh-CN': '在：响应之前就已经落盘' },
        holds: true,
      },
      {
        text: { en: 'No: only an orderly shutdown saves', 'zh-CN': '不在：正常退出才会保存' },
        holds: false,
      },
      { text: { en: 'It depends on the moment', 'zh-CN': '看运气' }, holds: false },
    ],
  },

  async run(bench) {
    bench.step({ en: 'Add a todo', 'zh-CN': '加一条待办' });
    const added = await addTodo(bench, 'Buy milk');
    const todo = (await added.json()) as Todo;
    bench.observe({ en: 'the answer to the POST', 'zh-CN': 'POST 的响应码' }, added.status, 201);

    bench.step({
      en: 'Restart the process: SIGTERM, then start again',
      'zh-CN': '重启进程：先 SIGTERM，再启动',
    });
    await bench.restart();
    const isThere = (todos: readonly Todo[]) => todos.some(({ key }) => key === todo.key);
    const stillThere = { en: 'the todo is in the list', 'zh-CN': '待办还在清单里' };
    bench.observe(stillThere, isThere(await readTodos(bench)), true);

    bench.step({ en: 'Kill the process, and start it again', 'zh-CN': '强杀进程，再启动' });
    await bench.kill();
    await bench.restart();
    bench.observe(stillThere, isThere(await readTodos(bench)), true);
  },

  conclusion: {
    en: 'The answer comes after the write, and the write replaces the file in one step: a start finds the old list or the new one, never half of one. That holds when the process dies. It does not hold when the disk does: nobody makes a backup here unless you do.',
    'zh-CN':
      '先写盘，后响应；写盘又是一步替换整个文件，启动时看到的要么是旧清单，要么是新清单，不会是半份。进程死了不怕，磁盘坏了就不一样：这里没有备份，除非你自己做。',
  },
} satisfies Experiment;

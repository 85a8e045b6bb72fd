import type { Bench, Experiment } from './experiment.ts';

/** Requests that are half-way in when the container is told to stop. */
const IN_FLIGHT = 100;
/** How many more requests are answered before that, and after which pause each, in milliseconds. */
const LATER = 5;
const PAUSE_MILLISECONDS = 200;
/** How long the first client takes for the other half, in milliseconds: longer than Docker takes to pass the signal on. */
const SLOW_MILLISECONDS = 3_000;
/** How much longer each next one takes: no two lines are equally slow, and the table is not asked for all at once. */
const SLOWER_MILLISECONDS = 20;

const pause = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, milliseconds));

async function signIn(bench: Bench): Promise<string> {
  const response = await bench.fetch('/api/currentUser');
  return response.headers.getSetCookie()[0]?.split(';')[0] ?? '';
}

/** A client on a slow line: the first half of its request is there at once, the other comes later. */
function addSlowly(bench: Bench, cookie: string, index: number): Promise<Response> {
  const body = new TextEncoder().encode(JSON.stringify({ name: `todo ${index + 1}` }));
  const half = Math.floor(body.length / 2);
  const stream = new ReadableStream<Uint8Array>({
    async start(controller) {
      controller.enqueue(body.slice(0, half));
      await pause(SLOW_MILLISECONDS + index * SLOWER_MILLISECONDS);
      controller.enqueue(body.slice(half));
      controller.close();
    },
  });
  return bench.fetch('/api/rule', {
    method: 'POST',
    headers: { 'content-type': 'application/json', cookie },
    body: stream,
    duplex: 'half',
  });
}

/** How often each value is there: `{ '201': 100 }`. */
function tally(values: readonly (number | string)[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const value of values) counts[value] = (counts[value] ?? 0) + 1;
  return counts;
}

export default {
  title: {
    en: '`docker stop` loses no request in flight',
    'zh-CN': '`docker stop` 不丢手头的请求',
  },
  target: 'docker',
  hypothesis: {
    en: 'Told to stop, the container answers every request that is already under way before it ends: 100 of 100.',
    'zh-CN': '收到停止信号后，容器先把手头的请求全部答完再退出：100 个一个不少。',
  },
  prediction: {
    question: {
      en: 'A hundred people on slow lines are adding a todo: half of each request has arrived. Now somebody runs `docker stop`. How many of the hundred get their 201?',
      'zh-CN':
        '一百个人网都不快，正在加待办：每个请求只到了一半。这时有人执行 `docker stop`，一百个人里有多少能收到 201？',
    },
    answers: [
      {
        text: { en: 'None: a container is stopped at once', 'zh-CN': '一个也没有：容器说停就停' },
        holds: false,
      },
      {
        text: {
          en: 'Those whose other half comes within milliseconds',
          'zh-CN': '后半截几毫秒内赶到的那些',
        },
        holds: false,
      },
      {
        text: { en: 'All of them, and then it ends', 'zh-CN': '全部，答完才停' },
        holds: true,
      },
    ],
  },

  async run(bench) {
    const cookie = await signIn(bench);

    bench.step({
      en: `${IN_FLIGHT} people each send half a request; then the container is stopped and a new one started`,
      'zh-CN': `${IN_FLIGHT} 个人各发出半个请求，随后停掉容器，再起一个新的`,
    });
    const answers = Array.from({ length: IN_FLIGHT }, (_, index) =>
      addSlowly(bench, cookie, index),
    );
    // Others who come after them are answered one after the other, so by then all of them have been let in.
    for (let turn = 0; turn < LATER; turn++) {
      await pause(PAUSE_MILLISECONDS);
      await bench.fetch('/healthz');
    }
    const restarted = bench.restart();
    const outcomes = await Promise.all(
      answers.map((answer) =>
        answer.then(
          ({ status }) => status,
          () => 'no answer',
        ),
      ),
    );
    await restarted;
    bench.observe(
      { en: 'what came back, and how often', 'zh-CN': '各种结果的次数' },
      tally(outcomes),
      { 201: IN_FLIGHT },
    );

    bench.step({ en: 'Ask the new container for the list', 'zh-CN': '向新容器要清单' });
    const list = await bench.fetch('/api/rule?pageSize=1000');
    const { total } = (await list.json()) as { total: number };
    bench.observe({ en: 'todos in the list', 'zh-CN': '清单里的待办数' }, total, IN_FLIGHT);
  },

  conclusion: {
    en: 'Three things had to come together. The image starts Node itself, so that SIGTERM reaches it and not a shell that keeps it. The program stops taking connections and answers what it has. And it does so within the ten seconds that Docker waits before SIGKILL. The 2020 original reset every one of these requests. What nobody answered is also true: between the old container and the new one the port was closed.',
    'zh-CN':
      '要凑齐三件事：镜像直接启动 Node，SIGTERM 才到得了它手里，而不是被一层 shell 吞掉；程序收到信号后不再接新连接，把手头的答完；而且要赶在 Docker 的十秒之内，过了就是 SIGKILL。2020 年的原版会把这些请求全部断掉。还有一点要说清楚：旧容器停了、新容器还没起来的那一会儿，端口是关着的。',
  },
} satisfies Experiment;

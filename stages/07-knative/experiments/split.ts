import type { Bench, Experiment } from './experiment.ts';

/** Enough for a coin to show both sides at least five times, but for one run in ten thousand. */
const MANY = 30;
const FEW = 10;
/** Of how many at least each of two halves has some. */
const LEAST = 5;

/** Which revisions of user have answered, and how often: `{ 'user-v1': 14, 'user-v2': 16 }`. */
async function ask(bench: Bench, times: number): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (let asked = 0; asked < times; asked += 1) {
    // Nobody has signed in, so it is 401: what counts is who says so.
    const response = await bench.fetch('/api/currentUser');
    const revision = response.headers.get('x-revision') ?? 'nobody';
    counts[revision] = (counts[revision] ?? 0) + 1;
  }
  return counts;
}

export default {
  title: { en: '50/50 between v1 and v2, then 100', 'zh-CN': 'v1、v2 各一半，再全部切过去' },
  target: 'knative',
  hypothesis: {
    en: 'Of two revisions that are there at once each gets its share of the requests. Another share is an edit: nothing is built, nothing restarts, and back is the same way.',
    'zh-CN':
      '两个修订版本同时在，各分到自己那一份请求。改比例只是改一行配置：不构建、不重启，退回去也一样。',
  },
  prediction: {
    question: {
      en: 'user-v2 is to get everything, and then user-v1 again. How many new pods does that take?',
      'zh-CN': '先让 user-v2 接下全部流量，再全部还给 user-v1。一共要起几个新 Pod？',
    },
    answers: [
      { text: { en: 'None', 'zh-CN': '零个' }, holds: true },
      { text: { en: 'One', 'zh-CN': '一个' }, holds: false },
      { text: { en: 'Two, one for each way', 'zh-CN': '两个，去一个，回一个' }, holds: false },
    ],
  },

  async run(bench) {
    const who = { en: 'who has answered', 'zh-CN': '应答的修订版本' };
    const pods = (): string[] => bench.instances().map(({ id }) => id);
    const before = pods();

    bench.step({ en: 'Half and half, as the manifest says', 'zh-CN': '按清单各一半' });
    const halves = await ask(bench, MANY);
    bench.observe(who, Object.keys(halves).toSorted(), ['user-v1', 'user-v2']);
    bench.observe(
      { en: 'each at least five times of thirty', 'zh-CN': '三十次里各有五次以上' },
      Object.values(halves).every((count) => count >= LEAST),
      true,
    );

    bench.step({ en: 'All of it to v2', 'zh-CN': '全部切给 v2' });
    await bench.kn('service update user --traffic user-v2=100');
    bench.observe(who, await ask(bench, FEW), { 'user-v2': FEW });

    bench.step({ en: 'And back', 'zh-CN': '再切回来' });
    await bench.kn('service update user --traffic user-v1=100');
    bench.observe(who, await ask(bench, FEW), { 'user-v1': FEW });
    await bench.kn('revision list --service user');
    bench.observe(
      { en: 'new pods since the beginning', 'zh-CN': '开始以来新起的 Pod' },
      pods().filter((id) => !before.includes(id)),
      [],
    );
  },

  conclusion: {
    en: 'A share is decided by chance for each request, so thirty throws are not fifteen each. The other revision is still there, at zero pods after a minute and at no cost, for as long as you like: that is what makes going back so quick. Half of the requests is not half of the users, though: who reloads may meet the other revision, so both must get on with the same rows of the table.',
    'zh-CN':
      '每个请求走哪边是随机的，三十次不会正好各十五次。另一个修订版本还在，一分钟后缩到零个 Pod，不花钱，想留多久留多久：退得快，靠的就是它。不过一半请求不等于一半用户：同一个人刷新一下就可能碰到另一版，所以两版必须认得表里同样的行。',
  },
} satisfies Experiment;

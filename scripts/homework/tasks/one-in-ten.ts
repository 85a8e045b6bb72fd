import type { Deployment } from '../../cloud/shared/platform.ts';
import { expectThat } from '../expect.ts';
import type { Task } from '../task.ts';

/** Of so many a tenth is neither none nor a quarter, but for less than one try in a million. */
const MANY = 200;
const IDLE_MILLISECONDS = 70_000;

async function answersOf(service: Deployment, revision: string): Promise<number> {
  let count = 0;
  for (let asked = 0; asked < MANY; asked += 1) {
    // Nobody has signed in, so it is 401: what counts is who says so.
    const response = await service.fetch('/api/currentUser');
    await response.arrayBuffer();
    if (response.headers.get('x-revision') === revision) count += 1;
  }
  return count;
}

function podsOf(service: Deployment, revision: string): number {
  return service.instances().filter((each) => each.service === revision && each.state !== 'stopped')
    .length;
}

export const oneInTen: Task = {
  stage: 7,
  name: 'one-in-ten',
  title: { en: 'One in ten, and none of them cold', 'zh-CN': '十分之一的流量，还不能冷启动' },
  text: {
    en: 'Half of the requests is a lot for a revision that nobody knows yet: give `user-v2` a tenth. But what is asked seldom is asleep whenever it is asked, and the trial would measure nothing but cold starts. Let one pod of `user-v2` stay, and only there: `user-v1` still goes to zero.',
    'zh-CN':
      '新版本还没人验证过，一上来就给一半流量太多：先给 `user-v2` 十分之一。可流量一少，它多半在睡，试出来的全是冷启动。让 `user-v2` 留一个 Pod 待命，只留它的：`user-v1` 照样缩到零。',
  },
  hints: [
    {
      en: 'Both are in `knative/user-v2.yaml`. The shares of a Service add up to 100.',
      'zh-CN': '两处都在 `knative/user-v2.yaml` 里。一个 Service 的各份流量加起来是 100。',
    },
    {
      en: 'A bound belongs to the revision, so it stands in the template: `knative/rule.yaml` has one of that kind.',
      'zh-CN': '上下限属于修订版本，要写在模板里：`knative/rule.yaml` 就有一个。',
    },
  ],
  steps: [
    {
      says: {
        en: `of ${MANY} requests user-v2 answers some, and less than a quarter`,
        'zh-CN': `${MANY} 个请求里，user-v2 答了一些，但不到四分之一`,
      },
      async run({ start }) {
        const count = await answersOf(await start({ target: 'knative' }), 'user-v2');
        expectThat(
          count > 0 && count < MANY / 4,
          `GET /api/currentUser, ${MANY} times: expected about ${MANY / 10} answers of user-v2, found ${count}`,
        );
      },
    },
    {
      says: {
        en: 'when nobody has come for 70 s, user-v2 has one pod and user-v1 none',
        'zh-CN': '70 秒没人来，user-v2 还有一个 Pod，user-v1 一个不剩',
      },
      async run({ start }) {
        const service = await start({ target: 'knative' });
        await service.wait(IDLE_MILLISECONDS);
        for (const [revision, expected] of [
          ['user-v2', 1],
          ['user-v1', 0],
        ] as const) {
          const found = podsOf(service, revision);
          expectThat(
            found === expected,
            `${revision} after 70 s: expected pods: ${expected}, found ${found}`,
          );
        }
      },
    },
  ],
  solution: [
    {
      file: 'knative/user-v2.yaml',
      find: '      name: user-v2\n',
      put: "      name: user-v2\n      annotations:\n        autoscaling.knative.dev/min-scale: '1'\n",
    },
    {
      file: 'knative/user-v2.yaml',
      find: 'user-v1\n      percent: 50',
      put: 'user-v1\n      percent: 90',
    },
    {
      file: 'knative/user-v2.yaml',
      find: 'user-v2\n      percent: 50',
      put: 'user-v2\n      percent: 10',
    },
  ],
};

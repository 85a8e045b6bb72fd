import { parseAllDocuments } from 'yaml';
import { expectThat } from '../expect.ts';
import type { Task } from '../task.ts';
import { instanceOf } from './which-instance.ts';

/** What is read of a Deployment. */
interface Deployment {
  readonly kind?: string;
  readonly spec?: {
    readonly template?: {
      readonly spec?: {
        readonly containers?: readonly {
          readonly env?: readonly {
            readonly name?: string;
            readonly valueFrom?: { readonly fieldRef?: { readonly fieldPath?: string } };
          }[];
        }[];
      };
    };
  };
}

const POD = 'todo-6d4cf56db6-abcde';

export const whichPod: Task = {
  stage: 6,
  name: 'which-pod',
  title: { en: 'Which pod answered?', 'zh-CN': '是哪个 Pod 答的？' },
  text: {
    en: 'Three pods share an address, and a log that you want to read is in one of them. Let every answer carry a header `X-Instance` with the name of its pod, the one that `kubectl get pods` shows, which a pod is told in the variable `POD_NAME`. Nobody may write the name down: the manifest is the same for all of them.',
    'zh-CN':
      '三个 Pod 共用一个地址，你要看的日志只在其中一个里。让每个响应带上 `X-Instance`，值是它那个 Pod 的名字，也就是 `kubectl get pods` 里看到的那个；Pod 从环境变量 `POD_NAME` 得知自己叫什么。名字不许写死：三个 Pod 用的是同一份清单。',
  },
  hints: [
    {
      en: 'A pod can be told its own fields: look for `fieldRef` in the documents of Kubernetes, under “downward API”.',
      'zh-CN': 'Pod 可以得知自己的字段：在 Kubernetes 文档的 “Downward API” 里找 `fieldRef`。',
    },
    {
      en: '`env` and `envFrom` may stand side by side. In the program it is the header of stage 1, with another name in it.',
      'zh-CN': '`env` 和 `envFrom` 可以并排写。程序里要做的，就是阶段 1 的那个响应头，换个名字。',
    },
  ],
  steps: [
    {
      says: {
        en: 'every answer carries POD_NAME as X-Instance',
        'zh-CN': '每个响应都把 POD_NAME 写进 X-Instance',
      },
      async run({ start }) {
        const service = await start({ environment: { POD_NAME: POD } });
        for (const path of ['/', '/api/rule', '/api/nothing']) {
          const name = instanceOf(path, await service.fetch(path));
          expectThat(name === POD, `GET ${path}: expected X-Instance "${POD}", found "${name}"`);
        }
      },
    },
    {
      says: {
        en: 'the Deployment tells each pod its own name',
        'zh-CN': 'Deployment 把各自的名字告诉每个 Pod',
      },
      async run({ read }) {
        const file = 'k8s/deployment.yaml';
        const objects = parseAllDocuments(read(file) ?? '').map(
          (document) => document.toJS() as Deployment | null,
        );
        const deployment = objects.find((object) => object?.kind === 'Deployment');
        const variable = deployment?.spec?.template?.spec?.containers
          ?.flatMap(({ env = [] }) => env)
          .find(({ name }) => name === 'POD_NAME');
        expectThat(variable !== undefined, `${file}: expected a variable POD_NAME, found none`);
        const path = variable.valueFrom?.fieldRef?.fieldPath;
        expectThat(
          path === 'metadata.name',
          `${file}: expected POD_NAME from the field metadata.name, found ${path ?? 'a value that is written down'}`,
        );
      },
    },
  ],
  solution: [
    {
      file: 'k8s/deployment.yaml',
      find: '          envFrom:\n',
      put: '          env:\n            - name: POD_NAME\n              valueFrom:\n                fieldRef:\n                  fieldPath: metadata.name\n          envFrom:\n',
    },
    {
      file: 'app.ts',
      find: '  app.use(securityHeaders);\n',
      put: "  app.use((_request, response, next) => {\n    response.set('X-Instance', process.env['POD_NAME'] ?? 'no pod');\n    next();\n  });\n  app.use(securityHeaders);\n",
    },
  ],
};

import { expectThat, objectOf } from '../expect.ts';
import type { Task } from '../task.ts';

const VERSION = '2026-11-26.1';

/** The instructions of the last stage of a Dockerfile, a line each. */
function lastStage(dockerfile: string): string[] {
  const lines = dockerfile
    .replaceAll(/\\\n\s*/g, ' ')
    .split('\n')
    .map((line) => line.trim());
  return lines.slice(lines.findLastIndex((line) => line.startsWith('FROM ')));
}

export const whichVersion: Task = {
  stage: 5,
  name: 'which-version',
  title: { en: 'Which version is running?', 'zh-CN': '跑的是哪个版本？' },
  text: {
    en: 'Somebody says that the new release is broken. Is it the new one? Let `/healthz` answer with a field `version`, from the variable `VERSION`, `"unknown"` without it. And let the image bring it along: `docker build --build-arg VERSION=1.4.2 .` A new version must not make anybody fetch the layer with the packages again.',
    'zh-CN':
      '有人说新版本坏了。可现在跑的真是新版本吗？让 `/healthz` 的响应里带上 `version` 字段，取自环境变量 `VERSION`，没设就是 `"unknown"`。再让镜像自己带着它：`docker build --build-arg VERSION=1.4.2 .`。换一个版本号，不能害得别人把依赖那一层重新下载一遍。',
  },
  hints: [
    {
      en: '`ARG` is known only while the image is built, and only in the stage that names it. `ENV` is still there when the container runs.',
      'zh-CN': '`ARG` 只在构建时、只在写了它的那一段里有效；容器跑起来以后还在的，是 `ENV`。',
    },
    {
      en: 'A step and all below it are made anew when what it reads has changed. So where does what changes with every release belong?',
      'zh-CN':
        '一个步骤读到的东西变了，它和它下面的全部要重做。那么每次发版都变的东西，该放在哪里？',
    },
  ],
  steps: [
    {
      says: { en: '/healthz tells VERSION', 'zh-CN': '/healthz 说得出 VERSION' },
      async run({ start }) {
        const service = await start({ environment: { VERSION } });
        const { version } = await objectOf('GET /healthz', await service.fetch('/healthz'));
        expectThat(
          version === VERSION,
          `GET /healthz with VERSION=${VERSION}: expected version "${VERSION}", found ${JSON.stringify(version)}`,
        );
      },
    },
    {
      says: { en: 'without it the version is "unknown"', 'zh-CN': '没设就是 "unknown"' },
      async run({ start }) {
        const service = await start();
        const { version } = await objectOf('GET /healthz', await service.fetch('/healthz'));
        expectThat(
          version === 'unknown',
          `GET /healthz without VERSION: expected "unknown", found ${JSON.stringify(version)}`,
        );
      },
    },
    {
      says: {
        en: 'the image takes VERSION as a build argument and keeps it as a variable',
        'zh-CN': '镜像用构建参数接 VERSION，再存成环境变量',
      },
      async run({ read }) {
        const lines = lastStage(read('Dockerfile') ?? '');
        const has = (pattern: RegExp) => lines.some((line) => pattern.test(line));
        expectThat(
          has(/^ARG VERSION\b/),
          'Dockerfile: expected ARG VERSION in the last stage, found none',
        );
        expectThat(
          has(/^ENV .*\bVERSION=["']?\$\{?VERSION\b/),
          'Dockerfile: expected ENV VERSION=$VERSION in the last stage, found none',
        );
      },
    },
    {
      says: {
        en: 'both come after the files, so that the layers above stay',
        'zh-CN': '两行都排在拷文件之后，上面的层原样不动',
      },
      async run({ read }) {
        const lines = lastStage(read('Dockerfile') ?? '');
        const argument = lines.findIndex((line) => /^ARG VERSION\b/.test(line));
        const copied = lines.findLastIndex((line) => line.startsWith('COPY '));
        expectThat(
          argument > copied,
          'Dockerfile: ARG VERSION stands above a COPY, which every new version then does again',
        );
      },
    },
  ],
  solution: [
    {
      file: 'Dockerfile',
      find: 'EXPOSE 3001\n',
      put: '# Changes with every release: below all that does not.\nARG VERSION=unknown\nENV VERSION=${VERSION}\nEXPOSE 3001\n',
    },
    {
      file: 'app.ts',
      find: "  response.json({ success: true, status: 'ok' });\n",
      put: "  response.json({ success: true, status: 'ok', version: process.env['VERSION'] ?? 'unknown' });\n",
    },
  ],
};

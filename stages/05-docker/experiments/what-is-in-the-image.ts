import type { Bench, Experiment } from './experiment.ts';

/** What the code and its packages may add to the base, in MB. */
const MOST_MEGABYTES = 40;
/** Where the code is in the image. */
const FOLDER = '/app/';
/** The first thing that the last stage of the Dockerfile does: what is below it is the base. */
const FIRST = 'NODE_ENV=production';
/** Files and variables that have no business in an image. */
const SECRET_FILE = /(^|\/)(\.env|\.git|\.npmrc|local)(\/|$)|\.(pem|key)$/;
const SECRET_VARIABLE = /SECRET|PASSWORD|TOKEN|ACCESS_KEY/;

/** Who runs which program. */
async function programOf(bench: Bench): Promise<string[]> {
  const said = await bench.docker('image inspect --format {{.Config.User}}|{{.Config.Cmd}} IMAGE');
  return said.split('|');
}

interface Layer {
  readonly megabytes: number;
  /** The line of the Dockerfile that made it. */
  readonly by: string;
}

/** The layers above the base, the last one first. */
async function layersOf(bench: Bench): Promise<Layer[]> {
  const said = await bench.docker(
    'history --no-trunc --human=false --format {{.Size}}:{{.CreatedBy}} IMAGE',
  );
  const layers = [...said.matchAll(/^(\d+):(.*)/gm)].map(([, size, by = '']) => ({
    megabytes: Number(size) / 1_000_000,
    by,
  }));
  return layers.slice(0, layers.findIndex(({ by }) => by.includes(FIRST)) + 1);
}

/** Every file of the code and its packages, from the code's folder. */
async function filesOf(bench: Bench): Promise<string[]> {
  const said = await bench.docker(
    `run --rm --network none --entrypoint find IMAGE ${FOLDER} -type f`,
  );
  return said.split('\n').map((path) => path.slice(FOLDER.length));
}

export default {
  title: { en: 'What is in the image', 'zh-CN': '镜像里有什么' },
  target: 'docker',
  hypothesis: {
    en: 'On top of its base the image holds the code and what it needs to run, no more: no tests, no tools, no secret, and a user who is not root.',
    'zh-CN':
      '基础镜像之上，只有代码和运行它要用的东西：没有测试，没有工具，没有密钥，用户也不是 root。',
  },
  prediction: {
    question: {
      en: 'The stage’s folder has tests, a lockfile full of build tools, perhaps a .env with your keys. Whoever pulls the image can look into every layer. What do they find?',
      'zh-CN':
        '这个阶段的目录里有测试，有一整套构建工具，也许还有写着密钥的 .env。拉到镜像的人可以翻看每一层，他会看到什么？',
    },
    answers: [
      { text: { en: 'All of the folder', 'zh-CN': '整个目录' }, holds: false },
      {
        text: {
          en: 'The code, and secrets in a layer below that was "deleted"',
          'zh-CN': '代码，还有被“删掉”、其实留在下面某一层的密钥',
        },
        holds: false,
      },
      { text: { en: 'The code and its packages', 'zh-CN': '代码和它依赖的包' }, holds: true },
    ],
  },

  async run(bench) {
    bench.step({ en: 'Who runs what', 'zh-CN': '谁在运行什么' });
    const [user, command] = await programOf(bench);
    bench.observe({ en: 'the user', 'zh-CN': '用户' }, user, '1000:1000');
    bench.observe({ en: 'the program', 'zh-CN': '程序' }, command, '[node index.ts]');

    bench.step({ en: 'What came on top of the base', 'zh-CN': '基础镜像之上加了什么' });
    const layers = await layersOf(bench);
    const megabytes = layers.reduce((sum, layer) => sum + layer.megabytes, 0);
    bench.observe(
      { en: `less than ${MOST_MEGABYTES} MB`, 'zh-CN': `不到 ${MOST_MEGABYTES} MB` },
      megabytes > 0 && megabytes < MOST_MEGABYTES,
      true,
    );
    const files = await filesOf(bench);
    const own = files.filter((file) => !file.startsWith('node_modules/'));
    bench.observe(
      { en: 'the program is there', 'zh-CN': '程序在里面' },
      own.includes('index.ts'),
      true,
    );
    bench.observe(
      { en: 'build tools among its packages', 'zh-CN': '依赖里的构建工具' },
      ['esbuild', 'tsx', 'typescript'].filter((name) =>
        files.includes(`node_modules/${name}/package.json`),
      ),
      [],
    );
    bench.observe(
      { en: 'tests and experiments', 'zh-CN': '测试和实验' },
      own.filter((file) => /^(tests|experiments)\//.test(file)),
      [],
    );

    bench.step({ en: 'Look for secrets', 'zh-CN': '找密钥' });
    bench.observe(
      { en: 'files that could hold one', 'zh-CN': '可能带密钥的文件' },
      own.filter((file) => SECRET_FILE.test(file)),
      [],
    );
    bench.observe(
      {
        en: 'lines of the Dockerfile that could leave one',
        'zh-CN': 'Dockerfile 里可能留下密钥的行',
      },
      layers.map(({ by }) => by).filter((line) => SECRET_VARIABLE.test(line)),
      [],
    );
  },

  conclusion: {
    en: 'Two files decide it. `.dockerignore` lets nothing in that it does not name, so a key that lies in the folder never reaches the builder. And the Dockerfile has three stages: npm works in one, and only what it made is copied to the last. The container itself has secrets, of course; they are handed to it when it starts, and end with it.',
    'zh-CN':
      '关键是两个文件。`.dockerignore` 只放行点了名的，目录里的密钥根本到不了构建器；Dockerfile 分三段，npm 在其中一段干活，最后一段只拷成品。容器运行时当然有密钥，那是启动时递进去的，随容器一起消失。',
  },
} satisfies Experiment;

import type { Text } from '../languages.ts';
import type { Figures } from './figures.ts';
import type { Unit } from './units.ts';

/** A line of the closing table: what is measured, how, and when a difference counts as one. */
export interface Row {
  readonly id: string;
  readonly label: Text;
  /** How it is measured, for whoever doubts it. */
  readonly how: Text;
  /** The file that measures it. */
  readonly source: string;
  readonly unit: Unit;
  /** Undefined: this stage has no such figure. Null: not measured on that machine. */
  value(figures: Figures): number | null | undefined;
  /** A second figure in small print. */
  beside?(figures: Figures): { readonly value: number; readonly unit: Unit } | undefined;
  /** More is worse from this difference on, in the row's unit and as a share. Without it more is not worse. */
  readonly worse?: { readonly by: number; readonly share: number };
}

const COUNT = 'scripts/measure/count.ts';
const RUN = 'scripts/measure/run.ts';

/** The lines of the table, in the order of its parts: what is kept, what runs, who carries it. */
export const ROWS: readonly Row[] = [
  {
    id: 'application',
    label: { en: 'Server code', 'zh-CN': '服务端代码' },
    how: {
      en: 'Lines that are not blank, of all files that run on the server, in small print how many files. Without tests, experiments and type declarations of other people’s packages.',
      'zh-CN':
        '在服务端运行的全部文件的非空行数，小字是文件数。测试、实验、给第三方包补的类型声明不算。',
    },
    source: COUNT,
    unit: 'lines',
    value: ({ counted }) => counted.application.lines,
    beside: ({ counted }) => ({ value: counted.application.files, unit: 'files' }),
    worse: { by: 1, share: 0.02 },
  },
  {
    id: 'page',
    label: { en: 'Page', 'zh-CN': '页面代码' },
    how: {
      en: 'The same, for what runs in the reader’s browser: HTML, styles, scripts.',
      'zh-CN': '在浏览器里运行的部分，算法相同：HTML、样式、脚本。',
    },
    source: COUNT,
    unit: 'lines',
    value: ({ counted }) => counted.page.lines,
    beside: ({ counted }) => ({ value: counted.page.files, unit: 'files' }),
    worse: { by: 1, share: 0.02 },
  },
  {
    id: 'operations',
    label: { en: 'Operations', 'zh-CN': '运维配置' },
    how: {
      en: 'The same, for what says how it is built, packed, placed and watched: manifests, Dockerfile, scripts that make packages.',
      'zh-CN': '说明怎么构建、打包、摆放、探活的文件，算法相同：各种清单、Dockerfile、打包脚本。',
    },
    source: COUNT,
    unit: 'lines',
    value: ({ counted }) => counted.operations.lines,
    beside: ({ counted }) => ({ value: counted.operations.files, unit: 'files' }),
    worse: { by: 1, share: 0.02 },
  },
  {
    id: 'deployables',
    label: { en: 'Deployables', 'zh-CN': '部署单元' },
    how: {
      en: 'What is deployed on its own and can have a version of its own, counted in the manifests: functions, on each cloud; workloads of a cluster; the files of a CDN. Without a manifest, the program. The table is not among them: nobody deploys it.',
      'zh-CN':
        '能单独上线、各有版本的东西，从清单里数出来：每朵云上的函数、集群里的工作负载、CDN 上的文件。没有清单就是程序本身。表不算，没有谁去部署它。',
    },
    source: 'scripts/measure/deployables.ts',
    unit: 'count',
    value: ({ deployables }) => deployables.length,
    worse: { by: 1, share: 0 },
  },
  {
    id: 'kept',
    label: { en: 'Files kept', 'zh-CN': '原样保留' },
    how: {
      en: 'Of the files that a deployment holds, the share that comes from the stage before without a changed byte, whatever folder it is in.',
      'zh-CN': '部署会用到的文件里，有多大比例和上一阶段一个字节都不差，换了目录也算。',
    },
    source: COUNT,
    unit: 'share',
    value: ({ kept }) => kept && kept.kept / kept.of,
  },
  {
    id: 'size',
    label: { en: 'Sent to run it', 'zh-CN': '要送上去的' },
    how: {
      en: 'Unpacked: of a program on a machine, its folder with the production packages; of functions, all packages of one cloud; of containers, one image with its base. An image is measured where there is a Docker.',
      'zh-CN':
        '解包后的大小。机器上的程序：目录加生产依赖；函数：一朵云上的全部代码包；容器：一个镜像，含基础镜像。镜像要有 Docker 才量得出。',
    },
    source: 'scripts/measure/size.ts',
    unit: 'bytes',
    value: ({ measured }) => measured?.size.bytes,
    worse: { by: 100_000, share: 0.1 },
  },
  {
    id: 'start',
    label: { en: 'Cold start', 'zh-CN': '冷启动' },
    how: {
      en: 'From the start of an instance until its platform counts it as ready, the median of all starts of a run. Instances are Node processes under the local cloud: what a real one adds, such as fetching the code, is not in it.',
      'zh-CN':
        '从实例启动到平台认定它就绪，取一次测量里全部启动的中位数。实例是本地云下的 Node 进程，真云还要下载代码等等，这里没算。',
    },
    source: RUN,
    unit: 'milliseconds',
    value: ({ measured }) => measured?.startMs,
    worse: { by: 50, share: 0.25 },
  },
  {
    id: 'first-answer',
    label: { en: 'First answer', 'zh-CN': '闲后首次响应' },
    how: {
      en: 'How long GET /api/rule takes when nobody has asked for ten minutes, the median of five times. The ten minutes pass at once: the platforms’ windows follow a clock that can be put forward.',
      'zh-CN':
        '十分钟没人访问之后，GET /api/rule 要多久，取五次的中位数。这十分钟不用真等，平台的时间窗口跟着一个可以拨快的时钟走。',
    },
    source: RUN,
    unit: 'milliseconds',
    value: ({ measured }) => measured?.firstAnswerMs,
    worse: { by: 50, share: 0.25 },
  },
  {
    id: 'next-answer',
    label: { en: 'Next answers', 'zh-CN': '之后的响应' },
    how: {
      en: 'The same right after another, the median of fifty.',
      'zh-CN': '紧接着再请求，取五十次的中位数。',
    },
    source: RUN,
    unit: 'milliseconds',
    value: ({ measured }) => measured?.nextAnswerMs,
    worse: { by: 5, share: 0.5 },
  },
  {
    id: 'busy',
    label: { en: 'Memory in use', 'zh-CN': '使用时的内存' },
    how: {
      en: 'What the processes of all instances hold after the fifty, as ps shows it; in small print how many instances. Nothing of the platform itself is counted.',
      'zh-CN': '五十次请求之后，全部实例的进程占用，以 ps 为准；小字是实例数。平台自身的不算。',
    },
    source: 'scripts/measure/memory.ts',
    unit: 'bytes',
    value: ({ measured }) => measured?.busy.memoryBytes,
    beside: ({ measured }) => measured && { value: measured.busy.instances, unit: 'instances' },
    worse: { by: 20_000_000, share: 0.25 },
  },
  {
    id: 'idle',
    label: { en: 'Memory idle', 'zh-CN': '闲置时的内存' },
    how: {
      en: 'The same after ten minutes in which nobody asked. This is what an idle night keeps in use.',
      'zh-CN': '十分钟没人访问之后再看，这就是闲着的一夜占住的东西。',
    },
    source: 'scripts/measure/memory.ts',
    unit: 'bytes',
    value: ({ measured }) => measured?.idle.memoryBytes,
    beside: ({ measured }) => measured && { value: measured.idle.instances, unit: 'instances' },
    worse: { by: 20_000_000, share: 0.25 },
  },
  {
    id: 'duties',
    label: { en: 'Left to people', 'zh-CN': '仍由人承担' },
    how: {
      en: 'Of the eleven duties of the ledger, those that the developer or operations carry. Each lesson says why, under “operate it”; it is a judgement, and the one row here that no machine has measured.',
      'zh-CN':
        '账本上的十一项职责里，由开发者或运维承担的项数。理由在每课的“运维”一节；这是判断，也是表里唯一不是机器量出来的一行。',
    },
    source: 'scripts/stages/schema.ts',
    unit: 'count',
    value: ({ people }) => people,
    worse: { by: 1, share: 0 },
  },
];

/** @example rowOf('idle').unit // 'bytes' */
export function rowOf(id: string): Row {
  const row = ROWS.find((each) => each.id === id);
  if (row) return row;
  throw new Error(`no row is called "${id}": ${ROWS.map((each) => each.id).join(', ')}`);
}

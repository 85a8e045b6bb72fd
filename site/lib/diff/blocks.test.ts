import { describe, expect, test } from 'vitest';
import { diffFiles } from '../../../scripts/stages/diff.ts';
import { type Block, limitLines, toBlocks, visibleLines } from './blocks.ts';

const blocksOf = (before: string[], after: string[], context = 3) => {
  const files = (lines: string[]) => new Map([['a.txt', Buffer.from(`${lines.join('\n')}\n`)]]);
  const [diff] = diffFiles(files(before), files(after), { context: Infinity });
  if (diff?.content !== 'text') throw new Error('expected a text');
  return toBlocks(diff.hunks, context);
};
const shape = (blocks: readonly Block[]) =>
  blocks.map((block) =>
    block.kind === 'changed'
      ? `${block.removed.length}-${block.added.length}+`
      : `${block.kind} ${block.lines.length}`,
  );
const lines = (count: number, name = 'line') =>
  Array.from({ length: count }, (_, index) => `${name} ${index}`);

describe('folding', () => {
  test('what is far from a change is folded, three lines around it stay', () => {
    const before = lines(30);
    const after = before.with(15, 'other');
    expect(shape(blocksOf(before, after))).toEqual([
      'folded 12',
      'same 3',
      '1-1+',
      'same 3',
      'folded 11',
    ]);
  });

  test('between two changes each keeps its own lines', () => {
    const before = lines(30);
    const after = before.with(0, 'x').with(29, 'y');
    expect(shape(blocksOf(before, after))).toEqual([
      '1-1+',
      'same 3',
      'folded 22',
      'same 3',
      '1-1+',
    ]);
  });

  test('a fold of three lines is not worth its summary', () => {
    const before = lines(9 + 2);
    const after = before.with(0, 'x').with(10, 'y');
    expect(shape(blocksOf(before, after))).toEqual(['1-1+', 'same 9', '1-1+']);
  });

  test('nothing is lost: the lines of all blocks are the files', () => {
    const before = lines(40);
    const after = ['new', ...before.slice(0, 20), ...before.slice(22), 'end'];
    const blocks = blocksOf(before, after);
    const side = (kind: 'removed' | 'added') =>
      blocks.flatMap((block) => (block.kind === 'changed' ? block[kind] : block.lines));
    expect(side('removed').map(({ text }) => text)).toEqual(before);
    expect(side('added').map(({ text }) => text)).toEqual(after);
  });

  test('a new file is one block', () => {
    const [diff] = diffFiles(new Map(), new Map([['a', Buffer.from('1\n2\n')]]), {});
    expect(diff?.content === 'text' && shape(toBlocks(diff.hunks, 3))).toEqual(['0-2+']);
  });
});

describe('the limit of a lesson', () => {
  const blocks = blocksOf(lines(20), [...lines(10), ...lines(8, 'added'), ...lines(20).slice(12)]);

  test('counts what is seen, not what is folded', () => {
    expect(shape(blocks)).toEqual(['folded 7', 'same 3', '2-8+', 'same 3', 'folded 5']);
    expect(visibleLines(blocks)).toBe(16);
    expect(limitLines(blocks, 16)).toEqual({ blocks: blocks.slice(0, 4), left: 0 });
  });

  test('cuts inside a block and says how much is left', () => {
    const cut = limitLines(blocks, 8);
    expect(shape(cut.blocks)).toEqual(['folded 7', 'same 3', '2-3+']);
    expect(cut.left).toBe(8);
  });

  test('zero shows nothing', () => {
    expect(limitLines(blocks, 0)).toEqual({ blocks: [], left: 16 });
  });
});

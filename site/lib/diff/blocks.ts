import type { DiffLine, Hunk } from '../../../scripts/stages/diff.ts';

/** A run of lines: the same in both files, folded away because it is far from any change, or changed. */
export type Block =
  | { readonly kind: 'same' | 'folded'; readonly lines: readonly DiffLine[] }
  | {
      readonly kind: 'changed';
      readonly removed: readonly DiffLine[];
      readonly added: readonly DiffLine[];
    };

/** A fold of fewer lines than this saves less room than its own summary takes. */
const LEAST_FOLD = 4;

/**
 * The lines of a whole-file diff as blocks; unchanged lines beyond `context` of any change are folded.
 *
 * @example toBlocks(hunks, 3).map(({ kind }) => kind) // ['folded', 'same', 'changed', 'same', 'folded']
 */
export function toBlocks(hunks: readonly Hunk[], context: number): Block[] {
  const runs = hunks.flatMap(({ lines }) => toRuns(lines));
  return runs.flatMap((run, index) => {
    if (run.kind === 'changed') return [run];
    const keepStart = index === 0 ? 0 : context;
    const keepEnd = index === runs.length - 1 ? 0 : context;
    return fold(run.lines, keepStart, keepEnd);
  });
}

/**
 * How many lines a reader sees before unfolding anything.
 *
 * @example visibleLines(toBlocks(hunks, 3)) // 42
 */
export function visibleLines(blocks: readonly Block[]): number {
  return blocks.reduce((sum, block) => {
    if (block.kind === 'changed') return sum + block.removed.length + block.added.length;
    return sum + (block.kind === 'same' ? block.lines.length : 0);
  }, 0);
}

/**
 * The blocks up to a number of visible lines, and how many are left out.
 *
 * @example limitLines(blocks, 300).left // 0
 */
export function limitLines(
  blocks: readonly Block[],
  limit: number,
): { readonly blocks: readonly Block[]; readonly left: number } {
  const shown: Block[] = [];
  let room = limit;
  for (const block of blocks) {
    if (room === 0) break;
    const cut = cutBlock(block, room);
    shown.push(cut);
    room -= visibleLines([cut]);
  }
  return { blocks: shown, left: visibleLines(blocks) - visibleLines(shown) };
}

function cutBlock(block: Block, room: number): Block {
  if (block.kind === 'changed') {
    const removed = block.removed.slice(0, room);
    return { ...block, removed, added: block.added.slice(0, room - removed.length) };
  }
  return block.kind === 'folded' ? block : { ...block, lines: block.lines.slice(0, room) };
}

function toRuns(lines: readonly DiffLine[]): Block[] {
  const runs: Block[] = [];
  for (let index = 0; index < lines.length;) {
    const isSame = lines[index]?.kind === 'same';
    const rest = lines.slice(index);
    const end = rest.findIndex(({ kind }) => (kind === 'same') !== isSame);
    const run = end === -1 ? rest : rest.slice(0, end);
    const of = (kind: DiffLine['kind']) => run.filter((line) => line.kind === kind);
    if (isSame) runs.push({ kind: 'same', lines: run });
    else runs.push({ kind: 'changed', removed: of('removed'), added: of('added') });
    index += run.length;
  }
  return runs;
}

function fold(lines: readonly DiffLine[], keepStart: number, keepEnd: number): Block[] {
  const hidden = lines.slice(keepStart, lines.length - keepEnd);
  if (hidden.length < LEAST_FOLD) return [{ kind: 'same', lines }];
  const parts: Block[] = [
    { kind: 'same', lines: lines.slice(0, keepStart) },
    { kind: 'folded', lines: hidden },
    { kind: 'same', lines: lines.slice(lines.length - keepEnd) },
  ];
  return parts.filter((part) => part.kind === 'changed' || part.lines.length > 0);
}

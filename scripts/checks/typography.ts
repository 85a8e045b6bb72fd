import { splitFences } from './markdown.ts';
import type { Problem } from './problem.ts';
import type { Tree } from './tree.ts';

/** Documents in Chinese, and lines of data that say it in Chinese. */
const DOCUMENT = /^site\/content\/docs\/zh-cn\/.*\.mdx$|(^|\/)README\.zh-CN\.md$/;
const DATA = /^stages\/[^/]+\/stage\.json$|^site\/content\/.*\.yaml$/;
const CHINESE_LINE = /^\s*"?zh-CN"?:\s*(.*)$/;

const HAN = '\\p{Script=Han}';
const TOGETHER = new RegExp(`${HAN}[A-Za-z0-9]|[A-Za-z0-9%]${HAN}`, 'gu');
const HALF_WIDTH = new RegExp(`${HAN}[,;:!?()]|[,;:!?()]${HAN}`, 'gu');

/**
 * Chinese as it is set: a space between it and Latin letters or digits, and marks of full width beside it.
 *
 * @example checkTypography(readTree(root)) // []
 */
export function checkTypography(tree: Tree): Problem[] {
  return tree.paths.flatMap((path) => {
    if (!DOCUMENT.test(path) && !DATA.test(path)) return [];
    const lines = tree.read(path).split('\n');
    if (DOCUMENT.test(path)) return checkLines(path, splitFences(lines).prose);
    return checkLines(
      path,
      lines.map((line) => CHINESE_LINE.exec(line)?.[1] ?? ''),
    );
  });
}

function checkLines(path: string, lines: readonly string[]): Problem[] {
  return lines.flatMap((line, index) => {
    const where = `${path}:${index + 1}`;
    const text = bare(line);
    return [
      ...[...text.matchAll(TOGETHER)].map(([found]) => ({
        where,
        what: `expected a space within "${found}"`,
      })),
      ...[...text.matchAll(HALF_WIDTH)].map(([found]) => ({
        where,
        what: `expected a mark of full width in "${found}"`,
      })),
    ];
  });
}

/** Without what is set otherwise: code, targets of links, components, anchors. */
function bare(line: string): string {
  return line
    .replaceAll(/`[^`]*`/g, '`')
    .replaceAll(/\]\([^)]*\)/g, ']')
    .replaceAll(/<[^>]*>/g, '')
    .replaceAll(/\{#[^}]*\}/g, '');
}

import { Failure } from '../shared/failure.ts';

/** A named part of a file that prose or a diagram refers to. */
export interface Region {
  readonly name: string;
  readonly code: string;
  /** Number of its first line in the file as readers get it: without markers. */
  readonly line: number;
}

interface Span {
  readonly name: string;
  /** Index of the marker lines. */
  readonly start: number;
  readonly end: number;
}

/** `// #region name`, `# #region name`, `/* #region name *\/`, `<!-- #region name -->`. */
const MARKER = /^\s*(?:\/\/|#|\/\*|<!--)\s*#(region|endregion)(?:\s+([\w-]+))?\s*(?:\*\/|-->)?\s*$/;

/**
 * Every region of a text, nested ones included. A name without an end, an end without a start, and a
 * name that is used twice are failures; `file` names the text in them.
 *
 * @example readRegions('// #region a\nlet x;\n// #endregion a\n', 'x.ts') // [{ name: 'a', code: 'let x;', line: 1 }]
 */
export function readRegions(text: string, file: string): Region[] {
  const lines = text.split('\n');
  const kept = keptLines(lines);
  return findSpans(lines, file).map(({ name, start, end }) => {
    const inside = trimBlank(
      kept.filter((index) => index > start && index < end),
      lines,
    );
    if (inside[0] === undefined) throw broken(file, start, `code in "${name}", found none`);
    const code = dedent(inside.map((index) => lines[index] ?? ''));
    return { name, code, line: kept.indexOf(inside[0]) + 1 };
  });
}

/**
 * One region by name; an unknown name is a failure that lists the known ones.
 *
 * @example extractRegion(text, 'listen', 'index.ts').code
 */
export function extractRegion(text: string, name: string, file: string): Region {
  const regions = readRegions(text, file);
  const region = regions.find((each) => each.name === name);
  if (region) return region;
  const known = regions.map((each) => `"${each.name}"`).join(', ') || 'none';
  throw new Failure(
    'E_REGION_UNKNOWN',
    `${file}: expected a region "${name}", found ${known}. Mark it with "#region ${name}" and "#endregion ${name}".`,
  );
}

/**
 * A text as readers get it: without the markers, and without the second of two blank lines that a
 * marker stood between.
 *
 * @example stripRegions('// #region a\nlet x;\n// #endregion a\n') // 'let x;\n'
 */
export function stripRegions(text: string): string {
  const lines = text.split('\n');
  return keptLines(lines)
    .map((index) => lines[index])
    .join('\n');
}

function keptLines(lines: readonly string[]): number[] {
  const kept: number[] = [];
  let afterMarker = false;
  lines.forEach((line, index) => {
    if (MARKER.test(line)) {
      afterMarker = true;
      return;
    }
    const isBlank = line.trim() === '';
    const previous = kept.at(-1);
    const followsBlank = previous === undefined || lines[previous]?.trim() === '';
    if (!(afterMarker && isBlank && followsBlank)) kept.push(index);
    afterMarker = afterMarker && isBlank;
  });
  return kept;
}

function findSpans(lines: readonly string[], file: string): Span[] {
  const spans: Span[] = [];
  const open: { name: string; start: number }[] = [];
  lines.forEach((line, index) => {
    const [, kind, name] = MARKER.exec(line) ?? [];
    if (kind === 'region') {
      if (!name) throw broken(file, index, 'a name after "#region", found none');
      if ([...spans, ...open].some((each) => each.name === name)) {
        throw broken(file, index, `a name of its own, found "${name}" a second time`);
      }
      open.push({ name, start: index });
    } else if (kind === 'endregion') {
      const innermost = open.pop();
      if (!innermost || (name !== undefined && name !== innermost.name)) {
        const expected = innermost ? `"#endregion ${innermost.name}"` : 'no "#endregion"';
        throw broken(file, index, `${expected}, found "${line.trim()}"`);
      }
      spans.push({ ...innermost, end: index });
    }
  });
  const unclosed = open.at(-1);
  if (unclosed) throw broken(file, unclosed.start, `"#endregion ${unclosed.name}", found none`);
  return spans.toSorted((a, b) => a.start - b.start);
}

function broken(file: string, index: number, what: string): Failure {
  return new Failure(
    'E_REGION_BROKEN',
    `${file}:${index + 1}: expected ${what}. A region is "#region name" to "#endregion name", each name once a file.`,
  );
}

function trimBlank(indexes: readonly number[], lines: readonly string[]): number[] {
  const isFull = (index: number) => lines[index]?.trim() !== '';
  return indexes.slice(indexes.findIndex(isFull), indexes.findLastIndex(isFull) + 1);
}

function dedent(lines: readonly string[]): string {
  const indents = lines
    .filter((line) => line.trim() !== '')
    .map((line) => line.length - line.trimStart().length);
  const common = Math.min(...indents);
  return lines.map((line) => line.slice(common)).join('\n');
}

import { escapeHtml } from './escape.ts';
import type { Token, TokenKind } from './highlight.ts';

/** A part of a line, from the first character to before the last. */
export type Range = readonly [start: number, end: number];

const CLASSES: Readonly<Record<TokenKind, string>> = {
  comment: 'tc',
  keyword: 'tk',
  constant: 'tn',
  string: 'ts',
  variable: 'tv',
  function: 'tf',
  tag: 'tt',
  invalid: 'ti',
};

/**
 * One line of code as HTML; `marks` are the words of it that changed.
 *
 * @example renderLine([{ text: 'const', kind: 'keyword' }]) // '<span class="tk">const</span>'
 */
export function renderLine(tokens: readonly Token[], marks: readonly Range[] = []): string {
  let html = '';
  let position = 0;
  for (const { text, kind } of tokens) {
    for (const piece of split(text, position, marks)) {
      const code = escapeHtml(piece.text);
      const inside = kind ? `<span class="${CLASSES[kind]}">${code}</span>` : code;
      html += piece.marked ? `<mark>${inside}</mark>` : inside;
    }
    position += text.length;
  }
  return html.replaceAll('</mark><mark>', '');
}

function split(text: string, start: number, marks: readonly Range[]) {
  const end = start + text.length;
  const cuts = marks.flat().filter((cut) => cut > start && cut < end);
  const edges = [start, ...cuts, end];
  return edges.slice(1).map((to, index) => {
    const from = edges[index] ?? start;
    return {
      text: text.slice(from - start, to - start),
      marked: marks.some(([first, last]) => from >= first && from < last),
    };
  });
}

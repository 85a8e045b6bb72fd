import { documentPaths } from './documents.ts';
import { readMarkdown } from './markdown.ts';
import type { Tree } from './tree.ts';

/** Commands that a reader types one after the other, starting in `folder`. */
export interface Block {
  /** `README.md:12`. */
  readonly where: string;
  /** The folder of the repository in which the reader stands: '.' or a stage. */
  readonly folder: string;
  readonly commands: readonly string[];
}

const SHELL = new Set(['sh', 'bash', 'shell', 'console']);
const COMMAND = /^npm /;

/**
 * Every command of the documents: each shell block, and each `npm …` in a sentence.
 *
 * @example documentedCommands(readTree(root))[0] // { where: 'README.md:9', folder: '.', commands: ['npm start'] }
 */
export function documentedCommands(tree: Tree): Block[] {
  return documentPaths(tree).flatMap((document) => {
    const { fences, spans } = readMarkdown(tree.read(document));
    const folder = /^stages\/[^/]+/.exec(document)?.[0] ?? '.';
    return [
      ...fences
        .filter(({ language }) => SHELL.has(language))
        .map(({ lines, line }) => ({
          where: `${document}:${line}`,
          folder,
          commands: splitLines(lines),
        })),
      ...spans
        .filter(({ text }) => COMMAND.test(text) && !hasPlaceholder(text))
        .map(({ text, line }) => ({
          where: `${document}:${line}`,
          folder,
          commands: splitLines([text]),
        })),
    ];
  });
}

/** What stands for a line's end in the text that a button of Expressive Code copies. */
const COPIED_LINE_END = '\u007F';

/**
 * The commands that a built page shows in its <command-lines>: they come from components, not from text.
 *
 * @example commandsOfPage('dist/index.html', html)
 */
export function commandsOfPage(where: string, html: string): Block[] {
  return [...html.matchAll(/<command-lines[^>]*>.*? data-code="([^"]*)"/gs)].map(
    ([, text = '']) => ({
      where,
      folder: '.',
      commands: splitLines(unescape(text).split(COPIED_LINE_END)),
    }),
  );
}

function hasPlaceholder(text: string): boolean {
  return /[<>…[\]]|\.\.\.|\b(N|NAME)\b/.test(text);
}

/** One command an item: `a && b` are two, a comment is none, a line that ends in a backslash goes on. */
function splitLines(lines: readonly string[]): string[] {
  return lines
    .join('\n')
    .replace(/\\\n\s*/g, ' ')
    .split(/\n|&&/)
    .map((line) =>
      line
        .replace(/(^|\s)#.*$/, '')
        .replace(/^\s*\$\s/, '')
        .trim(),
    )
    .filter((line) => line !== '');
}

function unescape(html: string): string {
  return html
    .replace(/<[^>]*>/g, '')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll(/&#x([\da-f]+);/gi, (_, code: string) => String.fromCodePoint(parseInt(code, 16)))
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&');
}

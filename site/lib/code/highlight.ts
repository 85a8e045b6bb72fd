import { basename, extname } from 'node:path';
import { type BundledLanguage, createHighlighter } from 'shiki';
import { CODE_THEMES } from './themes.ts';

/** What a token is; each is one class of code.css. Plain text has none. */
export type TokenKind =
  | 'comment'
  | 'keyword'
  | 'constant'
  | 'string'
  | 'variable'
  | 'function'
  | 'tag'
  | 'invalid';

export interface Token {
  readonly text: string;
  readonly kind?: TokenKind;
}

/**
 * The theme has one colour for each kind, light and dark alike: the light one names the kind, and
 * style sheets give both colours. `highlight.test.ts` sees that no colour of the theme is missing.
 */
export const KINDS: Readonly<Record<string, TokenKind>> = {
  '#66707b': 'comment',
  '#a0111f': 'keyword',
  '#023b95': 'constant',
  '#032563': 'string',
  '#702c00': 'variable',
  '#622cbc': 'function',
  '#024c1a': 'tag',
  '#6e011a': 'invalid',
};

const LANGUAGES: Readonly<Record<string, BundledLanguage>> = {
  '.ts': 'typescript',
  '.mjs': 'javascript',
  '.js': 'javascript',
  '.json': 'json',
  '.yaml': 'yaml',
  '.yml': 'yaml',
  '.html': 'html',
  '.css': 'css',
  '.md': 'markdown',
  '.svg': 'xml',
  '.mmd': 'mermaid',
  '.sh': 'shellscript',
  Dockerfile: 'docker',
};

const highlighter = createHighlighter({
  themes: [CODE_THEMES.light],
  langs: [...new Set(Object.values(LANGUAGES))],
});
const known = new Map<string, Promise<Token[][]>>();

/**
 * A file's tokens, line by line. Its name tells the language; an unknown one is plain text.
 *
 * @example (await highlight('const a = 1;', 'index.ts'))[0]?.[0] // { text: 'const', kind: 'keyword' }
 */
export function highlight(code: string, path: string): Promise<Token[][]> {
  const language = LANGUAGES[extname(path)] ?? LANGUAGES[basename(path)];
  // Both languages of the course show the same files: one pass does for both.
  const key = `${language}\n${code}`;
  const tokens = known.get(key) ?? tokenize(code, language);
  known.set(key, tokens);
  return tokens;
}

async function tokenize(code: string, language: BundledLanguage | undefined): Promise<Token[][]> {
  if (!language) return code.split('\n').map((text) => (text === '' ? [] : [{ text }]));
  const { codeToTokensBase } = await highlighter;
  const lines = codeToTokensBase(code, { lang: language, theme: CODE_THEMES.light });
  return lines.map((line) =>
    merge(line.map(({ content, color = '' }) => toToken(content, KINDS[color.toLowerCase()]))),
  );
}

/** Neighbours of one kind become one token, and so does white space: fewer elements on the page. */
function merge(tokens: readonly Token[]): Token[] {
  const merged: Token[] = [];
  for (const token of tokens) {
    const last = merged.at(-1);
    const joins = last && (last.kind === token.kind || (token.text.trim() === '' && last.kind));
    if (last && joins) merged[merged.length - 1] = toToken(last.text + token.text, last.kind);
    else merged.push(token);
  }
  return merged;
}

function toToken(text: string, kind: TokenKind | undefined): Token {
  return kind === undefined ? { text } : { text, kind };
}

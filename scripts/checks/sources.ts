import { basename } from 'node:path';
import type { Problem } from './problem.ts';
import type { Tree } from './tree.ts';

/** Everything that the top level may hold; test configurations live in scripts/ and e2e/. */
const TOP_LEVEL = new Set([
  'package.json',
  'package-lock.json',
  'tsconfig.json',
  'astro.config.mjs',
  'site',
  'stages',
  'scripts',
  'e2e',
  'README.md',
  'README.zh-CN.md',
  'ARCHITECTURE.md',
  'CONTRIBUTING.md',
  'BENCHMARKS.md',
  'LICENSE',
]);

const MAX_LINES = 400;
const LINES_ARE_LOOKED_AT = /\.(ts|mjs|js|astro)$/;

/** Scripts that no text of the course is written in: such a letter slipped in. */
const FOREIGN =
  /[\p{Script=Cyrillic}\p{Script=Hangul}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Thai}]/u;
const CHINESE = /\p{Script=Han}+/gu;
/** English pages may offer the other language, and show that a todo is any text. */
const CHINESE_IN_ENGLISH = new Set(['中文', '简体中文', '待办']);
/** Tests feed the service text of any script. */
const IS_TEST = /(^|\/)(tests?|e2e|contract|fixtures)\/|\.test\.ts$/;
const IS_TEXT = /\.(md|mdx|ts|mjs|js|astro|css|html|json|yaml|yml|mmd)$/;

/**
 * Rules on the files themselves: what stands at the top level, names, lengths, lockfiles, scripts.
 *
 * @example checkSources(readTree(root)) // []
 */
export function checkSources(tree: Tree): Problem[] {
  return [...topLevel(tree), ...tree.paths.flatMap((path) => checkFile(path, tree))];
}

function topLevel(tree: Tree): Problem[] {
  const entries = new Set(tree.paths.map((path) => path.split('/')[0] ?? ''));
  return [...entries]
    .filter((entry) => !entry.startsWith('.') && !TOP_LEVEL.has(entry))
    .map((entry) => ({
      where: entry,
      what: 'does not belong at the top level: put it into scripts/, site/ or e2e/',
    }));
}

function checkFile(path: string, tree: Tree): Problem[] {
  const problems = checkName(path);
  if (!IS_TEXT.test(path)) return problems;
  const text = tree.read(path);
  if (path.endsWith('package-lock.json')) return [...problems, ...checkLockfile(path, text)];
  return [
    ...problems,
    ...checkLength(path, text),
    ...checkScripts(path, text),
    ...checkClock(path, text),
  ];
}

function checkName(path: string): Problem[] {
  const name = basename(path);
  // `[...slug].ts` and `_layout.astro` are Astro's own names for routes.
  if (path.startsWith('site/pages/')) return [];
  if (/\.(ts|mjs|js)$/.test(name) && !/^[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9-]+)*$/.test(name)) {
    return [{ where: path, what: 'is not named in kebab-case' }];
  }
  if (name.endsWith('.astro') && !/^[A-Z][A-Za-z0-9]*\.astro$/.test(name)) {
    return [{ where: path, what: 'is not named in PascalCase' }];
  }
  return [];
}

function checkLockfile(path: string, text: string): Problem[] {
  const line = text.split('\n').findIndex((each) => /"resolved": "https?:/.test(each));
  if (line === -1) return [];
  return [
    {
      where: `${path}:${line + 1}`,
      what: 'names a registry: set omit-lockfile-registry-resolved=true in .npmrc and run npm install again',
    },
  ];
}

function checkLength(path: string, text: string): Problem[] {
  const lines = text.trimEnd().split('\n');
  if (!LINES_ARE_LOOKED_AT.test(path) || lines.length <= MAX_LINES) return [];
  if (lines.slice(0, 10).some((line) => line.includes(`over ${MAX_LINES} lines`))) return [];
  return [
    {
      where: path,
      what: `has ${lines.length} lines: split it, or say in the first ten why it is over ${MAX_LINES} lines`,
    },
  ];
}

function checkScripts(path: string, text: string): Problem[] {
  if (IS_TEST.test(path)) return [];
  const english = isEnglish(path);
  return text.split('\n').flatMap((line, index) => {
    const where = `${path}:${index + 1}`;
    const foreign = FOREIGN.exec(line)?.[0];
    if (foreign !== undefined)
      return [{ where, what: `holds "${foreign}", a letter of no language of the course` }];
    const chinese = english
      ? line.match(CHINESE)?.find((word) => !CHINESE_IN_ENGLISH.has(word))
      : undefined;
    return chinese === undefined ? [] : [{ where, what: `holds "${chinese}" in an English text` }];
  });
}

function isEnglish(path: string): boolean {
  // A host has one 404.html for all addresses: that page speaks both languages.
  if (/^site\/content\/docs\/404\.mdx?$/.test(path)) return false;
  if (path.startsWith('site/content/docs/')) return !path.startsWith('site/content/docs/zh-cn/');
  return path.endsWith('.md') && !path.endsWith('.zh-CN.md');
}

/** `new Date()` reads the clock too, and the linter cannot tell it from `new Date(0)`. */
function checkClock(path: string, text: string): Problem[] {
  if (!/^scripts\/cloud\/[^/]+\/(core|engine)\//.test(path) || path.endsWith('.test.ts')) return [];
  const line = text.split('\n').findIndex((each) => /new Date\(\s*\)/.test(each));
  if (line === -1) return [];
  return [
    {
      where: `${path}:${line + 1}`,
      what: 'reads the system clock: take the time as an argument or from the clock',
    },
  ];
}

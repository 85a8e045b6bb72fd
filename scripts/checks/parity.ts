import { readMarkdown } from './markdown.ts';
import type { Component, Heading, Markdown } from './markdown.ts';
import type { Problem } from './problem.ts';
import type { Tree } from './tree.ts';

const CONTENT = 'site/content/docs/';
const CHINESE = `${CONTENT}zh-cn/`;

/** Attributes that name things; all others are words for readers and differ by language. */
const NAMING = ['stage', 'file', 'region', 'from', 'to', 'since', 'name', 'id'];

/**
 * Both languages have the same pages, each with the same headings and components in the same order.
 *
 * @example checkParity(readTree(root)) // []
 */
export function checkParity(tree: Tree): Problem[] {
  const pages = tree.paths.filter((path) => path.startsWith(CONTENT) && /\.mdx?$/.test(path));
  const chinese = new Set(pages.filter((path) => path.startsWith(CHINESE)));
  const english = new Set(pages.filter((path) => !chinese.has(path)));
  const toChinese = (path: string) => CHINESE + path.slice(CONTENT.length);
  const toEnglish = (path: string) => CONTENT + path.slice(CHINESE.length);
  return [
    ...pairedReadmes(tree),
    ...[...english]
      .filter((path) => !chinese.has(toChinese(path)))
      .map((path) => missing(path, toChinese(path))),
    ...[...chinese]
      .filter((path) => !english.has(toEnglish(path)))
      .map((path) => missing(path, toEnglish(path))),
    ...[...english]
      .filter((path) => chinese.has(toChinese(path)))
      .flatMap((path) => comparePages(tree, path, toChinese(path))),
  ];
}

/** A README with a Chinese twin has the same shape as it; a stage always has both. */
function pairedReadmes(tree: Tree): Problem[] {
  const twins = tree.paths.filter((path) => path.endsWith('README.zh-CN.md'));
  const english = twins.map((path) => path.replace('.zh-CN', ''));
  const needed = tree.paths.filter((path) => /^(stages\/[^/]+\/)?README\.md$/.test(path));
  return [
    ...needed
      .filter((path) => !english.includes(path))
      .map((path) => missing(path, path.replace('.md', '.zh-CN.md'))),
    ...english.flatMap((path, index) =>
      tree.paths.includes(path)
        ? comparePages(tree, path, twins[index] ?? '')
        : [missing(twins[index] ?? '', path)],
    ),
  ];
}

function missing(there: string, notThere: string): Problem {
  return { where: there, what: `has no twin in the other language: expected ${notThere}` };
}

function comparePages(tree: Tree, english: string, chinese: string): Problem[] {
  const [here, there] = [readMarkdown(tree.read(english)), readMarkdown(tree.read(chinese))];
  const aspects: readonly [string, (page: Markdown) => readonly string[]][] = [
    ['headings', (page) => page.headings.map(outline)],
    ['components', (page) => page.components.map(shape)],
    ['code blocks', (page) => page.fences.map(({ language }) => language || 'plain')],
  ];
  return aspects.flatMap(([aspect, read]) => {
    const [expected, found] = [read(here), read(there)];
    const at = Array.from({ length: Math.max(expected.length, found.length) }).findIndex(
      (_, index) => expected[index] !== found[index],
    );
    if (at === -1) return [];
    const say = (list: readonly string[]) => list[at] ?? 'nothing';
    return [
      {
        where: chinese,
        what: `${aspect} differ from ${english} at number ${at + 1}: expected ${say(expected)}, found ${say(found)}`,
      },
    ];
  });
}

function outline({ level, id }: Heading): string {
  return id === undefined ? `a level ${level} heading` : `a level ${level} heading {#${id}}`;
}

function shape({ name, attributes }: Component): string {
  const named = NAMING.filter((key) => attributes.has(key)).map(
    (key) => ` ${key}="${attributes.get(key)}"`,
  );
  return `<${name}${named.join('')}>`;
}

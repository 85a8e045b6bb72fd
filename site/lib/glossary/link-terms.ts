import type { satteri } from '@astrojs/markdown-satteri';
import type { Language } from '../languages.ts';
import { firstOf, linkedTerms } from './find-terms.ts';
import { glossary } from './schema.ts';
import type { Term } from './schema.ts';

/** What is a link already, or names a section, is left as it is. */
const CLOSED = new Set(['link', 'linkReference', 'heading']);

type Plugin = NonNullable<NonNullable<Parameters<typeof satteri>[0]>['mdastPlugins']>[number];

interface Text {
  type: 'text';
  value: string;
}

type Piece =
  | Text
  | {
      type: 'link';
      url: string;
      data: { hProperties: Record<string, string> };
      children: Text[];
    };

/**
 * For the Markdown of lessons: the first use of a term in a page's text is a link to its place in the glossary.
 *
 * @example satteri({ mdastPlugins: [linkTerms] })
 */
export const linkTerms: Plugin = ({ fileURL }) => {
  const lesson = lessonOf(fileURL?.pathname ?? '');
  if (!lesson) return undefined;
  const left = new Set(linkedTerms(glossary(), lesson.stage));
  return {
    name: 'link-terms',
    text(node, context) {
      for (
        let above = context.parent(node);
        above.type !== 'root';
        above = context.parent(above) ?? { type: 'root', children: [] }
      ) {
        if (CLOSED.has(above.type)) return;
      }
      const pieces = splitText(node.value, left, lesson.language);
      if (pieces.length > 1 || pieces[0]?.type === 'link') context.replaceNode(node, pieces);
    },
  };
};

/**
 * A text in pieces, in which terms are links; what is linked is taken out of `left`.
 *
 * @example splitText('A trigger listens.', new Set([trigger]), 'en').map(({ type }) => type) // ['text', 'link', 'text']
 */
export function splitText(value: string, left: Set<Term>, language: Language): Piece[] {
  const pieces: Piece[] = [];
  let rest = value;
  for (let found = firstOf(rest, left, language); found; found = firstOf(rest, left, language)) {
    const { term, at, written } = found;
    left.delete(term);
    if (at > 0) pieces.push({ type: 'text', value: rest.slice(0, at) });
    pieces.push({
      type: 'link',
      url: `../../glossary/#${term.id}`,
      data: { hProperties: { class: 'term' } },
      children: [{ type: 'text', value: written }],
    });
    rest = rest.slice(at + written.length);
  }
  if (rest !== '') pieces.push({ type: 'text', value: rest });
  return pieces;
}

function lessonOf(path: string): { stage: number; language: Language } | undefined {
  const match = /\/docs\/(zh-cn\/)?stages\/(\d{2})-[^/]+\.mdx$/.exec(path);
  return match
    ? { stage: Number(match[2]), language: match[1] === undefined ? 'en' : 'zh-CN' }
    : undefined;
}

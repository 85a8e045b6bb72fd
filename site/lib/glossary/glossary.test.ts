import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { createSatteriMarkdownProcessor } from '@astrojs/markdown-satteri';
import { describe, expect, it } from 'vitest';
import { repositoryRoot } from '../../../scripts/stages/root.ts';
import { stages } from '../stages.ts';
import { findTerm, firstOf, linkedTerms } from './find-terms.ts';
import { linkTerms, splitText } from './link-terms.ts';
import { inOrder } from './order.ts';
import { glossary, parseGlossary } from './schema.ts';

const DOCS = join(repositoryRoot(), 'site/content/docs');
const termOf = (id: string) => glossary().find((term) => term.id === id)!;

describe('the glossary', () => {
  const good = '{ id: cdn, stage: 4, term: { en: CDN, zh-CN: CDN }, meaning: { en: a, zh-CN: b } }';

  it('keeps to its rules', () => {
    expect(parseGlossary(`[${good}]`)).toHaveLength(1);
    expect(() => parseGlossary(`[${good.replace('stage: 4, ', '')}]`)).toThrow(/0\.stage/);
    expect(() => parseGlossary(`[${good.replace('zh-CN: b', '')}]`)).toThrow(/0\.meaning\.zh-CN/);
    expect(() => parseGlossary(`[${good}, ${good}]`)).toThrow(/id "cdn" is both cdn's and cdn's/);
    const twin = good.replace('id: cdn', 'id: edge');
    expect(() => parseGlossary(`[${good}, ${twin}]`)).toThrow(/"cdn" is both cdn's and edge's/);
  });

  it('is in the order of each language', () => {
    const english = inOrder(glossary(), 'en').map(({ id }) => id);
    expect(english.indexOf('adapter')).toBeLessThan(english.indexOf('cold-start'));
    const chinese = inOrder(glossary(), 'zh-CN').map(({ id }) => id);
    // bianche, chufaqi, lengqidong
    expect(chinese.indexOf('sidecar')).toBeLessThan(chinese.indexOf('trigger'));
    expect(chinese.indexOf('trigger')).toBeLessThan(chinese.indexOf('cold-start'));
  });
});

describe('a term in a text', () => {
  it('is a whole word in English, in any case and number', () => {
    expect(findTerm('Two Cold starts', termOf('cold-start'), 'en')).toMatchObject({
      at: 4,
      written: 'Cold starts',
    });
    expect(findTerm('eventually', termOf('event'), 'en')).toBeUndefined();
    expect(findTerm('Caddy, for instance, an instance', termOf('instance'), 'en')?.at).toBe(24);
  });

  it('is any of its forms in Chinese', () => {
    expect(findTerm('放进存储桶里', termOf('bucket'), 'zh-CN')?.written).toBe('存储桶');
  });

  it('is the longer of two that begin together', () => {
    const both = [termOf('image'), termOf('registry')];
    expect(firstOf('镜像仓库', both, 'zh-CN')?.term.id).toBe('registry');
  });

  it('is linked once, at its first place', () => {
    const left = new Set([termOf('instance'), termOf('trigger')]);
    const pieces = splitText('An instance, a trigger, an instance.', left, 'en');
    expect(pieces.map((piece) => ('url' in piece ? piece.url : piece.value))).toEqual([
      'An ',
      '../../glossary/#instance',
      ', a ',
      '../../glossary/#trigger',
      ', an instance.',
    ]);
    expect(left.size).toBe(0);
  });
});

describe('a lesson', async () => {
  const processor = await createSatteriMarkdownProcessor({ mdastPlugins: [linkTerms] });
  const linksOf = async (folder: string, id: string) => {
    const file = join(DOCS, folder, 'stages', `${id}.mdx`);
    const { code } = await processor.render(readFileSync(file, 'utf8'), {
      fileURL: pathToFileURL(file),
    });
    return [...code.matchAll(/glossary\/#([\w-]+)"/g)].map(([, term = '']) => term);
  };

  it.each(stages.map(({ id }) => id))('%s links the same terms in both languages', async (id) => {
    const [english, chinese] = [await linksOf('', id), await linksOf('zh-cn', id)];
    expect(english.length).toBeGreaterThan(2);
    expect(new Set(english).size, 'a term is linked once').toBe(english.length);
    expect(
      new Set(chinese),
      `A term of the one page is not on the other (site/content/docs/{,zh-cn/}stages/${id}.mdx): use it there too, or say it otherwise here.`,
    ).toEqual(new Set(english));
  });

  it('links every term that its own stage explains', () => {
    const explained = stages.flatMap(({ number }) =>
      linkedTerms(glossary(), number).filter(({ stage }) => stage === number),
    );
    expect(explained.length).toBeGreaterThan(20);
  });
});

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { repositoryRoot } from '../../scripts/stages/root.ts';
import {
  PRODUCTS,
  TRANSLATION,
  inlineMarkdown,
  localCloud,
  readmeSections,
  translatedHeadings,
} from './local-cloud.ts';

it('reads what a product does and where it differs, and nothing about its code', () => {
  const sections = readmeSections(
    '# P\n\n## What it emulates\n\n- a\n- b\n\n## How it is built\n\n- c\n\n## Differs from the real thing\n\n- **d**: e\n',
  );
  expect(sections).toEqual([
    { title: 'What it emulates', points: ['a', 'b'] },
    { title: 'Differs from the real thing', points: ['**d**: e'] },
  ]);
});

it.each(PRODUCTS)('says in Chinese as many points of %s as its README has', (name) => {
  const readme = readFileSync(join(repositoryRoot(), 'scripts/cloud', name, 'README.md'), 'utf8');
  const english = new Map(
    readmeSections(readme).map(({ title, points }) => [title, points.length]),
  );
  expect(translatedHeadings().get(name), `mend ${TRANSLATION}`).toEqual(english);
  expect(english.size).toBeGreaterThan(1);
});

it('tells of every product in both languages', () => {
  for (const language of ['en', 'zh-CN'] as const) {
    const products = localCloud(language);
    expect(products.map(({ name }) => name)).toEqual([...PRODUCTS]);
    for (const { title, sections } of products) {
      expect(title).not.toBe('');
      expect(sections.flatMap(({ points }) => points).length).toBeGreaterThan(10);
    }
  }
});

it('shows code, stress and the text of a link, and no markup of somebody else', () => {
  expect(inlineMarkdown('**Node**: `a<b` [x](y.md) <i> is _ready_, `**no**`')).toBe(
    '<b>Node</b>: <code>a&lt;b</code> x &lt;i&gt; is <em>ready</em>, <code>**no**</code>',
  );
  expect(inlineMarkdown('`a_b` and access_key_id')).toBe('<code>a_b</code> and access_key_id');
  expect(inlineMarkdown('`no-cache`')).toBe('<code class="whole">no-cache</code>');
});

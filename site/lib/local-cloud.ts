import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { repositoryRoot } from '../../scripts/stages/root.ts';
import { escapeHtml } from './code/escape.ts';
import { isKeptWhole } from './code/keep-whole.ts';
import type { Language } from './languages.ts';

/** The Chinese of the READMEs' points, by their headings. */
export const TRANSLATION = 'site/content/local-cloud.zh-CN.yaml';

export const PRODUCTS = ['functions', 'tablestore', 'cdn', 'kubernetes', 'knative'] as const;
export type ProductName = (typeof PRODUCTS)[number];

export interface Section {
  readonly title: string;
  /** A point each, with Markdown's `code`, **strong** and *stress*. */
  readonly points: readonly string[];
}

export interface Product {
  readonly name: ProductName;
  readonly title: string;
  /** The README's own folder, from the root. */
  readonly folder: string;
  readonly sections: readonly Section[];
}

const translated = z.record(
  z.enum(PRODUCTS),
  z.strictObject({
    title: z.string().min(1),
    sections: z.record(
      z.string(),
      z.strictObject({ title: z.string().min(1), points: z.array(z.string().min(1)).min(1) }),
    ),
  }),
);

/** Headings of what a product does and does not; others are about its code. */
const TOLD = /emulate|Kubernetes' own|What is ours|^Differs/;

/**
 * What a README says that its product emulates, and where it differs, heading by heading.
 *
 * @example readmeSections('# T\n\n## Differs from the real thing\n\n- **Node**: 24.\n')[0]?.points // ['**Node**: 24.']
 */
export function readmeSections(markdown: string): Section[] {
  return markdown
    .split(/^## /m)
    .slice(1)
    .map((section) => {
      const [title = '', ...lines] = section.split('\n');
      return { title, points: lines.flatMap((line) => /^- (.*)$/.exec(line)?.[1] ?? []) };
    })
    .filter(({ title, points }) => TOLD.test(title) && points.length > 0);
}

/**
 * Every product of the local cloud as its README tells of it; in Chinese as the translation does.
 *
 * @example localCloud('en').map(({ name }) => name)
 */
export function localCloud(language: Language): Product[] {
  const root = repositoryRoot();
  const chinese = translated.parse(parse(readFileSync(join(root, TRANSLATION), 'utf8')));
  return PRODUCTS.map((name): Product => {
    const folder = `scripts/cloud/${name}`;
    const markdown = readFileSync(join(root, folder, 'README.md'), 'utf8');
    const sections = readmeSections(markdown);
    if (language === 'zh-CN')
      return { name, folder, ...chinese[name], sections: Object.values(chinese[name].sections) };
    return { name, folder, title: /^# (.*)$/m.exec(markdown)?.[1] ?? name, sections };
  });
}

/** The translation as it is written, for the test that keeps it complete. */
export function translatedHeadings(): Map<ProductName, Map<string, number>> {
  const chinese = translated.parse(
    parse(readFileSync(join(repositoryRoot(), TRANSLATION), 'utf8')),
  );
  return new Map(
    PRODUCTS.map((name) => [
      name,
      new Map(
        Object.entries(chinese[name].sections).map(([title, { points }]) => [title, points.length]),
      ),
    ]),
  );
}

/**
 * A point as HTML: its code, what is stressed, and links by their text alone, since they lead into the repository.
 *
 * @example inlineMarkdown('**Node**: `24` <') // '<b>Node</b>: <code>24</code> &lt;'
 */
export function inlineMarkdown(text: string): string {
  const codes: string[] = [];
  // What is code is taken out first: a star in it stresses nothing.
  const plain = text.replaceAll(
    /`([^`]+)`/g,
    (_, code: string) => `\uE000${codes.push(code) - 1}\uE000`,
  );
  return escapeHtml(plain)
    .replaceAll(/\[([^\]]+)\]\([^)]*\)/g, '$1')
    .replaceAll(/\*\*(.+?)\*\*/g, '<b>$1</b>')
    .replaceAll(/(?<![\w*])[*_]([^*_]+)[*_](?![\w*])/g, '<em>$1</em>')
    .replaceAll(/\uE000(\d+)\uE000/g, (_, index: string) => {
      const code = codes[Number(index)] ?? '';
      return `<code${isKeptWhole(code) ? ' class="whole"' : ''}>${escapeHtml(code)}</code>`;
    });
}

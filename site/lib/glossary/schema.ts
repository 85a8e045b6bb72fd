import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { Failure } from '../../../scripts/shared/failure.ts';
import { repositoryRoot } from '../../../scripts/stages/root.ts';
import { text } from '../../../scripts/stages/schema.ts';
import { LANGUAGES } from '../languages.ts';

/** Where the terms are, from the root. */
export const GLOSSARY = 'site/content/glossary.yaml';

const forms = z.array(z.string().min(1)).min(1);

const term = z.strictObject({
  id: z.string().regex(/^[a-z]+(-[a-z]+)*$/, 'words and hyphens: "cold-start"'),
  /** The stage whose lesson explains it. Earlier lessons may use the word in its everyday sense. */
  stage: z.int().min(1).max(8),
  term: text,
  /** How it appears in the text, where that is not the term itself; English takes an "s" by itself. */
  forms: z.strictObject({ en: forms, 'zh-CN': forms }).optional(),
  /** True: the word is too common, or too differently said in the other language, to link each use of it. */
  everyday: z.literal(true).optional(),
  meaning: text,
});
export type Term = z.infer<typeof term>;

/**
 * Reads a glossary, or says which term breaks which rule: ids are unique, and no form belongs to two terms.
 *
 * @example parseGlossary(readFileSync('site/content/glossary.yaml', 'utf8'))[0]?.id // 'duty'
 */
export function parseGlossary(source: string): readonly Term[] {
  const result = z.array(term).safeParse(parse(source));
  if (!result.success) {
    const [issue] = result.error.issues;
    throw invalid(`${issue?.path.join('.')}: ${issue?.message}`);
  }
  const seen = new Map<string, string>();
  for (const each of result.data) {
    const names = LANGUAGES.flatMap((language) =>
      formsOf(each, language).map((form) => `${language} "${form.toLowerCase()}"`),
    );
    for (const name of [`id "${each.id}"`, ...names]) {
      const owner = seen.get(name);
      if (owner !== undefined) throw invalid(`${name} is both ${owner}'s and ${each.id}'s`);
      seen.set(name, each.id);
    }
  }
  return result.data;
}

/**
 * How a term appears in a language's text.
 *
 * @example formsOf(bucket, 'zh-CN') // ['Bucket', '存储桶']
 */
export function formsOf({ term: name, forms: given }: Term, language: 'en' | 'zh-CN') {
  return given?.[language] ?? [name[language]];
}

let read: readonly Term[] | undefined;

/** Every term of the course, read once. */
export function glossary(): readonly Term[] {
  return (read ??= parseGlossary(readFileSync(join(repositoryRoot(), GLOSSARY), 'utf8')));
}

function invalid(what: string): Failure {
  return new Failure(
    'E_GLOSSARY_INVALID',
    `${GLOSSARY}: ${what}. Correct it; the rules are in site/lib/glossary/schema.ts.`,
  );
}

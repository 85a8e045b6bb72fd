import type { Language } from '../languages.ts';
import { formsOf } from './schema.ts';
import type { Term } from './schema.ts';

/** A term in a text: where its form begins and how it is written there. */
export interface Found {
  readonly term: Term;
  readonly at: number;
  readonly written: string;
}

/**
 * The terms that a lesson links: those that its stage or one before explains, but for the everyday words.
 *
 * @example linkedTerms(glossary(), 1).map(({ id }) => id) // ['adapter', 'trigger', ...]
 */
export function linkedTerms(terms: readonly Term[], stage: number): Term[] {
  return terms.filter((term) => term.stage <= stage && !term.everyday);
}

/**
 * The first place of a term in a text. English forms are whole words, in any case, also in the plural;
 * "for instance" speaks of no instance.
 *
 * @example findTerm('Two cold starts', coldStart, 'en')?.written // 'cold starts'
 */
export function findTerm(text: string, term: Term, language: Language): Found | undefined {
  const forms = formsOf(term, language).map((form) =>
    form.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`).replaceAll(' ', String.raw`\s+`),
  );
  const pattern =
    language === 'en'
      ? new RegExp(String.raw`(?<![\w-]|\bfor )(?:${forms.join('|')})s?(?![\w-])`, 'i')
      : new RegExp(forms.join('|'));
  const match = pattern.exec(text);
  return match ? { term, at: match.index, written: match[0] } : undefined;
}

/**
 * The first of several terms in a text; of two that begin together, the longer.
 *
 * @example firstOf('an image registry', [registry, image], 'en')?.term.id // 'image'
 */
export function firstOf(
  text: string,
  terms: Iterable<Term>,
  language: Language,
): Found | undefined {
  let first: Found | undefined;
  for (const term of terms) {
    const found = findTerm(text, term, language);
    if (!found) continue;
    const isBefore =
      !first ||
      found.at < first.at ||
      (found.at === first.at && found.written.length > first.written.length);
    if (isBefore) first = found;
  }
  return first;
}

import type { Change } from '../../scripts/stages/schema.ts';
import type { Language } from './languages.ts';

/** What is in a stage beside the service: tests, experiments, documents, what the package manager writes. */
const BESIDE_THE_SERVICE =
  /^(?:tests|experiments)\/|^README|^package-lock\.json$|^diagram\.mmd$|^\.[^/]+$/;

/**
 * Whether a file stands beside the service.
 *
 * @example isBeside('tests/list.test.ts') // true
 */
export function isBeside(path: string): boolean {
  return BESIDE_THE_SERVICE.test(path);
}

/** What a stage tells of itself, for readers of each language. */
const READMES: Readonly<Record<Language, string>> = { en: 'README.md', 'zh-CN': 'README.zh-CN.md' };

/**
 * Whether a file says in another language what one in this language says.
 *
 * @example isTranslation('README.zh-CN.md', 'en') // true
 */
export function isTranslation(path: string, language: Language): boolean {
  return path !== READMES[language] && Object.values(READMES).includes(path);
}

/**
 * Splits declared changes into those of the service itself, which the lesson is about, and the rest.
 *
 * @example splitChanges([{ kind: 'added', path: 'tests/crash.test.ts', reason }]).beside.length // 1
 */
export function splitChanges(changes: readonly Change[]): { service: Change[]; beside: Change[] } {
  return {
    service: changes.filter(({ path }) => !isBeside(path)),
    beside: changes.filter(({ path }) => isBeside(path)),
  };
}

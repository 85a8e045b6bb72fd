import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Stage } from '../stages/catalogue.ts';
import { repositoryRoot } from '../stages/root.ts';
import type { Text } from '../stages/schema.ts';

/** Where the cards are: `site/public/cards/en/01-all-in-one.png`. */
export const CARDS = join(repositoryRoot(), 'site', 'public', 'cards');

const LIST = join(CARDS, 'cards.json');
/** What a diagram says in other languages than that of its file. */
const TRANSLATION = join(repositoryRoot(), 'site', 'content', 'diagrams.zh-CN.yaml');

/**
 * What a stage's card shows, as a fingerprint: another title or diagram needs another card.
 *
 * @example cardFingerprint(stage, 'en') === readCardList()[`en/${stage.id}`]
 */
export function cardFingerprint(stage: Stage | undefined, language: keyof Text): string {
  if (!stage) return 'home';
  return createHash('sha256')
    .update(stage.title[language])
    .update(readFileSync(join(stage.directory, 'diagram.mmd')))
    .update(language === 'en' ? '' : readFileSync(TRANSLATION))
    .digest('hex')
    .slice(0, 16);
}

/** The cards there are, each with what it was made from. */
export function readCardList(): Readonly<Record<string, string>> {
  return existsSync(LIST) ? (JSON.parse(readFileSync(LIST, 'utf8')) as Record<string, string>) : {};
}

export function writeCardList(list: Readonly<Record<string, string>>): void {
  writeFileSync(LIST, `${JSON.stringify(list, null, 2)}\n`);
}

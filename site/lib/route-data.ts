import { defineRouteMiddleware } from '@astrojs/starlight/route-data';
import { tasksOf } from '../../scripts/homework/tasks.ts';
import { languageOf } from './languages.ts';
import type { Language } from './languages.ts';
import { stageOf } from './stages.ts';
import { readCardList } from '../../scripts/pages/cards.ts';
import { readerWords } from './reader-words.ts';

const CARDS = readCardList();
/** What tells a page's address, in one language or in all. */
const ADDRESSES: readonly unknown[] = ['canonical', 'alternate', 'og:url'];

/** What Starlight cannot know of a page: its homework's place in the contents, its card, and that it has no address. */
export const onRequest = defineRouteMiddleware(({ locals, site }) => {
  const { entry, toc, lang, head } = locals.starlightRoute;
  const { stage } = entry.data;
  const card = site && cardOf(stage, languageOf(lang));
  if (card !== undefined) {
    const address = new URL(
      `${import.meta.env.BASE_URL.replace(/\/?$/, '/')}cards/${card}.png`,
      site,
    );
    for (const [property, content] of Object.entries({
      'og:image': address.href,
      'og:image:width': '1200',
      'og:image:height': '630',
    }))
      head.push({ tag: 'meta', attrs: { property, content } });
  }
  // A host shows it in place of whichever page is missing.
  if (entry.id.endsWith('404'))
    locals.starlightRoute.head = head.filter(
      ({ attrs }) => !ADDRESSES.includes(attrs?.['rel'] ?? attrs?.['property']),
    );
  // It stands below the lesson's text, so its heading is not among those of the text.
  if (!toc || stage === undefined || tasksOf(stageOf(stage).number).length === 0) return;
  const text = readerWords(languageOf(lang)).homework.heading;
  toc.items.push({ depth: 2, slug: 'homework', text, children: [] });
});

/** A stage's own card where one has been made, else that of the course. */
function cardOf(stage: string | undefined, language: Language): string | undefined {
  return [`${language}/${stage}`, `${language}/home`].find((name) => Object.hasOwn(CARDS, name));
}

import { defineRouteMiddleware } from '@astrojs/starlight/route-data';
import { tasksOf } from '../../scripts/homework/tasks.ts';
import { languageOf } from './languages.ts';
import { stageOf } from './stages.ts';
import { readerWords } from './reader-words.ts';

/** The homework stands below each lesson's text, so its heading is not among those of the text. */
export const onRequest = defineRouteMiddleware(({ locals }) => {
  const { entry, toc, lang } = locals.starlightRoute;
  const { stage } = entry.data;
  if (!toc || stage === undefined || tasksOf(stageOf(stage).number).length === 0) return;
  const text = readerWords(languageOf(lang)).homework.heading;
  toc.items.push({ depth: 2, slug: 'homework', text, children: [] });
});

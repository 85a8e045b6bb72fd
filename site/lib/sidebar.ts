import type { StageDescription } from '../../scripts/stages/schema.ts';
import { compareWords } from './compare/words.ts';
import { fill } from './fill.ts';
import { measureWordsIn } from './measures/words.ts';
import { parentOfStage, stages } from './stages.ts';
import { wordsIn } from './words.ts';
import type { Words } from './words.ts';

interface Entry {
  label: string;
  translations: { 'zh-CN': string };
  link: string;
}

interface Group {
  label: string;
  translations: { 'zh-CN': string };
  items: Entry[];
}

/**
 * Starlight's sidebar: the stages in order, what follows from them, then the reference pages. It also
 * is the order of "previous" and "next".
 *
 * @example courseSidebar()[0].items[0].link // '/stages/01-all-in-one/'
 */
export function courseSidebar(): Group[] {
  const lessons = stages.map((stage) =>
    entry(`/stages/${stage.id}/`, (_, language) => `${stage.number} ${stage.title[language]}`),
  );
  const differences = stages.flatMap((stage) => {
    const parent = parentOfStage(stage);
    return parent ? [difference(parent, stage)] : [];
  });
  return [
    { ...label((words) => words.course), items: lessons },
    {
      ...label((words) => words.after),
      items: [
        entry('/measures/', (_, language) => measureWordsIn(language).page),
        entry('/compare/', (_, language) => compareWords(language).page),
        entry('/choose/', (words) => words.choose),
        entry('/next/', (words) => words.whatNext),
      ],
    },
    {
      ...label((words) => words.reference),
      items: [
        entry('/running/', (words) => words.running),
        entry('/commands/', (words) => words.commands),
        entry('/api/', (words) => words.api),
        entry('/local-cloud/', (words) => words.localCloud),
        entry('/glossary/', (words) => words.glossary),
        ...differences,
      ],
    },
  ];
}

function difference(parent: StageDescription, stage: StageDescription): Entry {
  return entry(`/diff/${parent.id}/${stage.id}/`, (words) =>
    fill(words.difference, { from: parent.number, to: stage.number }),
  );
}

function entry(link: string, text: (words: Words, language: 'en' | 'zh-CN') => string): Entry {
  return { ...label(text), link };
}

function label(text: (words: Words, language: 'en' | 'zh-CN') => string) {
  return {
    label: text(wordsIn('en'), 'en'),
    translations: { 'zh-CN': text(wordsIn('zh-CN'), 'zh-CN') },
  };
}

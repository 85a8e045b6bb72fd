import type { Language } from './languages.ts';

const en = {
  resume: {
    kept: 'Your place is kept in this browser and nowhere else.',
    resume: 'Go on with stage {number}: {title}',
  },
  evolution: { legend: 'The steps as one picture. Choose one:' },
  homework: {
    heading: 'Homework',
    take: 'Take a copy to change:',
    check: 'When you think you are done, let it be looked at. This holds then:',
    hint: 'Hint',
    solution: 'One solution. Yours may look different: what counts is that the steps above hold.',
  },
};

export type ReaderWords = typeof en;

const zh: ReaderWords = {
  resume: {
    kept: '读到哪里只记在这个浏览器里，别处没有。',
    resume: '接着读阶段 {number}：{title}',
  },
  evolution: { legend: '一张图走完这些步骤，选一步：' },
  homework: {
    heading: '课后作业',
    take: '先拷一份出来改：',
    check: '觉得做完了，就让它验一验。做对了，下面几条都成立：',
    hint: '提示',
    solution: '想看一种做法？你的写法可以不一样，上面几条成立就算对。',
  },
};

const words: Readonly<Record<Language, ReaderWords>> = { en, 'zh-CN': zh };

/**
 * The strings around what a reader does beside reading: resume, walk through the steps, do the homework.
 *
 * @example readerWords('en').homework.heading // 'Homework'
 */
export function readerWords(language: Language): ReaderWords {
  return words[language];
}

import type { Language } from '../languages.ts';

/** The words around the button; all others come with the Lab itself. */
const en = {
  title: 'Run it in this tab',
  intro:
    'The Lab runs the very files of this stage in your browser, on the same local cloud as on your machine: no account, no server, nobody else. You watch requests move, break it, change its code.',
  start: 'Start the Lab',
  without: 'The Lab needs JavaScript. What it would show, the recorded runs below tell in words.',
  loading: 'Loading the Lab …',
  late: 'nothing ran within {seconds} seconds.',
  failed: 'The Lab did not start: {reason}',
  unreached:
    'some of its files did not come. Reload the page: the site may have been published anew.',
  stopped: 'The Lab has ended. Nothing of it is left running.',
  ways: 'What works instead:',
  recorded: 'Read the recorded runs on this page',
  stackblitz: 'Open the stage in StackBlitz, a third party: the button is on this page',
  command: 'Run it on your machine:',
};

export type ButtonWords = typeof en;

const zh: ButtonWords = {
  title: '就在这个标签页里跑',
  intro:
    '实验室在浏览器里运行这个阶段的原样文件，用的是和你机器上同一套本地云：不用账号，不用服务器，也没有第三方。你可以看请求怎么走，把它弄坏，改它的代码。',
  start: '启动实验室',
  without: '实验室需要 JavaScript。它会演示的内容，下面的实录里都用文字写着。',
  loading: '正在加载实验室……',
  late: '{seconds} 秒内没有跑起来。',
  failed: '实验室没能启动：{reason}',
  unreached: '有文件没有取到。请刷新页面再试，网站可能刚刚更新过。',
  stopped: '实验室已关闭，没有留下任何在运行的东西。',
  ways: '换个办法：',
  recorded: '看本页的实录',
  stackblitz: '在第三方 StackBlitz 里打开：按钮就在本页',
  command: '在自己的机器上跑：',
};

const words: Readonly<Record<Language, ButtonWords>> = { en, 'zh-CN': zh };

/**
 * The strings around the Lab's button, in a language.
 *
 * @example buttonWords('en').start // 'Start the Lab'
 */
export function buttonWords(language: Language): ButtonWords {
  return words[language];
}

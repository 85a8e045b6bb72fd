import type { Language } from './languages.ts';

const en = {
  title: 'Edit it in your browser',
  intro:
    'StackBlitz, a third party, starts this stage in your tab. Nothing is loaded from there before you click.',
  introNewTab:
    'StackBlitz, a third party, starts this stage in a new tab. Nothing is loaded from there before you click.',
  newTabOnly:
    'Not on this page, from the stage on that signs in: its cookie is SameSite, and browsers do not send such a cookie in a frame of another site. In StackBlitz too, open the preview in a tab of its own; in its frame you can read, and a write is 401.',
  embed: 'Start it on this page',
  open: 'Open it in a new tab',
  close: 'Close it',
  loading: 'Starting. The first start installs the packages and can take half a minute.',
  failed:
    'StackBlitz did not answer within {seconds} seconds. It needs third-party cookies, works best in Chromium, and some networks block it.',
  filesFailed: 'The files of this stage could not be fetched. Check the connection and try again.',
  instead: 'What works instead: open it in a new tab, or run it on your machine:',
  frame: 'Stage {number} in StackBlitz',
  without: 'Starting it here needs JavaScript. On your machine the same stage starts with:',
};

export type StackBlitzWords = typeof en;

const zh: StackBlitzWords = {
  title: '在浏览器里改',
  intro: '由第三方 StackBlitz 在你的标签页里启动这个阶段。点击之前，不会从那里加载任何东西。',
  introNewTab: '由第三方 StackBlitz 在新标签页里启动这个阶段。点击之前，不会从那里加载任何东西。',
  newTabOnly:
    '从有登录的阶段起，不能就在本页启动：登录的 Cookie 带 SameSite，放在别的网站的 iframe 里，浏览器不会发送它。到了 StackBlitz，也要把预览单独开一个标签页；在它的 iframe 里只能读，写会得到 401。',
  embed: '就在本页启动',
  open: '在新标签页打开',
  close: '关闭',
  loading: '正在启动。第一次要安装依赖，可能需要半分钟。',
  failed:
    '{seconds} 秒内 StackBlitz 没有响应。它需要第三方 Cookie，在 Chromium 系浏览器里最稳，国内网络常常连不上。',
  filesFailed: '这个阶段的文件取不到，请检查网络后重试。',
  instead: '换个办法：在新标签页打开，或者在自己的机器上跑：',
  frame: 'StackBlitz 里的阶段 {number}',
  without: '在这里启动需要 JavaScript。在自己的机器上，同一个阶段这样启动：',
};

const words: Readonly<Record<Language, StackBlitzWords>> = { en, 'zh-CN': zh };

/**
 * What a lesson says around StackBlitz, in a language.
 *
 * @example stackblitzWords('en').open // 'Open it in a new tab'
 */
export function stackblitzWords(language: Language): StackBlitzWords {
  return words[language];
}

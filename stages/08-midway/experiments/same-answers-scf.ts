import type { Experiment } from './experiment.ts';
import { askEverything } from './same-answers-fc.ts';

export default {
  title: { en: 'The same answers on Tencent Cloud', 'zh-CN': '在腾讯云上，响应一样' },
  target: 'scf',
  hypothesis: {
    en: 'Behind a function URL of Serverless Cloud Function the same functions give the same answers.',
    'zh-CN': '在云函数的函数 URL 后面，同样的函数给出同样的响应。',
  },
  prediction: {
    question: {
      en: 'Of the source, how much is there for this cloud alone?',
      'zh-CN': '源码里，专为这朵云写的有多少？',
    },
    answers: [
      {
        text: {
          en: 'An entry, a starter and a manifest.',
          'zh-CN': '一个入口、一个启动器、一份清单。',
        },
        holds: true,
      },
      {
        text: { en: 'A copy of each function.', 'zh-CN': '每个函数各一份。' },
        holds: false,
      },
      { text: { en: 'Nothing at all.', 'zh-CN': '什么都没有。' }, holds: false },
    ],
  },
  run: askEverything,
  conclusion: {
    en: 'All fourteen answers are those of Alibaba Cloud. Moving costs an entry of ten lines, a starter of forty and a manifest; what stays behind is the table, which is still in the first cloud.',
    'zh-CN':
      '十四个响应和阿里云上的全都一样。搬家只花了十行入口、四十行启动器和一份清单；留在原地的是表，它还在第一朵云里。',
  },
} satisfies Experiment;

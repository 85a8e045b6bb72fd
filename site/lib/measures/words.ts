import type { Language } from '../languages.ts';

const en = {
  page: 'What changed, what stayed',
  caption: 'Every stage, counted and measured',
  measure: 'Figure',
  legend:
    '▲ more than at the stage before, and that is no gain. Each name on the left leads to how the row is measured.',
  worse: 'worse than at the stage before',
  was: 'was {value}',
  notHere: 'no Docker',
  occasion: 'on {date}: {machine}.',
  measuredOn: 'Stages {stages} ran {occasion} {load}',
  load: 'Up to {load} processes wanted a core at the same time; where that is more cores than there are, times are too long.',
  spoken: 'Stage {number}: {value}',
  comma: ', ',
  plots: {
    duties: 'Duties left to people, of eleven.',
    idle: 'Memory in use while nobody asks.',
    'first-answer': 'First answer after ten idle minutes. Each line is ten times the one below.',
    application: 'Lines of server code, and of operations on top of them.',
  },
};

export type MeasureWords = typeof en;

const zh: MeasureWords = {
  page: '变了什么，没变什么',
  caption: '每个阶段，数过的和量过的',
  measure: '指标',
  legend: '▲ 比上一阶段多，而且多了并不好。点左边的名称，看这一行是怎么量的。',
  worse: '不如上一阶段',
  was: '原先 {value}',
  notHere: '无 Docker',
  occasion: '{date}，{machine}。',
  measuredOn: '阶段 {stages} 测于 {occasion}{load}',
  load: '当时最多有 {load} 个进程在抢处理器；多过核数，时间就偏长。',
  spoken: '阶段 {number}：{value}',
  comma: '，',
  plots: {
    duties: '十一项职责中仍由人承担的项数。',
    idle: '没人访问时占用的内存。',
    'first-answer': '闲置十分钟后的首次响应。每往上一条线，就是下面那条的十倍。',
    application: '服务端代码的行数，上面叠着运维配置的行数。',
  },
};

/**
 * What the page of measures says around its figures.
 *
 * @example measureWordsIn('en').page // 'What changed, what stayed'
 */
export function measureWordsIn(language: Language): MeasureWords {
  return language === 'zh-CN' ? zh : en;
}

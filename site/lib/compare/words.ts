import type { Language } from '../languages.ts';

const en = {
  page: 'Compare any two stages',
  title: 'Stage {from} beside stage {to}',
  description:
    'Stage {from}, {fromTitle}, and stage {to}, {toTitle}: their diagrams, duties, figures and files side by side.',
  pick: 'Which two',
  first: 'The first stage',
  second: 'The second stage',
  pair: 'Stage {from} and stage {to}',
  duties: 'Duties',
  dutiesCaption: 'Who carries each duty at both stages',
  pictures: 'Both pictures',
  figures: 'Figures',
  figuresCaption: 'What was counted and measured',
  files: 'Files',
  filesIntro:
    '{files} files differ: {added} lines added, {removed} removed. Those that are not listed are the same byte for byte.',
  lineByLine: 'Every line that differs, with the reasons',
  stage: 'Stage {number}',
  how: 'How each figure is measured',
};

export type CompareWords = typeof en;

const zh: CompareWords = {
  page: '任选两个阶段对比',
  title: '阶段 {from} 与阶段 {to}',
  description:
    '阶段 {from}“{fromTitle}”和阶段 {to}“{toTitle}”：架构图、职责、数字、文件，逐项对照。',
  pick: '选哪两个',
  first: '第一个阶段',
  second: '第二个阶段',
  pair: '阶段 {from} 和阶段 {to}',
  duties: '职责',
  dutiesCaption: '两个阶段里，每项职责各由谁承担',
  pictures: '两张图',
  figures: '数字',
  figuresCaption: '数出来的和量出来的',
  files: '文件',
  filesIntro: '共 {files} 个文件不同：新增 {added} 行，删除 {removed} 行。没列出的逐字节相同。',
  lineByLine: '看每一行差异和改动的理由',
  stage: '阶段 {number}',
  how: '每个数字是怎么量的',
};

/**
 * The strings of the comparisons, in a language.
 *
 * @example compareWords('en').page // 'Compare any two stages'
 */
export function compareWords(language: Language): CompareWords {
  return language === 'zh-CN' ? zh : en;
}

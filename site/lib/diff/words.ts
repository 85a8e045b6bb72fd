import type { Status } from '../../../scripts/stages/diff.ts';
import type { Language } from '../languages.ts';

const en = {
  title: 'From stage {from} to stage {to}',
  description:
    'Every line that differs between stage {from}, {fromTitle}, and stage {to}, {toTitle}.',
  intro:
    '{files} files differ: {added} lines added, {removed} removed. Files that are not listed are the same byte for byte.',
  introRewrite: '{files} files differ: {added} lines added, {removed} removed.',
  picture: 'The picture',
  files: 'Files',
  views: 'How the difference is shown',
  unified: 'One below the other',
  sideBySide: 'Side by side',
  status: { A: 'added', M: 'modified', D: 'removed', R: 'renamed' } satisfies Record<
    Status,
    string
  > as Record<Status, string>,
  counts: '{added} lines added, {removed} removed',
  renamed: '{was} → {path}',
  renamedOnly: 'Renamed; not a line differs.',
  unchanged: '{count} unchanged lines',
  lockfile: 'Packages: {added} added, {changed} changed, {removed} removed.',
  binary: 'Not text: not shown.',
  whole: 'The whole file',
  wholeDifference: 'The whole difference',
  page: 'The whole difference, also side by side',
  more: '{count} more lines on the page of the difference',
  elsewhere: 'Its {count} lines are on the page of the code',
  inCopy: 'Not shown here; in your copy.',
  lines: 'Line by line',
  root: 'Top folder',
  concerns: 'By concern',
  concernsIntro:
    'This step is a rewrite. What answers to the same concern stands side by side; below, line by line, only files that still have something in common.',
  before: 'Stage {number}',
  nothing: 'nothing',
};

export type DiffWords = typeof en;

const zh: DiffWords = {
  title: '从阶段 {from} 到阶段 {to}',
  description: '阶段 {from}“{fromTitle}”与阶段 {to}“{toTitle}”之间每一行的差异。',
  intro: '共 {files} 个文件有差异：新增 {added} 行，删除 {removed} 行。没列出的文件逐字节相同。',
  introRewrite: '共 {files} 个文件有差异：新增 {added} 行，删除 {removed} 行。',
  picture: '先看图',
  files: '文件',
  views: '差异的显示方式',
  unified: '上下对照',
  sideBySide: '左右对照',
  status: { A: '新增', M: '修改', D: '删除', R: '改名' },
  counts: '新增 {added} 行，删除 {removed} 行',
  renamed: '{was} → {path}',
  renamedOnly: '只改了名，内容一行没变。',
  unchanged: '{count} 行未变',
  lockfile: '依赖包：新增 {added} 个，变更 {changed} 个，删除 {removed} 个。',
  binary: '不是文本文件，不展示。',
  whole: '看整个文件',
  wholeDifference: '看完整差异',
  page: '看完整差异，还能左右对照',
  more: '其余 {count} 行见完整差异页',
  elsewhere: '共 {count} 行，见代码页',
  inCopy: '这里不展开，拷贝里有。',
  lines: '逐行对照',
  root: '顶层目录',
  concerns: '按关注点看',
  concernsIntro:
    '这一步是重写。管同一件事的，新旧放在一起看；下面的逐行对照，只列还有共同之处的文件。',
  before: '阶段 {number}',
  nothing: '没有',
};

const words: Readonly<Record<Language, DiffWords>> = { en, 'zh-CN': zh };

/**
 * The strings around a difference, in a language.
 *
 * @example diffWords('en').sideBySide // 'Side by side'
 */
export function diffWords(language: Language): DiffWords {
  return words[language];
}

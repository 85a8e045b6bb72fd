import type { Language } from '../languages.ts';

const en = {
  title: 'Architecture of stage {number}: {title}',
  views: 'What the diagram shows',
  now: 'This stage',
  changed: 'What changed since stage {number}',
  states: { added: 'new', removed: 'gone', changed: 'changed' },
  legend: { added: 'New', removed: 'Gone', changed: 'Changed' },
  was: 'was {label}',
  nothing: 'The picture is the same as before: the change is inside the parts.',
  linkHint: 'A part in colour leads to the code that it stands for.',
  inWords: 'The diagram in words',
  inside: '{node} is inside {group}.',
  arrow: '{from} → {to}',
  arrowBoth: '{from} ↔ {to}',
  line: '{from} – {to}',
  open: '{label}: code in {file}',
  separator: ', ',
  brackets: ' ({text})',
  colon: ': ',
};

export type DiagramWords = typeof en;

const zh: DiagramWords = {
  title: '阶段 {number} 的架构：{title}',
  views: '图里显示什么',
  now: '本阶段',
  changed: '相对阶段 {number} 的变化',
  states: { added: '新增', removed: '去掉', changed: '改动' },
  legend: { added: '新增', removed: '去掉', changed: '改动' },
  was: '原为 {label}',
  nothing: '图和上一阶段一样：变化在各部分的内部。',
  linkHint: '带颜色的部分可以点，点开就是对应的代码。',
  inWords: '用文字读这张图',
  inside: '{node} 位于 {group} 之内。',
  arrow: '{from} → {to}',
  arrowBoth: '{from} ↔ {to}',
  line: '{from} – {to}',
  open: '{label}：代码见 {file}',
  separator: '，',
  brackets: '（{text}）',
  colon: '：',
};

const words: Readonly<Record<Language, DiagramWords>> = { en, 'zh-CN': zh };

/**
 * The strings around a diagram, in a language.
 *
 * @example diagramWords('zh-CN').now // '本阶段'
 */
export function diagramWords(language: Language): DiagramWords {
  return words[language];
}

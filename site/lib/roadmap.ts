import type { Text } from './languages.ts';

/** A step of the course as planned; `stages/NN-name/stage.json` takes its place once there is a lesson on it. */
export interface PlannedStep {
  readonly number: number;
  readonly title: Text;
  /** What the step before leaves open. */
  readonly problem: Text;
  readonly answer: Text;
}

/** The steps that have no lesson yet. An entry goes when its lesson comes. */
export const ROADMAP: readonly PlannedStep[] = [
  {
    number: 8,
    title: { en: 'Midway functions', 'zh-CN': 'Midway 函数' },
    problem: {
      en: 'Still a Dockerfile and YAML for each cloud.',
      'zh-CN': '每朵云还是要写一套 Dockerfile 和 YAML。',
    },
    answer: {
      en: 'Only functions remain; a framework adapts them to each cloud.',
      'zh-CN': '只剩函数本身，各家云的差异交给框架去适配。',
    },
  },
];

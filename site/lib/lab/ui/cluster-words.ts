import type { Language } from '../../languages.ts';

/** What only a stage in a cluster shows, loaded with it: its shell, and Knative's autoscaler. */
const en = {
  shell: {
    label: 'Output of your commands',
    input: 'Command line',
    run: 'Run',
    stop: 'Stop',
    stopHint: 'Ctrl+C in the command line does the same.',
    intro: 'Speak to your cluster. ↑ and ↓ bring earlier lines back; help lists what is there.',
    try: 'To try out',
    experiment: 'An experiment has a cluster of its own; this shell speaks to yours.',
    away: 'nothing runs at the moment',
  },
  curve: {
    title: 'The autoscaler',
    intro:
      'Every two seconds Knative looks how many requests are under way, on average over 60 s and over 6 s, and divides by what one pod is meant to have. Let clients ask, or add todos, and watch it decide.',
    revision: 'Revision',
    requests: 'requests under way',
    pods: 'pods',
    lines: {
      ready: 'pods that are ready',
      capacity: 'what these are meant to carry',
      stable: 'average of 60 s',
      panic: 'average of 6 s',
      desired: 'pods that there are to be',
      panicking: 'panic: the short average decides',
    },
    none: 'It has not looked yet: no revision has been asked.',
    sum: 'Average of 60 s: {stable}. A pod is meant to have {target}. {average} ÷ {target}, rounded up: {wanted} pods.',
    sumInPanic:
      'Panic. Average of 6 s: {panic}. A pod is meant to have {target}. {average} ÷ {target}, rounded up: {wanted} pods.',
    calm: 'Ready: {ready}. To be: {desired}. At zero it waits a while before the last pod goes; it panics when the average of 6 s asks for twice the pods that are ready.',
    panics:
      'Ready: {ready}. To be: {desired}. The last 6 s ask for at least twice the pods that are ready, so they decide, and no pod is taken away until that has not been so for 60 s.',
  },
};

export type ClusterWords = typeof en;

const zh: ClusterWords = {
  shell: {
    label: '命令的输出',
    input: '命令行',
    run: '执行',
    stop: '停止',
    stopHint: '在命令行里按 Ctrl+C 也一样。',
    intro: '对你的集群下命令。↑ 和 ↓ 翻出之前的命令，help 列出有哪些命令。',
    try: '试试看',
    experiment: '实验用的是另一个集群；这里操作的是你自己的。',
    away: '现在没有东西在运行',
  },
  curve: {
    title: '自动扩缩',
    intro:
      'Knative 每两秒看一次同时在办的请求有多少，取 60 秒和 6 秒的平均，再除以一个 Pod 该有的数。让客户端不停地请求，或者加几条待办，看它怎么决定。',
    revision: '修订版本',
    requests: '同时在办的请求',
    pods: 'Pod 数',
    lines: {
      ready: '就绪的 Pod',
      capacity: '它们该承担的请求数',
      stable: '60 秒平均',
      panic: '6 秒平均',
      desired: '该有的 Pod',
      panicking: '恐慌：由 6 秒平均说了算',
    },
    none: '还没有看过：没有哪个修订版本被请求过。',
    sum: '60 秒平均：{stable}。一个 Pod 该有 {target}。{average} ÷ {target}，向上取整：{wanted} 个 Pod。',
    sumInPanic:
      '恐慌中。6 秒平均：{panic}。一个 Pod 该有 {target}。{average} ÷ {target}，向上取整：{wanted} 个 Pod。',
    calm: '就绪 {ready} 个，该有 {desired} 个。要缩到零时，最后一个 Pod 会再等一等；6 秒平均要的 Pod 达到就绪数的两倍，它就恐慌。',
    panics:
      '就绪 {ready} 个，该有 {desired} 个。最近 6 秒要的 Pod 至少是就绪数的两倍，所以由它说了算；连续 60 秒不再这样之前，一个 Pod 也不撤。',
  },
};

export const clusterWords: Readonly<Record<Language, ClusterWords>> = { en, 'zh-CN': zh };

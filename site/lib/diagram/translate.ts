import type { Language } from '../languages.ts';
import type { DiagramEdge, DiagramNode, Graph, United, UnitedGraph } from './graph.ts';

/** What a diagram says in words; lines of a label are parted by `\n`. */
const CHINESE: Readonly<Record<string, string>> = {
  Browser: '浏览器',
  Instance: '实例',
  'HTTP trigger': 'HTTP 触发器',
  memory: '内存',
  Routes: '路由',
  'Function page': '函数 page',
  'Function rule': '函数 rule',
  'Published port': '发布的端口',
  Container: '容器',
  'page\nand files': '页面\n和文件',
  'page and files': '页面和文件',
  'Control plane': '控制面',
  'Data plane': '数据面',
  'API server': 'API 服务器',
  Autoscaler: '自动扩缩',
  'ConfigMap\nand Secret': 'ConfigMap\n和 Secret',
  image: '镜像',
  'kubectl, kn': 'kubectl、kn',
  Controller: '控制器',
  Ingress: '入口',
  Activator: '激活器',
  'rule app': 'rule 应用',
  'rule controller': 'rule 控制器',
  'user v1, v2': 'user v1、v2',
  'user app': 'user 应用',
  'account controller': '账号控制器',
  'Function URL': '函数 URL',
  Function: '云函数',
  middleware: '中间件',
  functions: '函数',
  services: '服务',
  event: '事件',
  files: '文件',
  once: '一次',
  token: '令牌',
  'how many': '几个',
  variables: '变量',
  pull: '拉取',
  'start, probe': '启动、探测',
  'a ready one': '就绪的一个',
  'routes, shares': '路由、比例',
  'so many pods': '要几个 Pod',
  'by host': '按主机名',
  'a free pod': '有空的 Pod',
  'by name': '按名字',
  'half, half': '各一半',
};

/** Names: of products, of code, of commands. */
const NAMES = new Set([
  ...['Express', 'CDN', 'Bucket', 'Tablestore', 'Tablestore SDK', 'lowdb', 'scrypt', 'HTTP'],
  ...['Deployment', 'Service', 'Pod', 'kubelet', 'kubectl', 'apply', 'docker run'],
  ...['Dockerfile', 'app', 'public', 'controllers', 'currentUser', 'gateway', 'forward'],
  ...['myapp', 'rule'],
]);
const FILE = /\.\w+$|^[a-z]+-[a-z]+$/;

/**
 * A graph with its words in a language; names stay as they are.
 *
 * @example translateGraph(graph, 'zh-CN').nodes[0]?.label // ['浏览器']
 */
export function translateGraph(graph: UnitedGraph, language: Language): UnitedGraph {
  if (language === 'en') return graph;
  return {
    ...graph,
    nodes: graph.nodes.map((node) => withWas(node, translateNode)),
    edges: graph.edges.map((edge) => withWas(edge, translateEdge)),
  };
}

/**
 * Labels of a graph that are neither translated nor names.
 *
 * @example untranslated(graph) // []
 */
export function untranslated({ nodes, edges }: Graph): string[] {
  const labels = [
    ...nodes.map(({ label }) => label.join('\n')),
    ...edges.map(({ label }) => label),
  ];
  return labels.filter(
    (label) =>
      label !== '' && !Object.hasOwn(CHINESE, label) && !NAMES.has(label) && !FILE.test(label),
  );
}

function withWas<Part>(part: United<Part>, inChinese: (part: Part) => Part): United<Part> {
  return {
    ...part,
    ...inChinese(part),
    ...(part.was !== undefined && { was: inChinese(part.was) }),
  };
}

function translateNode(node: DiagramNode): DiagramNode {
  return { ...node, label: translate(node.label.join('\n')).split('\n') };
}

function translateEdge(edge: DiagramEdge): DiagramEdge {
  return { ...edge, label: translate(edge.label) };
}

function translate(label: string): string {
  return CHINESE[label] ?? label;
}

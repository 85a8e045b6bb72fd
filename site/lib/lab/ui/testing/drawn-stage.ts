import type { Drawn } from '../stage-map.ts';

const EDGES = [
  ...[
    ['browser', 'server'],
    ['browser', 'trigger'],
    ['trigger', 'adapter'],
    ['server', 'express'],
    ['adapter', 'express'],
    ['express', 'files'],
    ['express', 'controllers'],
    ['controllers', 'store'],
    ['store', 'database'],
    ['database', 'disk'],
  ],
].map(([from = '', to = '']) => ({ from, to }));

/** A stage that keeps its list in a file, as its diagram shows it. */
export const FILE_STAGE: Drawn = {
  nodes: [
    ...['browser', 'trigger', 'server', 'adapter', 'express'],
    ...['controllers', 'files', 'store', 'database', 'disk'],
  ],
  edges: EDGES,
  inside: new Set([
    ...['server', 'adapter', 'express', 'controllers', 'files', 'store', 'database'],
  ]),
  files: new Map([
    ['server', 'index.ts'],
    ['adapter', 'index-faas.ts'],
    ['express', 'app.ts'],
    ['controllers', 'controllers/rule.ts'],
    ['files', 'public/index.html'],
    ['store', 'models/todo-store.ts'],
    ['database', 'models/database.ts'],
    ['disk', 'models/database.ts'],
  ]),
};

export const SOURCES: Readonly<Record<string, string>> = {
  'index.ts': 'serve(app, "3001");',
  'app.ts': 'const app = express();',
  'controllers/rule.ts': 'async function list(request, response) {}\nasync function create() {}',
  'models/todo-store.ts': 'export function createTodoStore() {}',
  'models/database.ts': 'export function openDatabase() {}',
};

/** A stage of two functions, a table and a CDN, as its diagram shows it. */
export const SPLIT_STAGE: Drawn = {
  nodes: [
    ...['browser', 'trigger', 'server', 'cdn', 'origin', 'ruleAdapter', 'ruleExpress'],
    ...['controllers', 'database', 'adapter', 'express', 'files', 'disk'],
  ],
  edges: [
    ...[
      ['browser', 'cdn'],
      ['cdn', 'origin'],
      ['browser', 'server'],
      ['browser', 'trigger'],
      ['trigger', 'ruleAdapter'],
      ['trigger', 'adapter'],
      ['server', 'ruleExpress'],
      ['server', 'express'],
      ['ruleAdapter', 'ruleExpress'],
      ['adapter', 'express'],
      ['express', 'files'],
      ['ruleExpress', 'controllers'],
      ['controllers', 'database'],
      ['database', 'disk'],
    ],
  ].map(([from = '', to = '']) => ({ from, to })),
  inside: new Set([
    ...['ruleAdapter', 'ruleExpress', 'controllers', 'database', 'adapter', 'express', 'files'],
  ]),
  files: new Map([
    ['server', 'index.ts'],
    ['cdn', 'build-cdn.mjs'],
    ['ruleAdapter', 'rule-faas.ts'],
    ['ruleExpress', 'rule-app.ts'],
    ['adapter', 'index-faas.ts'],
    ['express', 'page-app.ts'],
    ['files', 'page/index.html'],
    ['disk', 'models/table.ts'],
  ]),
};

export const SPLIT_SOURCES: Readonly<Record<string, string>> = {
  'rule-app.ts': 'const app = express();\nfunction notFound() {}',
  'page-app.ts': 'const app = express();\nfunction notFound() {}',
};

/** A stage in a cluster: a control plane beside the way of the requests. */
export const CLUSTER_STAGE: Drawn = {
  nodes: [
    ...['browser', 'operator', 'api', 'deployment', 'autoscaler', 'service', 'kubelet'],
    ...['server', 'express', 'controllers', 'disk'],
  ],
  edges: [
    ...[
      ['operator', 'api'],
      ['api', 'deployment'],
      ['autoscaler', 'deployment'],
      ['deployment', 'kubelet'],
      ['kubelet', 'server'],
      ['browser', 'service'],
      ['service', 'server'],
      ['server', 'express'],
      ['express', 'controllers'],
      ['controllers', 'disk'],
    ],
  ].map(([from = '', to = '']) => ({ from, to })),
  inside: new Set([
    ...['api', 'deployment', 'autoscaler', 'service', 'kubelet'],
    ...['server', 'express', 'controllers'],
  ]),
  files: new Map([
    ['server', 'index.ts'],
    ['express', 'app.ts'],
    ['controllers', 'controllers/rule.ts'],
  ]),
};

/** A stage that two clouds run, as its diagram shows it: the files that its programs start with have no part. */
export const CLOUDS_STAGE: Drawn = {
  nodes: [
    ...['browser', 'trigger', 'url', 'fcStarter', 'scfStarter', 'starter'],
    ...['middleware', 'functions', 'services', 'disk'],
  ],
  edges: [
    ...[
      ['browser', 'trigger'],
      ['browser', 'url'],
      ['trigger', 'fcStarter'],
      ['url', 'scfStarter'],
      ['fcStarter', 'starter'],
      ['scfStarter', 'starter'],
      ['starter', 'middleware'],
      ['middleware', 'functions'],
      ['functions', 'services'],
      ['services', 'disk'],
    ],
  ].map(([from = '', to = '']) => ({ from, to })),
  inside: new Set([
    ...['fcStarter', 'scfStarter', 'starter', 'middleware', 'functions', 'services'],
  ]),
  files: new Map([
    ['trigger', 's.yaml'],
    ['url', 'serverless.yml'],
    ['fcStarter', 'src/starter/fc-starter.ts'],
    ['scfStarter', 'src/starter/scf-starter.ts'],
    ['starter', 'src/starter/http-starter.ts'],
    ['middleware', 'src/configuration.ts'],
    ['functions', 'src/function/api.ts'],
    ['services', 'src/service/todos.ts'],
    ['disk', 'models/table.ts'],
  ]),
};

export const CLOUDS_SOURCES: Readonly<Record<string, string>> = {
  'src/configuration.ts': 'this.app.useMiddleware([ErrorMiddleware]);',
  'src/middleware/errors.ts': 'export class ErrorMiddleware {}',
  'src/function/api.ts': 'export class ApiFunctions {}',
  'src/function/user.ts': 'export class UserFunctions {}',
};

export const CLOUDS_IMPORTS: Readonly<Record<string, readonly string[]>> = {
  'src/main.ts': ['src/configuration.ts', 'src/starter/node-starter.ts'],
  'src/fc.ts': ['src/configuration.ts', 'src/starter/fc-starter.ts'],
  'src/scf.ts': ['src/configuration.ts', 'src/starter/scf-starter.ts'],
  'src/starter/node-starter.ts': ['src/starter/http-starter.ts'],
  'src/starter/fc-starter.ts': ['src/starter/http-starter.ts'],
  'src/starter/scf-starter.ts': ['src/starter/http-starter.ts'],
  'src/configuration.ts': ['src/function/api.ts', 'src/service/todos.ts', 'models/table.ts'],
};

import type { Bench, Experiment } from './experiment.ts';

interface Question {
  readonly method: string;
  readonly path: string;
  readonly body?: object;
}

const DEMO = { userName: 'demo', password: 'serverless' };

/** A conversation that touches every function; each question comes with the cookie that was given last. */
const QUESTIONS: readonly Question[] = [
  { method: 'GET', path: '/healthz' },
  { method: 'GET', path: '/api/currentUser' },
  { method: 'POST', path: '/api/rule', body: { name: 'Buy milk' } },
  { method: 'POST', path: '/api/login/account', body: { ...DEMO, password: 'wrong' } },
  { method: 'POST', path: '/api/login/account', body: DEMO },
  { method: 'GET', path: '/api/currentUser' },
  { method: 'POST', path: '/api/rule', body: { name: '写代码', desc: 'x' } },
  { method: 'GET', path: '/api/rule?name=%E4%BB%A3%E7%A0%81&status=1&status=2' },
  { method: 'HEAD', path: '/api/rule' },
  { method: 'PUT', path: '/api/rule', body: { key: 'nobody', status: 2 } },
  { method: 'PATCH', path: '/api/rule', body: {} },
  { method: 'GET', path: '/favicon.svg' },
  { method: 'GET', path: '/nowhere' },
  { method: 'POST', path: '/api/logout', body: {} },
];

/** What both clouds are expected to answer, dates and tokens masked. */
const ANSWERS: readonly string[] = [
  '200 application/json {"success":true,"status":"ok"}',
  '401 application/json SIGN_IN_NEEDED',
  '401 application/json SIGN_IN_NEEDED',
  '401 application/json CREDENTIALS_WRONG',
  '200 application/json {"status":"ok","type":"account","currentAuthority":"user"} token=…; Path=/; Max-Age=43200; HttpOnly; SameSite=Lax',
  '200 application/json {"userid":"demo","name":"demo","avatar":"./favicon.svg","access":"user"}',
  '201 application/json {"key":"999999999999","name":"写代码","desc":"x","status":1,"owner":"demo","avatar":"./favicon.svg","href":"./","callNo":1,"progress":0,"disabled":false,"createdAt":"…","updatedAt":"…","version":1}',
  '200 application/json {"data":[{"key":"999999999999","name":"写代码","desc":"x","status":1,"owner":"demo","avatar":"./favicon.svg","href":"./","callNo":1,"progress":0,"disabled":false,"createdAt":"…","updatedAt":"…","version":1}],"total":1,"success":true,"pageSize":10,"current":1}',
  '200 application/json',
  '404 application/json TODO_UNKNOWN',
  '405 application/json METHOD_NOT_ALLOWED',
  '200 image/svg+xml',
  '404 application/json ROUTE_UNKNOWN',
  '200 application/json {"success":true} token=…; Path=/; Max-Age=0; HttpOnly; SameSite=Lax',
];

/** Asks all questions and puts each answer beside the one that is expected. */
export async function askEverything(bench: Bench): Promise<void> {
  let cookie = '';
  for (const [index, { method, path, body }] of QUESTIONS.entries()) {
    bench.step({ en: `Ask ${method} ${path}.`, 'zh-CN': `请求 ${method} ${path}。` });
    const response = await bench.fetch(path, {
      method,
      headers: { 'content-type': 'application/json', ...(cookie && { cookie }) },
      ...(body && { body: JSON.stringify(body) }),
    });
    const given = response.headers.get('set-cookie') ?? '';
    if (given !== '') cookie = given.split(';', 1)[0] ?? '';
    const seen = await answerOf(response, given);
    bench.observe({ en: 'The answer is', 'zh-CN': '响应是' }, seen, ANSWERS[index]);
  }
}

/** Status, type, what matters of the body, and the cookie; times and tokens differ in every run. */
async function answerOf(response: Response, given: string): Promise<string> {
  const type = (response.headers.get('content-type') ?? '').split(';', 1)[0] ?? '';
  const text = await response.text();
  const masked = text.replaceAll(/"\d{4}-\d\d-\d\dT[\d:.]+Z"/g, '"…"');
  const code = /"code":"(\w+)"/.exec(text)?.[1];
  const body = type === 'application/json' ? (code ?? masked) : '';
  const token = given.replace(/^token=[^;]*/, 'token=…');
  return [String(response.status), type, body, token].filter((part) => part !== '').join(' ');
}

export default {
  title: { en: 'The same answers on Alibaba Cloud', 'zh-CN': '在阿里云上，响应一样' },
  target: 'fc',
  hypothesis: {
    en: 'Behind the HTTP trigger of Function Compute the functions answer as they are expected to on both clouds.',
    'zh-CN': '在函数计算的 HTTP 触发器后面，这些函数的响应和两朵云共同的预期一致。',
  },
  prediction: {
    question: {
      en: 'Fourteen requests, from signing in to a path that is not there: how many of the answers differ from those on the other cloud?',
      'zh-CN': '十四个请求，从登录到不存在的路径：有几个响应会和另一朵云不一样？',
    },
    answers: [
      {
        text: {
          en: 'None: the starter hides what differs.',
          'zh-CN': '一个都没有：差异都被启动器挡住了。',
        },
        holds: true,
      },
      {
        text: {
          en: 'Those with a cookie: the clouds set them differently.',
          'zh-CN': '带 Cookie 的那些：两朵云设置方式不同。',
        },
        holds: false,
      },
      {
        text: {
          en: 'The errors: each cloud has its own status codes.',
          'zh-CN': '出错的那些：两朵云的状态码不同。',
        },
        holds: false,
      },
    ],
  },
  run: askEverything,
  conclusion: {
    en: 'Status, type, body and cookie are those that the other experiment sees on Tencent Cloud. The clouds differ in how an event is written and how a result is read, and that is what a starter is for.',
    'zh-CN':
      '状态码、类型、正文、Cookie，都和另一个实验在腾讯云上看到的一样。两朵云的差别只在事件怎么写、结果怎么读，这正是启动器的事。',
  },
} satisfies Experiment;

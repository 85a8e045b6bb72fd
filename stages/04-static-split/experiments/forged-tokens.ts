import type { Bench, Experiment } from './experiment.ts';

type Claims = Record<string, unknown>;

/** A key for this run only: so that the experiment can sign as the service does, and break one thing at a time. */
const KEY = '_'.repeat(43);
const bytesOf = (base64url: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(atob(base64url.replaceAll('-', '+').replaceAll('_', '/')), (letter) =>
    letter.charCodeAt(0),
  );
const base64url = (bytes: Uint8Array): string =>
  btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');
const part = (value: object): string => base64url(new TextEncoder().encode(JSON.stringify(value)));

async function sign(claims: Claims, secret: Uint8Array<ArrayBuffer>): Promise<string> {
  const content = `${part({ alg: 'HS256' })}.${part(claims)}`;
  const algorithm = { name: 'HMAC', hash: 'SHA-256' };
  const key = await crypto.subtle.importKey('raw', secret, algorithm, false, ['sign']);
  const signature = await crypto.subtle.sign('HMAC', key, new TextEncoder().encode(content));
  return `${content}.${base64url(new Uint8Array(signature))}`;
}

/** The claims of the token that the service gives to whoever signs in. */
async function signIn(bench: Bench): Promise<{ token: string; claims: Claims }> {
  const user = await bench.fetch('/api/currentUser');
  const token = /token=([^;]*)/.exec(user.headers.getSetCookie()[0] ?? '')?.[1] ?? '';
  const claims = new TextDecoder().decode(bytesOf(token.split('.')[1] ?? ''));
  return { token, claims: JSON.parse(claims) as Claims };
}

async function write(bench: Bench, token: string): Promise<number> {
  const response = await bench.fetch('/api/rule', {
    method: 'POST',
    headers: { 'content-type': 'application/json', cookie: `token=${token}` },
    body: JSON.stringify({ name: 'Buy milk' }),
  });
  return response.status;
}

export default {
  title: {
    en: 'A token with alg none, another key, expired, cut',
    'zh-CN': '令牌：alg 写 none、换密钥、过期、截断',
  },
  target: 'fc',
  hypothesis: {
    en: 'A token counts when this service has signed it, as it stands, in the one way that it signs, for itself, and for now. One thing wrong with it, and it is worth nothing.',
    'zh-CN':
      '令牌要算数，得是这个服务签的、一个字没动过、用它唯一的签名方式、签给它自己、现在还有效。哪一条不对，就一文不值。',
  },
  prediction: {
    question: {
      en: 'A token names the algorithm that it is signed with. One of these is signed with the service’s own key. Which of them are let through?',
      'zh-CN':
        '令牌自己写明用什么算法签名。下面几个里，有几个确实是用服务自己的密钥签的。哪些能通过？',
    },
    answers: [
      {
        text: {
          en: 'The one that says "none": it needs no signature, by its own account',
          'zh-CN': '写着 none 的：它自称不需要签名',
        },
        holds: false,
      },
      {
        text: {
          en: 'Those with the right key: the signature is genuine',
          'zh-CN': '密钥对的那几个：签名是真的',
        },
        holds: false,
      },
      { text: { en: 'None of them', 'zh-CN': '一个都过不了' }, holds: true },
    ],
  },

  async run(bench) {
    bench.step({
      en: 'Deploy with a key that the experiment knows too, and sign in',
      'zh-CN': '换一把实验也知道的密钥部署，然后登录',
    });
    await bench.redeploy({ JWT_SECRET: KEY });
    const { token, claims } = await signIn(bench);
    const key = bytesOf(KEY);
    bench.observe(
      { en: 'status with the token as it was given', 'zh-CN': '原样带上令牌的状态码' },
      await write(bench, token),
      201,
    );
    bench.observe(
      {
        en: 'status with the same claims, signed by the experiment',
        'zh-CN': '同样的内容，由实验来签，状态码',
      },
      await write(bench, await sign(claims, key)),
      201,
    );

    bench.step({
      en: 'Tokens that anybody could make',
      'zh-CN': '谁都造得出来的令牌',
    });
    const [header = '', payload = '', signature = ''] = token.split('.');
    const another = crypto.getRandomValues(new Uint8Array(32));
    const made = {
      'alg none': `${part({ alg: 'none' })}.${payload}.`,
      'another key': await sign(claims, another),
      'signature cut': `${header}.${payload}.${signature.slice(0, -8)}`,
      'claims changed': `${header}.${part({ ...claims, sub: 'admin' })}.${signature}`,
    };
    bench.observe(
      { en: 'status with each', 'zh-CN': '各自的状态码' },
      await statuses(bench, made),
      { 'alg none': 401, 'another key': 401, 'signature cut': 401, 'claims changed': 401 },
    );

    bench.step({
      en: 'Tokens that are signed with the right key',
      'zh-CN': '用对的密钥签的令牌',
    });
    const { exp, ...endless } = claims;
    const signed = {
      expired: await sign({ ...claims, exp: 1 }, key),
      'no end': await sign(endless, key),
      'not yet valid': await sign({ ...claims, nbf: exp }, key),
      'for another service': await sign({ ...claims, aud: 'elsewhere' }, key),
    };
    bench.observe(
      { en: 'status with each', 'zh-CN': '各自的状态码' },
      await statuses(bench, signed),
      { expired: 401, 'no end': 401, 'not yet valid': 401, 'for another service': 401 },
    );

    bench.step({ en: 'Read the list', 'zh-CN': '读清单' });
    const list = await bench.fetch('/api/rule');
    const { total } = (await list.json()) as { total: number };
    bench.observe({ en: 'todos in the list', 'zh-CN': '清单里的待办数' }, total, 2);
  },

  conclusion: {
    en: 'The service names the algorithm, the audience and the claims that must be there, and a library that others have tried to break does the comparing. A signature alone says who made a token, not whether it still holds: the original’s tokens had no end, so one that leaked was good for ever.',
    'zh-CN':
      '算法、受众、必须有的字段，都由服务指定；比对交给一个经得住别人攻击的库。签名只说明令牌是谁签的，不说明它现在还算不算数：原版的令牌没有期限，泄露一个，就永远有效。',
  },
} satisfies Experiment;

async function statuses(
  bench: Bench,
  tokens: Readonly<Record<string, string>>,
): Promise<Record<string, number>> {
  const found: Record<string, number> = {};
  for (const [name, token] of Object.entries(tokens)) found[name] = await write(bench, token);
  return found;
}

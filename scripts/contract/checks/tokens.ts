import type { Api } from '../api.ts';
import type { Check } from '../check.ts';
import { expectError, expectThat } from '../expect.ts';
import { hmac, keyOf, readToken, rsa, unsigned, writeToken } from '../token.ts';
import { expectNothingSaved } from './create.ts';
import { create } from './sign-in.ts';

type Payload = Readonly<Record<string, unknown>>;

const HOUR_SECONDS = 3_600;

/** Tokens that anybody can make of one that was given out. */
const FORGED: readonly {
  id: string;
  title: string;
  tokens: (token: string, payload: Payload) => readonly string[];
}[] = [
  {
    id: 'none',
    title: 'a token that says it needs no signature is refused (9.1)',
    tokens: (_, payload) =>
      ['none', 'None', 'NONE', ''].map((alg) => writeToken(payload, unsigned(alg))),
  },
  {
    id: 'another-key',
    title: 'a token signed with another key is refused (9.1)',
    tokens: (_, payload) => [
      writeToken(payload, hmac('HS256')),
      // A key that is empty, or one that somebody forgot to change.
      ...['', 'secret', 'todo'].map((text) =>
        writeToken(payload, hmac('HS256', Buffer.from(text))),
      ),
    ],
  },
  {
    id: 'another-algorithm',
    title: 'a token signed in another way is refused (9.1)',
    tokens: (_, payload) => [writeToken(payload, rsa()), writeToken(payload, hmac('HS512'))],
  },
  {
    id: 'cut-signature',
    title: 'a token whose signature is cut or missing is refused (9.1)',
    tokens: (token) => {
      const content = token.slice(0, token.lastIndexOf('.'));
      const signature = token.slice(content.length + 1);
      return [content, `${content}.`, `${content}.${signature.slice(0, -8)}`];
    },
  },
  {
    id: 'changed',
    title: 'a token that was changed after it was signed is refused (9.1)',
    tokens: (token, payload) => {
      const [header = '', , signature = ''] = token.split('.');
      const [, changed = ''] = writeToken({ ...payload, sub: 'admin' }, unsigned('none')).split(
        '.',
      );
      return [`${header}.${changed}.${signature}`];
    },
  },
  {
    id: 'garbage',
    title: 'what is no token is refused, and breaks nothing',
    tokens: () => ['', 'x', '..', 'a.b.c', 'e30.e30.e30', '%00', 'A'.repeat(4_000)],
  },
];

/** Tokens that only the service could have signed, and yet should not accept. */
const NOT_VALID: readonly {
  id: string;
  title: string;
  payloads: (payload: Payload, now: number) => readonly Payload[];
}[] = [
  {
    id: 'expired',
    title: 'a token that has ended is refused (9.2)',
    payloads: (payload, now) => [
      { ...payload, exp: now - HOUR_SECONDS },
      { ...payload, exp: 1 },
    ],
  },
  {
    id: 'no-end',
    title: 'a token that never ends is refused (9.2)',
    payloads: ({ exp: _, ...payload }) => [payload],
  },
  {
    id: 'not-yet',
    title: 'a token that is not valid yet is refused (9.2)',
    payloads: (payload, now) => [{ ...payload, nbf: now + HOUR_SECONDS }],
  },
  {
    id: 'another-audience',
    title: 'a token that was made for another service, or for none, is refused (9.2)',
    payloads: ({ aud, ...payload }) => [payload, { ...payload, aud: `not-${JSON.stringify(aud)}` }],
  },
];

/** The tokens that a service must not fall for. Numbers are those of OWASP ASVS 5.0. */
export const tokenChecks: readonly Check[] = [
  ...FORGED.map(({ id, title, tokens }): Check => ({
    id: `token/${id}`,
    title,
    needs: ['signIn'],
    async run(api) {
      const { cookie } = await api.session();
      const { payload } = readToken(cookie.value);
      for (const token of tokens(cookie.value, payload)) await expectRefused(api, token);
    },
  })),
  ...NOT_VALID.map(({ id, title, payloads }): Check => ({
    id: `token/${id}`,
    title,
    needs: ['signIn', 'writes', 'secret'],
    async run(api, { secret }) {
      const { cookie } = await api.session();
      const { payload } = readToken(cookie.value);
      const signer = hmac('HS256', keyOf(secret));
      // Without this, a wrong key would make every token refused and the check pass.
      await expectAccepted(api, writeToken(payload, signer));
      const now = Math.floor(Date.now() / 1000);
      for (const changed of payloads(payload, now))
        await expectRefused(api, writeToken(changed, signer));
    },
  })),
  {
    id: 'token/another-hash',
    title: 'a token signed with the right key in another way is refused (9.1)',
    needs: ['signIn', 'secret'],
    async run(api, { secret }) {
      const { payload } = readToken((await api.session()).cookie.value);
      for (const alg of ['HS384', 'HS512'] as const)
        await expectRefused(api, writeToken(payload, hmac(alg, keyOf(secret))));
    },
  },
];

async function expectRefused(api: Api, token: string): Promise<void> {
  const { cookie } = await api.session();
  expectError(await api.stranger(create(api, `${cookie.name}=${token}`)), 401);
  await expectNothingSaved(api);
}

async function expectAccepted(api: Api, token: string): Promise<void> {
  const { cookie } = await api.session();
  const reply = await api.stranger(create(api, `${cookie.name}=${token}`));
  expectThat(
    reply.status === 201,
    `a token that this suite has signed with the key it was given: expected status 201, found ${reply.status}; is it the service's key?`,
  );
  await api.clean();
}

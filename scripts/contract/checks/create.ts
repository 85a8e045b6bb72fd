import type { Api } from '../api.ts';
import type { Check } from '../check.ts';
import { expectEqual, expectError, expectStatus, expectThat, object } from '../expect.ts';
import { aMoment } from './list.ts';

/** The item's fields and their types, from the front ends of 2020. */
const FIELDS = {
  name: 'string',
  desc: 'string',
  status: 'number',
  owner: 'string',
  avatar: 'string',
  href: 'string',
  callNo: 'number',
  progress: 'number',
  disabled: 'boolean',
} as const;

/** Bodies without a usable name or description; each is made around the check's marker. */
const REFUSED: readonly { id: string; title: string; body: (marker: string) => unknown }[] = [
  { id: 'no-name', title: 'a todo without a name', body: (marker) => ({ desc: marker }) },
  {
    id: 'empty-name',
    title: 'an empty name',
    body: (marker) => ({ name: '', desc: marker }),
  },
  {
    id: 'name-type',
    title: 'a name that is not text',
    body: (marker) => ({ name: [marker], desc: marker }),
  },
  {
    id: 'name-length',
    title: 'a name of 201 characters',
    body: (marker) => ({ name: marker.padEnd(201, 'n'), desc: 'x' }),
  },
  {
    id: 'desc-type',
    title: 'a description that is not text',
    body: (marker) => ({ name: marker, desc: { text: 'x' } }),
  },
  {
    id: 'desc-length',
    title: 'a description of 2,001 characters',
    body: (marker) => ({ name: marker, desc: 'd'.repeat(2001) }),
  },
];

/** `POST /api/rule`. */
export const createChecks: readonly Check[] = [
  {
    id: 'create/answers-with-the-todo',
    title: 'answers 201 with every field of the todo',
    needs: ['writes'],
    async run(api) {
      const todo = await api.create('milk', { desc: 'two litres' });
      expectEqual('name', todo.name, `${api.marker} milk`);
      expectEqual('desc', todo.desc, 'two litres');
      for (const [field, type] of Object.entries(FIELDS)) {
        expectEqual(`type of ${field}`, typeof todo[field], type);
      }
      expectThat([0, 1, 2, 3].includes(todo.status), `status: expected 0-3, found ${todo.status}`);
    },
  },
  {
    id: 'create/is-listed',
    title: 'the list then shows the todo as the answer did',
    needs: ['writes'],
    async run(api) {
      const todo = await api.create('milk');
      expectEqual('the todo in the list', await api.find(todo.key), todo);
    },
  },
  {
    id: 'create/keys-differ',
    title: 'two todos with the same name have two keys',
    needs: ['writes'],
    async run(api) {
      const one = await api.create('twin');
      const two = await api.create('twin');
      expectThat(one.key !== two.key, `both have the key ${one.key}`);
    },
  },
  {
    id: 'create/numbers-rise',
    title: 'each todo gets a callNo of its own, higher than the one before',
    needs: ['writes'],
    async run(api) {
      const numbers: number[] = [];
      for (const title of ['one', 'two', 'three']) {
        numbers.push(Number((await api.create(title))['callNo']));
      }
      expectThat(
        numbers.every((number, index) => index === 0 || number > Number(numbers[index - 1])),
        `callNo: expected rising numbers, found ${numbers.join(', ')}`,
      );
    },
  },
  {
    id: 'create/own-times',
    title: 'each todo has the time of its own creation',
    needs: ['writes'],
    async run(api) {
      const one = await api.create('one');
      await aMoment();
      const two = await api.create('two');
      const [first, second] = [String(one['createdAt']), String(two['createdAt'])];
      expectThat(
        new Date(first) < new Date(second),
        `createdAt: expected two rising times, found ${first} and ${second}`,
      );
      expectEqual('updatedAt of a new todo', one['updatedAt'], one['createdAt']);
    },
  },
  {
    id: 'create/unicode',
    title: 'Chinese, emoji, right-to-left and combining characters come back as they went',
    needs: ['writes'],
    async run(api) {
      for (const text of ['买牛奶和面包', '👩‍👩‍👧 🇨🇳', 'קנה חלב', 'e\u0301 𝔘𝔫𝔦', 'tab\tand\nline']) {
        const { key } = await api.create(text, { desc: text });
        const found = await api.find(key);
        expectEqual('name', found?.name, `${api.marker} ${text}`);
        expectEqual('desc', found?.desc, text);
      }
    },
  },
  {
    id: 'create/markup-is-text',
    title: 'markup stays text, in and out',
    needs: ['writes'],
    async run(api) {
      const markup = '<img src=x onerror=alert(1)> &amp; "quotes"';
      const { key } = await api.create(markup);
      expectEqual('name', (await api.find(key))?.name, `${api.marker} ${markup}`);
    },
  },
  {
    id: 'create/longest',
    title: 'a name of 200 characters and a description of 2,000 are accepted whole',
    needs: ['writes'],
    async run(api) {
      const name = api.marker.padEnd(200, '长');
      const desc = '说'.repeat(2000);
      const { key } = await api.create('', { name, desc });
      const found = await api.find(key);
      expectEqual('length of the name', found?.name.length, 200);
      expectEqual('length of the description', found?.desc.length, 2000);
    },
  },
  ...REFUSED.map(({ id, title, body }) => ({
    id: `create/refuses-${id}`,
    title: `refuses ${title} with 400 and saves nothing`,
    run: async (api: Api) => {
      expectError(await api.send('POST', '/api/rule', body(api.marker)), 400);
      await expectNothingSaved(api);
    },
  })),
  {
    id: 'create/takes-only-its-fields',
    title: 'key, owner, times and number are not taken from the body',
    needs: ['writes'],
    async run(api) {
      const forged = {
        key: `forged-${api.marker}`,
        owner: 'somebody else',
        createdAt: '2001-01-01T00:00:00.000Z',
        updatedAt: '2001-01-01T00:00:00.000Z',
        callNo: -1,
        admin: true,
      };
      const todo = await api.create('milk', forged);
      const found = await api.find(todo.key);
      for (const [field, value] of Object.entries(forged)) {
        expectThat(todo[field] !== value, `the answer's ${field} is the one that was sent`);
        expectThat(found?.[field] !== value, `the list's ${field} is the one that was sent`);
      }
    },
  },
  {
    id: 'create/prototype-keys',
    title: '__proto__ and constructor in a body change no other todo',
    needs: ['writes'],
    async run(api) {
      const name = JSON.stringify(`${api.marker} poison`);
      const poison = '{"polluted":"yes","prototype":{"polluted":"yes"}}';
      const reply = await api.request({
        method: 'POST',
        path: '/api/rule',
        headers: { 'content-type': 'application/json' },
        body: `{"name":${name},"desc":"x","__proto__":${poison},"constructor":${poison}}`,
      });
      expectStatus(reply, 201, 400);
      const todo = await api.create('innocent');
      for (const shown of [todo, ...(await api.mine()), object(await api.get('/api/rule'))]) {
        expectThat(!('polluted' in shown), 'another answer shows the field from __proto__');
      }
    },
  },
  {
    id: 'create/deep-nesting',
    title: 'a body nested 5,000 levels deep is not a server error',
    async run(api) {
      const deep = '['.repeat(5000) + ']'.repeat(5000);
      const reply = await api.request({
        method: 'POST',
        path: '/api/rule',
        headers: { 'content-type': 'application/json' },
        body: `{"desc":${JSON.stringify(api.marker)},"name":${deep}}`,
      });
      expectError(reply, 400);
    },
  },
];

/** Fails a check when a todo carries its marker: a request that was refused has been saved all the same. */
export async function expectNothingSaved(api: Api): Promise<void> {
  for (const field of ['name', 'desc']) {
    const { data } = await api.list({ [field]: api.marker, pageSize: 50 });
    const saved = data.filter(({ name, desc }) => `${name} ${desc}`.includes(api.marker));
    expectEqual('todos saved although the request was refused', saved.length, 0);
  }
}

import { add, textOf } from '../right-service.ts';
import {
  answersJson,
  brokenPage,
  instead,
  misreads,
  on,
  read,
  stores,
  thenDoes,
  type Wrong,
} from '../ways-to-be-wrong.ts';

const post = on('POST');

/** Makes something of every body instead of refusing it. */
const lenient = misreads(post, ({ name, desc }) => ({
  name: textOf(name).slice(0, 200) || 'untitled',
  desc: textOf(desc).slice(0, 2000),
}));

const refused = ['no-name', 'empty-name', 'name-type', 'name-length', 'desc-type', 'desc-length'];

export const wrongCreates: readonly Wrong[] = [
  {
    check: 'create/answers-with-the-todo',
    does: 'leaves out a field',
    fault: answersJson(post, ({ avatar: _, ...todo }) => todo),
  },
  {
    check: 'create/answers-with-the-todo',
    does: 'answers 200 with the list',
    fault: answersJson(post, (todo) => ({ list: [todo] })),
  },
  {
    check: 'create/is-listed',
    does: 'acknowledges a todo and forgets it',
    fault: thenDoes(post, (state) => void state.todos.shift()),
  },
  {
    check: 'create/keys-differ',
    does: 'takes the name for a key',
    fault: answersJson(post, (todo) => ({ ...todo, key: todo['name'] })),
  },
  {
    check: 'create/numbers-rise',
    does: 'gives every todo the same number',
    fault: answersJson(post, (todo) => ({ ...todo, callNo: 7 })),
  },
  {
    check: 'create/own-times',
    does: 'gives every todo the time at which the service started',
    fault: answersJson(post, (todo) => ({ ...todo, createdAt: '2026-01-01T00:00:00.000Z' })),
  },
  {
    check: 'create/unicode',
    does: 'cannot store what lies beyond 16 bits',
    fault: stores(post, ({ name }) => ({ name: name.replaceAll(/[^\0-\uffff]/gu, '?') })),
  },
  {
    check: 'create/markup-is-text',
    does: 'escapes markup before it stores it',
    fault: stores(post, ({ name }) => ({ name: name.replaceAll('<', '&lt;') })),
  },
  {
    check: 'create/longest',
    does: 'cuts a long description',
    fault: stores(post, ({ desc }) => ({ desc: desc.slice(0, 1024) })),
  },
  ...refused.map((id) => ({
    check: `create/refuses-${id}`,
    does: 'makes something of it instead of refusing',
    fault: lenient,
  })),
  {
    check: 'create/refuses-no-name',
    does: 'says 400 and saves it all the same',
    fault: thenDoes(post, (state, { body }) => void add(state, { name: '', ...read(body) })),
  },
  {
    check: 'create/takes-only-its-fields',
    does: 'stores whatever the body holds',
    fault: stores(post, (_, { body }) => ({ owner: read(body)['owner'] ?? 'demo' })),
  },
  {
    check: 'create/prototype-keys',
    does: 'merges a body into the prototype of all objects',
    fault: {
      handle(right) {
        let polluted = {};
        return async (request, state) => {
          const reply = await right(request, state);
          if (request.body.includes('"__proto__"')) polluted = { polluted: 'yes' };
          return { ...reply, body: JSON.stringify({ ...polluted, ...read(reply.body) }) };
        };
      },
    },
  },
  {
    check: 'create/deep-nesting',
    does: 'runs out of stack',
    fault: instead(
      (request) => request.body.includes('[[[['),
      () => brokenPage(),
    ),
  },
];

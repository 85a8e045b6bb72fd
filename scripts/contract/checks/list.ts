import type { Api, Todo } from '../api.ts';
import type { Check } from '../check.ts';
import { expectEqual, expectStatus, expectThat, object } from '../expect.ts';

/** `GET /api/rule`: paging, filters and order. */
export const listChecks: readonly Check[] = [
  {
    id: 'list/shape',
    title: 'answers with {data, total, success, pageSize, current}',
    async run(api) {
      const reply = await api.get('/api/rule?current=1&pageSize=10');
      expectStatus(reply, 200);
      const { data, total, success, pageSize, current } = object(reply);
      expectThat(Array.isArray(data), `data: expected a list, found ${JSON.stringify(data)}`);
      expectThat(
        Number.isInteger(total) && Number(total) >= data.length,
        `total: expected a count of at least ${data.length}, found ${JSON.stringify(total)}`,
      );
      expectEqual('success', success, true);
      expectEqual('pageSize', pageSize, 10);
      expectEqual('current', current, 1);
    },
  },
  {
    id: 'list/no-parameters',
    title: 'without parameters it is page 1 of ten todos',
    async run(api) {
      const { current, pageSize, data } = await api.list();
      expectEqual('current', current, 1);
      expectEqual('pageSize', pageSize, 10);
      expectThat(data.length <= 10, `expected at most 10 todos, found ${data.length}`);
    },
  },
  {
    id: 'list/newest-first',
    title: 'the newest todo comes first',
    needs: ['writes'],
    async run(api) {
      await createNamed(api, ['first', 'second', 'third']);
      expectEqual('order', titles(api, await api.mine()), ['third', 'second', 'first']);
    },
  },
  {
    id: 'list/pages',
    title: 'pages cut the list into slices: every todo once',
    needs: ['writes'],
    async run(api) {
      const wanted = (await createNamed(api, numbered(12))).toReversed();
      const pages = [];
      for (const current of [1, 2, 3]) {
        pages.push((await api.list({ name: api.marker, pageSize: 5, current })).data);
      }
      expectEqual(
        'todos on each page',
        pages.map((page) => page.length),
        [5, 5, 2],
      );
      expectEqual('todos on all pages', titles(api, pages.flat()), wanted);
    },
  },
  {
    id: 'list/page-numbers',
    title: 'says which page it is, in numbers',
    async run(api) {
      const { current, pageSize } = await api.list({ current: 2, pageSize: 3 });
      expectEqual('current', current, 2);
      expectEqual('pageSize', pageSize, 3);
    },
  },
  {
    id: 'list/beyond-the-end',
    title: 'a page beyond the end is empty and keeps the total',
    needs: ['writes'],
    async run(api) {
      await createNamed(api, ['only']);
      const { data, total } = await api.list({ name: api.marker, current: 7, pageSize: 10 });
      expectEqual('data', data, []);
      expectEqual('total', total, 1);
    },
  },
  {
    id: 'list/total-counts-matches',
    title: 'total counts what matches, not what is on the page',
    needs: ['writes'],
    async run(api) {
      await createNamed(api, numbered(12));
      const { data, total } = await api.list({ name: api.marker });
      expectEqual('todos on page 1', data.length, 10);
      expectEqual('total', total, 12);
    },
  },
  {
    id: 'list/odd-paging',
    title: 'odd paging values are refused or ignored, never a server error',
    async run(api) {
      for (const query of [
        'current=0',
        'current=-1',
        'current=x',
        'pageSize=0',
        'pageSize=-5',
        'pageSize=1e9',
        'current=1.5',
        'current=1&current=2',
      ]) {
        const reply = await api.get(`/api/rule?${query}`);
        expectStatus(reply, 200, 400);
        object(reply);
      }
    },
  },
  {
    id: 'list/filter-name',
    title: 'name matches a part of the name',
    needs: ['writes'],
    async run(api) {
      await createNamed(api, ['buy milk', 'buy bread']);
      const { data } = await api.list({ name: `${api.marker} buy m` });
      expectEqual('found', titles(api, data), ['buy milk']);
    },
  },
  {
    id: 'list/filter-desc',
    title: 'desc matches a part of the description',
    needs: ['writes'],
    async run(api) {
      await api.create('one', { desc: `${api.marker} from the corner shop` });
      await api.create('two', { desc: `${api.marker} from the market` });
      const { data } = await api.list({ desc: `${api.marker} from the mark` });
      expectEqual('found', titles(api, data), ['two']);
    },
  },
  {
    id: 'list/filter-status',
    title: 'status keeps todos in that state only',
    needs: ['writes'],
    async run(api) {
      for (const status of [0, 1, 2, 3]) {
        const { key } = await api.create(`in state ${status}`);
        expectStatus(await api.send('PUT', '/api/rule', { key, status }), 200);
      }
      for (const status of [0, 1, 2, 3]) {
        const { data } = await api.list({ name: api.marker, status });
        expectEqual(`status=${status}`, titles(api, data), [`in state ${status}`]);
      }
    },
  },
  {
    id: 'list/filters-together',
    title: 'filters narrow each other',
    needs: ['writes'],
    async run(api) {
      await api.create('milk', { desc: 'today' });
      await api.create('milk', { desc: 'tomorrow' });
      await api.create('bread', { desc: 'today' });
      const { data, total } = await api.list({ name: `${api.marker} milk`, desc: 'today' });
      expectEqual(
        'found',
        data.map(({ desc }) => desc),
        ['today'],
      );
      expectEqual('total', total, 1);
    },
  },
  {
    id: 'list/empty-filter',
    title: 'an empty value is no filter',
    needs: ['writes'],
    async run(api) {
      await createNamed(api, ['here']);
      const { data } = await api.list({ name: api.marker, desc: '', status: '', sorter: '' });
      expectEqual('found', titles(api, data), ['here']);
    },
  },
  {
    id: 'list/filter-is-text',
    title: 'a filter is text: no pattern, no wildcard',
    needs: ['writes'],
    async run(api) {
      await createNamed(api, ['plain', '50% (.*) [off]']);
      const { data } = await api.list({ name: `${api.marker} 50% (.*) [` });
      expectEqual('the literal text', titles(api, data), ['50% (.*) [off]']);
      for (const pattern of ['.*', '%', '[a-z]', 'pl*n', 'pl_in']) {
        const { total } = await api.list({ name: `${api.marker} ${pattern}` });
        expectEqual(`name=${pattern}: total`, total, 0);
      }
    },
  },
  {
    id: 'list/filter-unicode',
    title: 'a filter in Chinese finds its todo',
    needs: ['writes'],
    async run(api) {
      await createNamed(api, ['买牛奶', '买面包']);
      const { data } = await api.list({ name: `${api.marker} 买牛` });
      expectEqual('found', titles(api, data), ['买牛奶']);
    },
  },
  {
    id: 'list/sorter-ascend',
    title: 'sorter=updatedAt_ascend begins with the todo that was touched longest ago',
    needs: ['writes'],
    run: (api) => sortedByTouch(api, 'updatedAt_ascend', ['second', 'third', 'first']),
  },
  {
    id: 'list/sorter-descend',
    title: 'sorter=updatedAt_descend begins with the todo that was touched last',
    needs: ['writes'],
    run: (api) => sortedByTouch(api, 'updatedAt_descend', ['first', 'third', 'second']),
  },
  {
    id: 'list/sorter-numbers',
    title: 'sorter=callNo_ascend orders by number, not by digits',
    needs: ['writes'],
    async run(api) {
      const wanted = await createNamed(api, numbered(11));
      const sorter = 'callNo_ascend';
      const own = await api.list({ name: api.marker, sorter, pageSize: 20 });
      expectEqual('order of the new todos', titles(api, own.data), wanted);
      // With the older todos the numbers are more likely to differ in length: 9 and 10, 99 and 100.
      const numbers = (await api.list({ sorter, pageSize: 50 })).data.map((todo) =>
        Number(todo['callNo']),
      );
      expectEqual(
        'order of all numbers',
        numbers,
        numbers.toSorted((a, b) => a - b),
      );
    },
  },
];

async function sortedByTouch(api: Api, sorter: string, wanted: string[]): Promise<void> {
  const todos: Todo[] = [];
  for (const title of ['first', 'second', 'third']) {
    todos.push(await api.create(title));
    await aMoment();
  }
  expectStatus(
    await api.send('PUT', '/api/rule', { key: todos[0]?.key, desc: 'touched last' }),
    200,
  );
  const { data } = await api.list({ name: api.marker, sorter });
  expectEqual('order', titles(api, data), wanted);
}

/** Long enough for the next time stamp to differ: they count milliseconds. */
export function aMoment(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 5));
}

async function createNamed(api: Api, names: readonly string[]): Promise<readonly string[]> {
  for (const name of names) await api.create(name);
  return names;
}

function numbered(count: number): string[] {
  return Array.from({ length: count }, (_, index) => `number ${index + 1}`);
}

function titles(api: Api, todos: readonly Todo[]): string[] {
  return todos.map(({ name }) => name.replace(`${api.marker} `, ''));
}

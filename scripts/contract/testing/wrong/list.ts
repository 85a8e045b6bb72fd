import { json } from '../right-service.ts';
import type { FakeTodo } from '../fake-service.ts';
import {
  answersJson,
  brokenPage,
  instead,
  misreadsQuery,
  on,
  type Wrong,
} from '../ways-to-be-wrong.ts';

const get = on('GET');

function ignores(parameter: string): Wrong['fault'] {
  return misreadsQuery((query) => query.delete(parameter));
}

export const wrongLists: readonly Wrong[] = [
  {
    check: 'list/shape',
    does: 'leaves out "success"',
    fault: answersJson(get, ({ success: _, ...rest }) => rest),
  },
  {
    check: 'list/shape',
    does: 'sends a bare list',
    fault: instead(get, () => json(200, [])),
  },
  {
    check: 'list/no-parameters',
    does: 'takes twenty as the size of a page',
    fault: misreadsQuery((query) => {
      if (!query.has('pageSize')) query.set('pageSize', '20');
    }),
  },
  {
    check: 'list/newest-first',
    does: 'lists the oldest first',
    fault: answersJson(get, (body) => ({ ...body, data: (body['data'] as []).toReversed() })),
  },
  { check: 'list/pages', does: 'ignores the page number', fault: ignores('current') },
  { check: 'list/pages', does: 'ignores the page size', fault: ignores('pageSize') },
  {
    check: 'list/page-numbers',
    does: 'sends the page number as text',
    fault: answersJson(get, (body) => ({ ...body, current: String(body['current']) })),
  },
  {
    check: 'list/beyond-the-end',
    does: 'shows page 1 instead of an empty one',
    fault: misreadsQuery((query) => {
      if (query.get('current') === '7') query.delete('current');
    }),
  },
  {
    check: 'list/total-counts-matches',
    does: 'counts what is on the page',
    fault: answersJson(get, (body) => ({ ...body, total: (body['data'] as []).length })),
  },
  {
    check: 'list/total-counts-matches',
    does: 'counts every todo, matching or not',
    fault: thenCountsOneMore(),
  },
  {
    check: 'list/odd-paging',
    does: 'breaks on a page size below 1',
    fault: instead(
      (request) => get(request) && Number(request.query.get('pageSize') ?? 1) < 1,
      () => brokenPage(),
    ),
  },
  { check: 'list/filter-name', does: 'ignores name', fault: ignores('name') },
  { check: 'list/filter-desc', does: 'ignores desc', fault: ignores('desc') },
  { check: 'list/filter-status', does: 'ignores status', fault: ignores('status') },
  {
    check: 'list/filter-status',
    does: 'takes status=0 for no filter',
    fault: misreadsQuery((query) => {
      if (query.get('status') === '0') query.delete('status');
    }),
  },
  {
    check: 'list/filters-together',
    does: 'looks at the first filter only',
    fault: misreadsQuery((query) => {
      if (query.has('name')) query.delete('desc');
    }),
  },
  {
    check: 'list/empty-filter',
    does: 'takes an empty filter for "is empty"',
    fault: answersJson(get, (body, { query }) =>
      query.get('desc') === '' ? { ...body, data: [] } : body,
    ),
  },
  {
    check: 'list/filter-is-text',
    does: 'takes the filter for a regular expression',
    fault: {
      handle: (right) => (request, state) => {
        const pattern = request.query.get('name');
        if (!get(request) || pattern === null) return right(request, state);
        try {
          const todos = state.todos.filter(({ name }) => new RegExp(pattern).test(name));
          return json(200, { data: todos, total: todos.length, success: true });
        } catch {
          return brokenPage();
        }
      },
    },
  },
  {
    check: 'list/filter-is-text',
    does: 'takes % for a wildcard',
    fault: misreadsQuery((query) =>
      query.set('name', (query.get('name') ?? '').replace(/ %$/, '')),
    ),
  },
  {
    check: 'list/filter-unicode',
    does: 'reads the query as Latin-1',
    fault: misreadsQuery((query) =>
      query.set('name', Buffer.from(query.get('name') ?? '').toString('latin1')),
    ),
  },
  { check: 'list/sorter-ascend', does: 'ignores the sorter', fault: ignores('sorter') },
  {
    check: 'list/sorter-descend',
    does: 'sorts upwards whatever was asked',
    fault: misreadsQuery((query) => {
      if (query.get('sorter')) query.set('sorter', 'updatedAt_ascend');
    }),
  },
  {
    check: 'list/sorter-numbers',
    does: 'sorts numbers by their digits',
    fault: answersJson(get, (body, { query }) =>
      query.get('sorter') === 'callNo_ascend'
        ? { ...body, data: (body['data'] as FakeTodo[]).toSorted(byDigits) }
        : body,
    ),
  },
];

function byDigits(a: FakeTodo, b: FakeTodo): number {
  return String(a['callNo']) < String(b['callNo']) ? -1 : 1;
}

/** A todo that nobody's filter finds is counted all the same. */
function thenCountsOneMore(): Wrong['fault'] {
  return answersJson(get, (body) => ({ ...body, total: Number(body['total']) + 1 }));
}

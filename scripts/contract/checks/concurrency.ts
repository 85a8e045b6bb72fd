import type { Check } from '../check.ts';
import { expectEqual, expectStatus, expectThat } from '../expect.ts';

/** Many at once: what was acknowledged holds. */
export const concurrencyChecks: readonly Check[] = [
  {
    id: 'concurrency/twenty-adds',
    title:
      'of 20 todos added at once all 20 are in the list, each with a key and number of its own',
    needs: ['writes', 'oneList'],
    async run(api) {
      const names = Array.from({ length: 20 }, (_, index) => `writer ${index}`);
      await Promise.all(names.map((name) => api.create(name)));
      const todos = await api.mine();
      expectEqual(
        'names in the list',
        todos.map(({ name }) => name).toSorted(byText),
        names.map((name) => `${api.marker} ${name}`).toSorted(byText),
      );
      expectEqual('different keys', new Set(todos.map(({ key }) => key)).size, 20);
      expectEqual('different numbers', new Set(todos.map((todo) => todo['callNo'])).size, 20);
    },
  },
  {
    id: 'concurrency/every-instance',
    title: 'every acknowledged todo is in the list, whichever instance is asked',
    needs: ['writes', 'oneList'],
    async run(api) {
      // Requests at the same moment are what makes a platform start instances.
      const askAll = () => Promise.all(Array.from({ length: 4 }, () => api.mine()));
      await askAll();
      const added = await Promise.all(
        Array.from({ length: 12 }, (_, index) => api.create(`writer ${index}`)),
      );
      for (const todos of await askAll()) {
        const shown = new Set(todos.map(({ key }) => key));
        const missing = added.filter(({ key }) => !shown.has(key));
        expectEqual(
          'acknowledged todos that an instance does not show',
          missing.map(({ name }) => name),
          [],
        );
      }
    },
  },
  {
    id: 'concurrency/one-edit-wins',
    title: 'of ten edits of the same version one wins and nine are told so with 409',
    needs: ['writes', 'oneList'],
    async run(api) {
      const { key, version } = await api.create('wanted');
      const replies = await Promise.all(
        Array.from({ length: 10 }, (_, index) =>
          api.send('PUT', '/api/rule', { key, version, desc: `edit ${index}` }),
        ),
      );
      for (const reply of replies) expectStatus(reply, 200, 409);
      const winners = replies.flatMap(({ status }, index) => (status === 200 ? [index] : []));
      expectEqual('edits that won', winners.length, 1);
      expectEqual('desc in the list', (await api.find(key))?.desc, `edit ${winners[0]}`);
    },
  },
  {
    id: 'concurrency/deletes',
    title: 'ten deletes at once remove their own ten and leave the rest',
    needs: ['writes', 'oneList'],
    async run(api) {
      const todos = [];
      for (let index = 0; index < 15; index++) todos.push(await api.create(`number ${index}`));
      const gone = todos.slice(0, 10);
      const replies = await Promise.all(
        gone.map(({ key }) => api.send('DELETE', '/api/rule', { key: [key] })),
      );
      for (const reply of replies) expectStatus(reply, 200);
      const kept = (await api.mine()).map(({ name }) => name).toSorted(byText);
      expectEqual(
        'todos left',
        kept,
        todos
          .slice(10)
          .map(({ name }) => name)
          .toSorted(byText),
      );
    },
  },
  {
    id: 'concurrency/adds-and-deletes',
    title: 'todos added while others are deleted are not lost',
    needs: ['writes', 'oneList'],
    async run(api) {
      const old = [];
      for (let index = 0; index < 5; index++) old.push(await api.create(`old ${index}`));
      const added = await Promise.all(
        old.flatMap(({ key }, index) => [
          api.create(`new ${index}`).then((todo) => [todo]),
          api.send('DELETE', '/api/rule', { key: [key] }).then((reply) => {
            expectStatus(reply, 200);
            return [];
          }),
        ]),
      );
      const left = new Set((await api.mine()).map(({ key }) => key));
      const lost = added.flat().filter(({ key }) => !left.has(key));
      expectEqual(
        'acknowledged todos that are not in the list',
        lost.map(({ name }) => name),
        [],
      );
      expectThat(
        old.every(({ key }) => !left.has(key)),
        'a deleted todo is back in the list',
      );
    },
  },
];

function byText(a: string, b: string): number {
  return a < b ? -1 : 1;
}

import { expect, test } from 'vitest';
import { MANY } from './toolbar.ts';
import { addInstance, sendMany } from './verbs.ts';

test('fifty requests are sent, five at once, and counted by how they went', async () => {
  let sent = 0;
  let open = 0;
  let most = 0;
  const result = await sendMany(async () => {
    const number = (sent += 1);
    most = Math.max(most, (open += 1));
    await Promise.resolve();
    open -= 1;
    if (number === 3) throw new TypeError('fetch failed');
    return new Response('', { status: number === 7 ? 503 : 200 });
  });
  expect(sent).toBe(MANY);
  expect(most).toBe(5);
  expect(result).toEqual({ good: MANY - 2, bad: 2 });
});

test('one request more than there are instances makes one more', async () => {
  const running = ['web-1', 'web-2'];
  let open = 0;
  const count = await addInstance({
    instances: () =>
      running.map((id) => ({ id, service: 'web', state: 'idle' as const, served: 0 })),
    fetch: async () => {
      open += 1;
      if (open > running.length) running.push(`web-${open}`);
      await Promise.resolve();
      return new Response();
    },
  });
  expect(count).toBe(3);
});

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openService, type Service } from '../testing/service.ts';

let service: Service;
beforeAll(async () => {
  service = await openService();
});
afterAll(() => service.close());

describe('ListTable', () => {
  it('names every table, in order, and those that were deleted no more', async () => {
    const names: string[] = [];
    for (let count = 0; count < 3; count += 1)
      names.push(await service.table([{ name: 'id', type: 'STRING' }]));
    const { tableNames, RequestId } = await service.client.listTable({});
    expect(tableNames.filter((name) => names.includes(name))).toEqual(names.toSorted());
    expect(tableNames).toEqual([...tableNames].toSorted());
    expect(RequestId).toMatch(/^[0-9a-f-]{36}$/);
  });
});

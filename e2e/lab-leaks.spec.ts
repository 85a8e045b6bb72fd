// What is left of deployments that are gone.
import type { Deployment } from './lab/lab-global.ts';
import { expect, test } from './lab/lab-test.ts';

test('lab: ten deployments leave nothing behind: no worker, no address, no memory', async ({
  page,
}) => {
  // Forty starts and two thousand requests.
  test.slow();
  await page.evaluate(() => {
    const addresses = new Set<string>();
    const { createObjectURL, revokeObjectURL } = URL;
    URL.createObjectURL = (object) => {
      const address = createObjectURL(object);
      addresses.add(address);
      return address;
    };
    URL.revokeObjectURL = (address) => {
      addresses.delete(address);
      revokeObjectURL(address);
    };
    Object.assign(globalThis, { addresses });
  });
  const devtools = await page.context().newCDPSession(page);
  const used = async (): Promise<number> => {
    await devtools.send('HeapProfiler.collectGarbage');
    return (await devtools.send('Runtime.getHeapUsage')).usedSize;
  };
  const cycle = (times: number) =>
    page.evaluate(async (rounds) => {
      for (let round = 0; round < rounds; round += 1) {
        const deployment = await globalThis.lab.create({
          stage: '01-all-in-one',
          target: 'process',
        });
        for (let each = 0; each < 20; each += 1) await (await deployment.fetch('/api/rule')).text();
        await deployment.edit({ 'models/user.ts': "export const demoUser = { userid: 'a' };\n" });
        await deployment.restart();
        await deployment.close();
      }
    }, times);
  const requests = (times: number) =>
    page.evaluate(async (count) => {
      const deployment = (globalThis as unknown as { one: Promise<Deployment> }).one;
      for (let each = 0; each < count; each += 1)
        await (await (await deployment).fetch('/api/rule')).text();
    }, times);
  const growth = async (act: (times: number) => Promise<void>, times: number): Promise<number> => {
    // Caches of the engine fill during the first rounds.
    await act(times);
    const before = await used();
    await act(times);
    return (await used()) - before;
  };
  expect(await growth(cycle, 10), 'ten deployments').toBeLessThan(100_000);
  await page.evaluate(() =>
    Object.assign(globalThis, {
      one: globalThis.lab.create({ stage: '01-all-in-one', target: 'process' }),
    }),
  );
  expect(await growth(requests, 1_000), 'a thousand requests').toBeLessThan(100_000);
  await page.evaluate(async () =>
    (await (globalThis as unknown as { one: Promise<Deployment> }).one).close(),
  );
  const left = await page.evaluate(
    () => (globalThis as unknown as { addresses: Set<string> }).addresses.size,
  );
  expect(left).toBe(0);
  await expect.poll(() => page.workers().length).toBe(0);
});

import { expect, test as base } from 'playwright/test';
import { type LabProgram, startLabProgram } from './lab-program.ts';

/** Tests on the bare page of the Lab's host: one program serves all those of a worker. */
export const test = base.extend<object, { program: LabProgram }>({
  program: [
    // Playwright reads from the pattern that nothing is needed.
    // oxlint-disable-next-line no-empty-pattern
    async ({}, use) => {
      const program = await startLabProgram();
      await use(program);
      await program.stop();
    },
    { scope: 'worker' },
  ],
  async page({ page, program }, use) {
    page.on('pageerror', (error) => expect(error, 'an error of the page').toBeUndefined());
    await page.goto(program.url);
    await page.waitForFunction(() => 'lab' in globalThis);
    await use(page);
  },
});

export { expect };

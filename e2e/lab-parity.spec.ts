// The same stages on Node and in a browser's workers: one script of requests and every experiment, with the
// same answers, the same events in the same order and the same verdicts.
import { expect, test } from 'playwright/test';
import './lab/lab-global.ts';
import { type LabProgram, startLabProgram } from './lab/lab-program.ts';

test.describe.configure({ mode: 'default' });

let program: LabProgram;
test.beforeAll(async () => {
  program = await startLabProgram();
});
test.afterAll(() => program?.stop());

test.beforeEach(async ({ page }) => {
  page.on('pageerror', (error) => expect(error, 'an error of the page').toBeUndefined());
  await page.goto(program.url);
  await page.waitForFunction(() => 'lab' in globalThis);
});

const STAGES = ['01-all-in-one', '02-file-db', '03-table-store', '04-static-split'];
const TARGETS = ['process', 'fc'];

for (const stage of STAGES) {
  for (const target of TARGETS) {
    test(`lab: ${stage} answers on ${target} as on Node`, async ({ page }) => {
      const [node, lab] = await Promise.all([
        program.onNode(stage, target),
        page.evaluate(([id, on]) => globalThis.lab.transcript(id, on), [stage, target] as const),
      ]);
      expect(node.length).toBeGreaterThan(45);
      for (const [index, told] of node.entries()) expect.soft(lab[index], told.step).toEqual(told);
      expect(lab.length).toBe(node.length);
    });
  }
}

test('lab: every experiment ends as its recorded run', async ({ page }) => {
  expect(program.experiments.map(([stage]) => stage)).toEqual(STAGES);
  expect(program.experiments.flatMap(([, names]) => names).length).toBeGreaterThanOrEqual(5);
  for (const [stage, names] of program.experiments) {
    for (const name of names) {
      const run = await page.evaluate(
        ([id, experiment]) => globalThis.lab.experiment(id, experiment),
        [stage, name] as const,
      );
      expect.soft(run, `${stage}/${name}`).toEqual({ verdict: 'confirmed', differences: [] });
    }
  }
});

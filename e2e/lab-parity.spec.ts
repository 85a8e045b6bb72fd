// The same stages on Node and in a browser's workers: one script of requests and every experiment, with the
// same answers, the same events in the same order and the same verdicts.
import './lab/lab-global.ts';
import { expect, test } from './lab/lab-test.ts';

const STAGES: Readonly<Record<string, readonly string[]>> = {
  '01-all-in-one': ['process', 'fc'],
  '02-file-db': ['process', 'fc'],
  '03-table-store': ['process', 'fc'],
  '04-static-split': ['process', 'fc'],
  '05-docker': ['process'],
  '06-kubernetes': ['kubernetes'],
  '07-knative': ['knative'],
  '08-midway': ['process', 'fc', 'scf'],
};
/** What looks into an image that a Docker has made. */
const NOT_IN_A_TAB = ['05-docker/what-is-in-the-image'];

for (const [stage, targets] of Object.entries(STAGES)) {
  for (const target of targets) {
    test(`lab: ${stage} answers on ${target} as on Node`, async ({ page, program }) => {
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

test('lab: these are the stages that run in a tab', ({ program }) => {
  expect(program.experiments.map(([stage]) => stage)).toEqual(Object.keys(STAGES));
});

for (const stage of Object.keys(STAGES)) {
  test(`lab: every experiment of ${stage} ends as its recorded run`, async ({ page, program }) => {
    test.slow();
    const [, names = []] = program.experiments.find(([id]) => id === stage) ?? [];
    expect(names.length).toBeGreaterThan(0);
    for (const name of names) {
      const run = await page.evaluate(
        ([id, experiment]) => globalThis.lab.experiment(id, experiment),
        [stage, name] as const,
      );
      const expected = NOT_IN_A_TAB.includes(`${stage}/${name}`)
        ? undefined
        : { verdict: 'confirmed', differences: [] };
      expect.soft(run, name).toEqual(expected);
    }
  });
}

import { expect, it } from 'vitest';
import { environmentPatch, type KnativeService, servicesIn } from './ksvc.ts';

const RULE = `
apiVersion: serving.knative.dev/v1
kind: Service
metadata:
  name: rule
`;
const PLAIN = `
apiVersion: v1
kind: Service
metadata:
  name: tablestore
`;

it('finds the Services of Knative among others', () => {
  expect(servicesIn(`${PLAIN}---${RULE}---\n# nothing\n`)).toEqual(['rule']);
  expect(servicesIn('')).toEqual([]);
});

it('sets variables beside those that are there, as a revision that gets everything', () => {
  const spec: KnativeService['spec'] = {
    template: {
      metadata: { name: 'user-v2' },
      spec: {
        containers: [
          {
            ...{ image: 'todo:1' },
            env: [
              { name: 'A', value: '1' },
              { name: 'B', value: '2' },
            ],
          },
        ],
      },
    },
    traffic: [{ revisionName: 'user-v1', percent: 100 }],
  };
  expect(environmentPatch({ spec }, { B: 'two', C: '3' })).toEqual({
    spec: {
      template: {
        metadata: { name: null },
        spec: {
          containers: [
            {
              image: 'todo:1',
              env: [
                { name: 'A', value: '1' },
                { name: 'B', value: 'two' },
                { name: 'C', value: '3' },
              ],
            },
          ],
        },
      },
      traffic: [{ latestRevision: true, percent: 100 }],
    },
  });
});

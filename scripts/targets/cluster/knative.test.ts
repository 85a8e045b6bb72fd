// What can be known of a stage's Knative manifests without a running Knative: a real API server takes them, and
// the rules of Knative's webhook, as the local Knative has them, find nothing wrong.
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { isKnative } from '../../cloud/knative/index.ts';
import { readService } from '../../cloud/knative/core/read-service.ts';
import { readStages } from '../../stages/catalogue.ts';
import { findCluster } from './here.ts';
import { findKnative } from './knative-here.ts';
import { servicesIn } from './ksvc.ts';
import { createKubectl, type Kubectl } from './kubectl.ts';
import { readManifests } from './manifests.ts';
import { makeNamespace, type Namespace } from './namespace.ts';
import { withoutCluster } from './testing.ts';

const SLOW_MILLISECONDS = 120_000;
const DEFINITIONS = join(import.meta.dirname, 'fixtures', 'serving-crds.yaml');
const VARIABLES = {
  NAMESPACE: 'default',
  JWT_SECRET: 'c2VjcmV0',
  TABLESTORE_ENDPOINT: 'http://tablestore:4005',
  TABLESTORE_INSTANCE: 'todo',
  TABLESTORE_ACCESS_KEY_ID: 'id',
  TABLESTORE_ACCESS_KEY_SECRET: 'secret',
};

const stages = readStages().filter(({ targets }) => targets.knative);
const manifests = stages.flatMap(({ id, directory, targets }) =>
  readManifests(directory, (targets.cluster ?? targets.knative)?.manifests ?? [], VARIABLES).map(
    (manifest) => ({ id, ...manifest }),
  ),
);
const services = manifests.filter(({ text }) => servicesIn(text).length > 0);

describe('the Knative manifests of the stages', () => {
  it('are there', () => expect(services.length).toBeGreaterThan(3));

  it.each(services)('$id/$file passes the rules of Knative’s webhook', ({ text }) => {
    for (const document of parseAllDocuments(text)) {
      const object = document.toJS() as unknown;
      expect(isKnative(object)).toBe(true);
      expect(readService(object)).not.toHaveProperty('errors');
    }
  });
});

describe.skipIf(await withoutCluster())(
  'on a real API server',
  { timeout: SLOW_MILLISECONDS },
  () => {
    let cluster: Kubectl;
    let namespace: Namespace;
    /** A Knative that is there has better definitions than ours. */
    let isOurs = false;

    beforeAll(async () => {
      const context = (await findCluster()).context?.name ?? '';
      cluster = createKubectl({ context });
      isOurs = !(await findKnative(context)).available;
      if (isOurs) {
        await cluster.run(['apply', '--filename', DEFINITIONS]);
        const name = 'crd/services.serving.knative.dev';
        await cluster.run(['wait', name, '--for=condition=Established', '--timeout=60s']);
      }
      namespace = await makeNamespace(context, 'knative-manifests');
    }, SLOW_MILLISECONDS);

    afterAll(async () => {
      await namespace?.remove();
      if (isOurs) await cluster.run(['delete', '--filename', DEFINITIONS, '--ignore-not-found']);
    }, SLOW_MILLISECONDS);

    const apply = (text: string): Promise<string> =>
      namespace.kubectl.run(['apply', '--filename', '-'], { input: text });

    it('every manifest is taken, and what is kept is what was sent', async () => {
      for (const { text } of manifests) await apply(text);
      const { items } = JSON.parse(
        await namespace.kubectl.run(['get', 'ksvc', '--output', 'json']),
      ) as { items: { metadata: { name: string }; spec: object }[] };
      const sent = new Map(
        services.flatMap(({ text }) =>
          parseAllDocuments(text).map((document) => {
            const { metadata, spec } = document.toJS() as (typeof items)[number];
            return [metadata.name, spec] as const;
          }),
        ),
      );
      expect(items.map(({ metadata }) => metadata.name).toSorted()).toEqual(
        [...sent.keys()].toSorted(),
      );
      // The definition keeps what it knows and drops the rest without a word: all of it has to be there.
      for (const { metadata, spec } of items) expect(spec).toMatchObject(sent.get(metadata.name)!);
    });

    it('a field that is misspelt or of another type is refused', async () => {
      const rule = services.find(({ text }) => servicesIn(text).includes('rule'))?.text ?? '';
      await expect(apply(rule.replace('containerConcurrency', 'concurrency'))).rejects.toThrow(
        'unknown field "concurrency"',
      );
      await expect(
        apply(rule.replace('timeoutSeconds: 30', 'timeoutSeconds: soon')),
      ).rejects.toThrow('timeoutSeconds');
    });
  },
);

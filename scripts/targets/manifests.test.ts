import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { parseManifest } from '../cloud/functions/core/fc/manifest.ts';
import { parseManifest as parseScfManifest } from '../cloud/functions/core/scf/manifest.ts';
import { readStages } from '../stages/catalogue.ts';
import { repositoryRoot } from '../stages/root.ts';

/** The JSON schema of Serverless Devs' component fc3, which is data of the vendor and not part of this project. */
const VENDOR_SCHEMA =
  process.env['FC3_SCHEMA'] ?? resolve(repositoryRoot(), '../shared/specs/fc3-schema.json');

interface Resource {
  readonly component: string;
  readonly props: { timeout?: unknown };
}

const manifests = readStages().flatMap(({ id, directory, targets }) =>
  targets.fc ? [{ id, text: readFileSync(join(directory, targets.fc.manifest), 'utf8') }] : [],
);

describe.each(manifests)('the manifest of $id', ({ id, text }) => {
  it('has only fields that this project knows', () => {
    // What the services beside the stage, or a person who deploys it, put into the environment.
    const named = [...text.matchAll(/\$\{env\('(\w+)'\)\}/g)].map(([, name = '']) => [name, 'x']);
    const environment = Object.fromEntries(named) as Record<string, string>;
    const { functions } = parseManifest(text, `stages/${id}/s.yaml`, environment);
    expect(functions).not.toHaveLength(0);
  });

  it.skipIf(!existsSync(VENDOR_SCHEMA))(
    'is accepted by the vendor’s own schema, where FC3_SCHEMA names it',
    () => {
      const ajv = new Ajv({ strict: false, allErrors: true });
      const validate = ajv.compile(JSON.parse(readFileSync(VENDOR_SCHEMA, 'utf8')) as object);
      const functions = resourcesOf(text).filter(({ component }) => component === 'fc3');
      expect(functions).not.toHaveLength(0);
      for (const { props } of functions) {
        validate(props);
        expect(validate.errors).toBeNull();
        expect(validate({ ...props, timeout: 'ten' })).toBe(false);
      }
    },
  );
});

const scfManifests = readStages().flatMap(({ id, directory, targets }) =>
  targets.scf ? [{ id, text: readFileSync(join(directory, targets.scf.manifest), 'utf8') }] : [],
);

describe.each(scfManifests)('the manifest of $id for the other cloud', ({ id, text }) => {
  it('has only fields that this project knows', () => {
    const named = [...text.matchAll(/\$\{env:(\w+)\}/g)].map(([, name = '']) => [name, 'x']);
    const environment = Object.fromEntries(named) as Record<string, string>;
    const { functions } = parseScfManifest(text, `stages/${id}/serverless.yml`, environment);
    expect(functions).toHaveLength(1);
  });
});

function resourcesOf(manifest: string): Resource[] {
  const { resources } = parse(manifest) as { resources: Record<string, Resource> };
  return Object.values(resources);
}

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';
import { beforeAll, expect, test } from 'vitest';
import { findStage, readStages } from '../../stages/catalogue.ts';
import { erase } from '../erase.ts';
import type { LabManifest, StagePayload } from '../payload.ts';
import { buildLab, labStages, readManifest } from './index.ts';
import { KEPT } from './vendor.ts';

/** What the worker, Node's modules, the packages and the stage may weigh as gzip; the page's own scripts get the rest of 250 kB. */
const MOST_BYTES = 190_000;
/** What the SDK of a service may come to on top, and what goes with it: in all 350 kB. */
const SDK_BYTES = 100_000;
/** Kubernetes' own controllers, minified, are 138 kB; with kubectl and the engine among the page's scripts 540 kB in all. */
const CLUSTER_BYTES = 150_000;
/** What Midway comes to on top of both: in all 400 kB. */
const FRAMEWORK_BYTES = 50_000;

const stages = labStages(readStages());
let folder: string;
let manifest: LabManifest;
beforeAll(async () => {
  folder = await buildLab(stages);
  manifest = readManifest(folder);
}, 120_000);

const payloadOf = (stage: string): StagePayload =>
  JSON.parse(
    readFileSync(join(folder, manifest.stages[stage]?.payload ?? ''), 'utf8'),
  ) as StagePayload;

test('lab: every stage is there, with every file that it needs, within its weight', () => {
  expect(Object.keys(manifest.stages)).toEqual(stages.map(({ id }) => id));
  for (const [stage, { files, bytes, payload }] of Object.entries(manifest.stages)) {
    expect(files).toContain(payload);
    expect(files).toContain(manifest.worker);
    for (const file of files) expect(existsSync(join(folder, file)), file).toBe(true);
    const { services, targets } = findStage(stages, stage);
    const isCluster = (targets.kubernetes ?? targets.knative) !== undefined;
    const isCompiled = targets.process?.compiled !== undefined;
    expect(bytes, stage).toBeLessThan(
      MOST_BYTES +
        (services ? SDK_BYTES : 0) +
        (isCluster ? CLUSTER_BYTES : 0) +
        (isCompiled ? FRAMEWORK_BYTES : 0),
    );
    expect(files).not.toContain(manifest.compiler?.file);
    expect(files.some((file) => file.includes('webernetes'))).toBe(isCluster);
    expect(bytes, stage).toBeGreaterThan(MOST_BYTES / 2);
  }
});

test('lab: names hold a hash of the content, so that they can be kept for ever', () => {
  const names = Object.values(manifest.stages).flatMap(({ files }) => files);
  for (const name of names)
    expect(name).toMatch(/^(vendor|stages)\/[\w-]+-[A-Z0-9]{8}\.(js|json)$/);
});

test('lab: a payload has what a reader can change, and modules line for line', () => {
  for (const { id, targets } of stages) {
    const { sources, modules } = payloadOf(id);
    expect(Object.keys(sources)).toEqual(
      expect.arrayContaining([
        targets.process?.compiled?.source ?? 'index.ts',
        targets.fc ? 's.yaml' : 'Dockerfile',
        /^0[1238]/.test(id) ? 'public/index.html' : 'page/index.html',
      ]),
    );
    expect(Object.keys(sources).filter((path) => /^(tests|experiments)\/|lock/.test(path))).toEqual(
      [],
    );
    expect(Object.values(sources).join('')).not.toContain('#region');
    expect(Object.keys(modules).toSorted()).toEqual(
      Object.keys(sources)
        // The health check is a program that Docker runs, and all services together one of a machine.
        .filter((path) => /(?<!\.d)\.ts$/.test(path) && !/^(healthcheck|together)\.ts$/.test(path))
        // TypeScript imports no module of which only types are used.
        .filter(
          (path) => targets.process?.compiled === undefined || path !== 'models/todo-store.ts',
        )
        .toSorted(),
    );
    for (const [path, { erased, code }] of Object.entries(modules)) {
      const text = sources[path] ?? '';
      const made = code ?? erase(text, erased ?? []);
      expect(made.split('\n').length).toBe(text.split('\n').length);
      expect(made).not.toMatch(/\binterface \w+ \{/);
    }
  }
});

test('lab: a function has the files that its build packs, by what they are copies of', () => {
  const [folderOf] = Object.values(payloadOf('02-file-db').targets.fc?.folders ?? {});
  expect(folderOf).toMatchObject({
    'db.json': 'seed.json',
    'public/index.html': 'public/index.html',
  });
  expect(
    Object.keys(folderOf ?? {}).filter(
      (path) => path.endsWith('.js') && !path.startsWith('public/'),
    ),
  ).toEqual([]);
});

test('lab: a stage with a compiler of its own has decorators as calls, with the types that are injected', () => {
  const { modules, targets, compiled } = payloadOf('08-midway');
  const compiledOnes = Object.entries(modules).filter(([, { code }]) => code !== undefined);
  expect(compiledOnes.map(([path]) => path)).toContain('src/function/api.ts');
  for (const [path, { code = '' }] of compiledOnes) {
    expect(code, path).toContain('__decorate([');
    expect(code, path).not.toMatch(/^\s*@\w/m);
  }
  expect(modules['src/function/api.ts']?.code).toMatch(
    /__metadata\("design:type", .*TodoService.*\)/,
  );
  expect(compiled?.options).toMatchObject({ emitDecoratorMetadata: true, module: 'esnext' });
  expect([targets.process?.entry, targets.fc?.source, targets.scf?.source]).toEqual([
    'src/main.ts',
    'src/fc.ts',
    'src/scf.ts',
  ]);
  expect(targets.scf?.manifest.functions[0]?.environment['JWT_SECRET']).toBe('lab:JWT_SECRET');
});

test('lab: every specifier of a stage has an address, and Node’s modules have all their names', () => {
  for (const { id } of stages)
    for (const { imports } of Object.values(payloadOf(id).modules))
      for (const { specifier } of imports)
        if (!specifier.startsWith('.'))
          expect(manifest.vendor, specifier).toHaveProperty([specifier]);
  const zlib = readFileSync(join(folder, manifest.vendor['node:zlib'] ?? ''), 'utf8');
  expect(zlib).toContain('createGunzip');
  expect(zlib).toContain('createBrotliCompress');
});

test('lab: a package exports what a plain Node finds in it, whoever built the Lab', async () => {
  for (const { id, directory } of stages) {
    const specifiers = new Set(
      Object.values(payloadOf(id).modules)
        .flatMap(({ imports }) => imports.map(({ specifier }) => specifier))
        .filter((name) => !/^(\.|node:)/.test(name) && !Object.hasOwn(KEPT, name)),
    );
    for (const specifier of specifiers) {
      const program = `console.log(JSON.stringify(Object.keys(await import(${JSON.stringify(specifier)}))))`;
      const { stdout } = await execa(process.execPath, ['--input-type=module', '-e', program], {
        cwd: directory,
      });
      const found = (JSON.parse(stdout) as string[]).filter((name) => name !== 'module.exports');
      const text = readFileSync(join(folder, manifest.vendor[specifier] ?? ''), 'utf8');
      const exported = [...text.matchAll(/\bexport\s*\{([^}]*)\}/g)]
        .flatMap(([, names = '']) => names.split(','))
        .map((name) => name.replace(/.* as /, '').trim());
      expect(exported.toSorted(), `${id}: ${specifier}`).toEqual(found.toSorted());
    }
  }
});

test('lab: what was built is taken from the cache', async () => {
  const said: string[] = [];
  expect(await buildLab(stages, { say: (line) => said.push(line) })).toBe(folder);
  expect(said).toEqual([]);
});

import { z } from 'zod';

/** A text in every language of the course. */
export const text = z.strictObject({ en: z.string().min(1), 'zh-CN': z.string().min(1) });
export type Text = z.infer<typeof text>;

/** Where a stage can run. */
export const TARGETS = [
  'process',
  'fc',
  'docker',
  'kubernetes',
  'knative',
  'cluster',
  'scf',
] as const;
export type Target = (typeof TARGETS)[number];

/** Operations work that somebody carries at every stage, in the order the ledger shows it. */
export const DUTIES = [
  'machine',
  'runtime',
  'deployment',
  'restarts',
  'scaling',
  'data',
  'staticFiles',
  'signIn',
  'network',
  'monitoring',
  'idleCost',
] as const;
export type Duty = (typeof DUTIES)[number];

export const CARRIERS = ['developer', 'operations', 'platform'] as const;
export type Carrier = (typeof CARRIERS)[number];

const path = z
  .string()
  .regex(/^[^/\\].*[^/]$|^[^/\\]$/, 'a path relative to the stage, without a slash at either end')
  .refine((value) => !value.split('/').includes('..'), 'a path inside the stage');
const blob = z
  .string()
  .regex(/^[0-9a-f]{40}$/, 'a git blob id: 40 hex digits, `git hash-object FILE`');

/** A declared difference to the parent stage. `base` is the parent's blob the change was last reviewed against. */
const change = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('added'), path, reason: text }),
  z.strictObject({ kind: z.literal('removed'), path, reason: text, base: blob }),
  z.strictObject({ kind: z.literal('changed'), path, reason: text, base: blob }),
  z.strictObject({ kind: z.literal('renamed'), path, was: path, reason: text, base: blob }),
]);
export type Change = z.infer<typeof change>;

/** One value for all targets, or one for each: `{ "process": true, "fc": false }`. */
const perTarget = z.union([z.boolean(), z.partialRecord(z.enum(TARGETS), z.boolean())]);

/** Where a stage was written anew: what answered to a concern before, and what does now. */
const concern = z.strictObject({
  title: text,
  /** Files of the parent, none when nothing did. */
  was: z.array(path),
  /** Files of this stage, none when nothing has to any more. */
  now: z.array(path),
  note: text,
});
export type Concern = z.infer<typeof concern>;

/** What the API suite may expect of a stage, by design. */
const behaviours = z.strictObject({
  /** Todos are still there after a restart. */
  survivesRestart: perTarget,
  /** Every instance answers with the same list. */
  sharedBetweenInstances: perTarget,
  /** POST, PUT and DELETE can succeed. */
  writes: perTarget,
  /** `method: 'post' | 'update' | 'delete'` in the body of a POST is honoured. */
  legacyDialect: perTarget,
  /** `Idempotency-Key` makes a retried POST safe. */
  idempotency: perTarget,
  signIn: z.enum(['none', 'automatic', 'accounts']),
});
export type Behaviours = z.infer<typeof behaviours>;

const functions = z.strictObject({
  build: z.string(),
  manifest: path,
  /** The module that the handlers' file is made from, where it has another name. */
  source: path.optional(),
});

const manifests = z.strictObject({
  /** Files and folders, applied in this order; `*.template.yaml` is filled in from the environment. */
  manifests: z.array(path).min(1),
  /** What the manifests call an image -> the Dockerfile that it is built from, in its own folder. */
  images: z.record(z.string(), path),
  /** The Service that a browser reaches. */
  service: z.string(),
  /** What templates are filled in with in the place of what stands beside the stage: addresses inside the cluster. */
  variables: z.record(z.string(), z.string()).optional(),
});

const targets = z
  .strictObject({
    /**
     * One Node process: `entry` is run in the stage's folder. What Node cannot run as it is, the npm script
     * `compiled.build` makes into the folder `compiled.folder` beforehand; `compiled.source` is what `entry` then runs.
     */
    process: z
      .strictObject({
        entry: path,
        compiled: z.strictObject({ build: z.string(), folder: path, source: path }).optional(),
      })
      .optional(),
    /** Alibaba Cloud Function Compute: `build` is an npm script, `manifest` what Serverless Devs deploys. */
    fc: functions.optional(),
    /** A real Docker: builds the file with the stage's folder as its context, and runs the image. */
    docker: z.strictObject({ dockerfile: path }).optional(),
    /** Tencent Cloud Serverless Cloud Function: `manifest` is what Serverless Cloud Framework deploys. */
    scf: functions.optional(),
    /** A real Kubernetes on this machine. */
    cluster: manifests.optional(),
    /** The local Kubernetes: the same manifests, with Node processes as containers. */
    kubernetes: manifests.optional(),
    /** The local Knative, above the local Kubernetes: `service` is the one that a browser reaches. */
    knative: manifests.optional(),
  })
  .refine((value) => Object.keys(value).length > 0, 'at least one target');

/** What stands beside a stage wherever it runs; `scripts/targets/services.ts` starts it on this machine. */
const services = z.strictObject({
  /** Tables that outlive every instance; the stage finds them by the variables `TABLESTORE_*`. */
  tablestore: z.strictObject({}).optional(),
  /** A CDN before the folder `files`, which the npm script `build` makes; the stage finds it by `CDN_ORIGIN`. */
  cdn: z.strictObject({ build: z.string(), files: path }).optional(),
});
export type Services = z.infer<typeof services>;
export type ServiceName = keyof Services;

/** `stages/NN-name/stage.json`: all that scripts and the site know of a stage beside its files. */
export const stageSchema = z.strictObject({
  $schema: z.string().optional(),
  id: z.string().regex(/^\d{2}-[a-z0-9-]+$/, 'an ordinal and a noun: "05-docker"'),
  number: z.int().min(1).max(99),
  title: text,
  /** Where it hurts, in one line. */
  problem: text,
  /** What this stage does about it, in one line. */
  answer: text,
  from: z.string().nullable(),
  /** The branch of the 2020 course repository that it answers to. */
  original: z.strictObject({ branch: z.string() }),
  targets,
  services: services.optional(),
  /** Environment variables that nobody may know: made up for each run, unless the reader has set them. */
  secrets: z.array(z.string().regex(/^[A-Z][A-Z0-9_]*$/, 'a variable: "JWT_SECRET"')).optional(),
  changes: z.array(change),
  /** Of a rewrite, which is compared by concern and not by line: the map from old files to new. */
  concerns: z.array(concern).min(1).optional(),
  /** Diagram node -> the code that it stands for. */
  diagram: z.record(z.string(), z.strictObject({ file: path, region: z.string().optional() })),
  duties: z.record(z.enum(DUTIES), z.strictObject({ carrier: z.enum(CARRIERS), how: text })),
  behaviours,
});
export type StageDescription = z.infer<typeof stageSchema>;

import { z } from 'zod';
import { between, handler, ignored } from '../manifest-file.ts';
import {
  INIT_TIMEOUT_SECONDS,
  LEAST_MEMORY_MEGABYTES,
  MAX_ENVIRONMENT_BYTES,
  MEMORY_MEGABYTES,
  TIMEOUT_SECONDS,
} from './limits.ts';

/** `http` is a function URL; API gateways are gone. */
const functionUrl = z.strictObject({
  http: z.strictObject({
    parameters: z.strictObject({
      netConfig: z.strictObject({
        enableExtranet: z.literal(true, 'true: else nobody outside can ask'),
        enableIntranet: ignored,
      }),
      authType: z.literal('NONE', 'NONE: signed requests (CAM) are not emulated'),
      qualifier: ignored,
    }),
  }),
});

const memory = between({ least: LEAST_MEMORY_MEGABYTES, most: MEMORY_MEGABYTES.most }).refine(
  (found) => found === LEAST_MEMORY_MEGABYTES || found % MEMORY_MEGABYTES.step === 0,
  `${LEAST_MEMORY_MEGABYTES}, or ${MEMORY_MEGABYTES.least} to ${MEMORY_MEGABYTES.most} in steps of ${MEMORY_MEGABYTES.step}`,
);

const VARIABLE = /^[a-zA-Z]\w{1,63}$/;

const variables = z
  .record(z.string(), z.coerce.string())
  .refine(
    (found) => Object.keys(found).every((name) => VARIABLE.test(name)),
    'each name has 2 to 64 letters, digits and _, a letter first',
  )
  .refine(
    (found) => JSON.stringify(found).length <= MAX_ENVIRONMENT_BYTES,
    `at most ${MAX_ENVIRONMENT_BYTES} bytes together`,
  );

/** A deployed function; `src` is the folder that is uploaded. */
const inputs = z.strictObject({
  name: z
    .string()
    .regex(
      /^[a-zA-Z][\w-]{0,58}[a-zA-Z0-9]$/,
      'letters, digits, _ and -, 2 to 60 of them, a letter first',
    )
    .optional(),
  src: z.union([
    z.string().min(1),
    z.strictObject({ src: z.string().min(1), exclude: ignored, bucket: ignored }),
  ]),
  type: z
    .literal('event', 'event: functions with a server of their own are not emulated')
    .optional(),
  handler: handler.default('index.main_handler'),
  runtime: z.enum(['Nodejs12.16', 'Nodejs14.18', 'Nodejs16.13', 'Nodejs18.15', 'Nodejs20.19']),
  region: z.string(),
  memorySize: memory.default(MEMORY_MEGABYTES.default),
  timeout: between(TIMEOUT_SECONDS).default(TIMEOUT_SECONDS.default),
  initTimeout: between(INIT_TIMEOUT_SECONDS).default(INIT_TIMEOUT_SECONDS.default),
  environment: z.strictObject({ variables }).optional(),
  events: z.array(functionUrl).max(1).default([]),
  cls: ignored,
  description: ignored,
  eip: ignored,
  enableRoleAuth: ignored,
  namespace: z.literal('default').optional(),
  publicAccess: ignored,
  role: ignored,
  tags: ignored,
});

/** The fields of a Serverless Cloud Framework manifest that the course's stages use. */
export const manifestSchema = z.strictObject({
  component: z.literal('scf'),
  name: z.string().regex(/^[a-z][a-z0-9-]*$/, 'small letters, digits and -'),
  org: z.string().optional(),
  app: z.string().optional(),
  stage: z.string().optional(),
  inputs,
});

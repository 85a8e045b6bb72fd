import { z } from 'zod';
import { between, handler, ignored } from '../manifest-file.ts';
import {
  DISK_MEGABYTES,
  HOOK_TIMEOUT_SECONDS,
  MEMORY_MEGABYTES,
  TIMEOUT_SECONDS,
} from './limits.ts';

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS'] as const;
const methods = z.array(z.enum(METHODS)).min(1);

const hook = z.strictObject({
  handler,
  timeout: between(HOOK_TIMEOUT_SECONDS).default(HOOK_TIMEOUT_SECONDS.default),
});

const httpTrigger = z.strictObject({
  triggerName: z.string(),
  triggerType: z.literal('http'),
  description: ignored,
  qualifier: ignored,
  triggerConfig: z.strictObject({
    authType: z.literal('anonymous'),
    methods,
    disableURLInternet: ignored,
  }),
});

/** `component: fc3`: a function of a built-in Node runtime. */
export const functionProps = z.strictObject({
  functionName: z.string().regex(/^[a-zA-Z_][\w-]{0,63}$/, 'letters, digits, _ and -, at most 64'),
  runtime: z.enum(['nodejs14', 'nodejs16', 'nodejs18', 'nodejs20']),
  handler,
  code: z.string().min(1),
  timeout: between(TIMEOUT_SECONDS).default(TIMEOUT_SECONDS.default),
  memorySize: between(MEMORY_MEGABYTES)
    .multipleOf(MEMORY_MEGABYTES.step)
    .default(MEMORY_MEGABYTES.default),
  diskSize: z.literal(DISK_MEGABYTES).optional(),
  instanceConcurrency: z.literal(1, 'a built-in runtime takes one request at a time: 1').optional(),
  environmentVariables: z.record(z.string(), z.coerce.string()).default({}),
  instanceLifecycleConfig: z
    .strictObject({ initializer: hook.optional(), preStop: hook.optional() })
    .default({}),
  concurrencyConfig: z.strictObject({ reservedConcurrency: z.int().min(1) }).optional(),
  triggers: z.array(httpTrigger).max(1).default([]),
  region: z.string(),
  cpu: ignored,
  description: ignored,
  internetAccess: ignored,
  logConfig: ignored,
  resourceGroupId: ignored,
  role: ignored,
  tags: ignored,
  tracingConfig: ignored,
});

/** `component: fc3-domain`: a domain of one's own and where its paths lead. */
export const domainProps = z.strictObject({
  region: z.string(),
  domainName: z.string().min(1),
  protocol: z.enum(['HTTP', 'HTTPS', 'HTTP,HTTPS']),
  certConfig: ignored,
  tlsConfig: ignored,
  routeConfig: z.strictObject({
    routes: z
      .array(
        z.strictObject({
          path: z.string().regex(/^\/[^*]*\*?$/, 'a path that starts with / and may end in *'),
          functionName: z.string(),
          qualifier: ignored,
          methods: methods.optional(),
        }),
      )
      .min(1),
  }),
});

const resource = z.discriminatedUnion('component', [
  z.strictObject({ component: z.literal('fc3'), actions: ignored, props: functionProps }),
  z.strictObject({ component: z.literal('fc3-domain'), actions: ignored, props: domainProps }),
]);

/** The fields of a Serverless Devs manifest that the course's stages use. */
export const manifestSchema = z.strictObject({
  edition: z.literal('3.0.0'),
  name: z.string(),
  access: z.string().optional(),
  vars: z.record(z.string(), z.unknown()).optional(),
  resources: z.record(z.string(), resource),
});

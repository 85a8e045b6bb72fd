import { z } from 'zod';
import { QUANTITY } from './quantity.ts';

const label = z.record(z.string(), z.string());
const name = z
  .string()
  .max(253)
  .regex(/^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$/, 'lower-case letters, digits, - and .');
const whole = z.int().min(0);
const port = z.union([z.int().min(1).max(65_535), z.string()]);
const share = z.union([whole, z.string().regex(/^\d+%$/, 'a number or a percentage: 25%')]);
const quantity = z
  .union([z.string(), z.number()])
  .transform(String)
  .pipe(z.string().regex(QUANTITY, 'a quantity: 100m, 64Mi'));

const metadata = z.strictObject({
  name,
  namespace: z.literal('default', 'only the namespace "default" is there').optional(),
  labels: label.optional(),
  annotations: label.optional(),
});
const templateMetadata = z.strictObject({
  name: name.optional(),
  labels: label.optional(),
  annotations: label.optional(),
});
const selector = z.strictObject({ matchLabels: label });

const exec = z.strictObject({ command: z.array(z.string()).min(1) });
const httpGet = z.strictObject({
  path: z.string().optional(),
  port,
  scheme: z.literal('HTTP').optional(),
  httpHeaders: z.array(z.strictObject({ name: z.string(), value: z.string() })).optional(),
});
const handler = {
  httpGet: httpGet.optional(),
  tcpSocket: z.strictObject({ port }).optional(),
  exec: exec.optional(),
};
const probe = z.strictObject({
  ...handler,
  initialDelaySeconds: whole.optional(),
  periodSeconds: z.int().min(1).optional(),
  timeoutSeconds: z.int().min(1).optional(),
  successThreshold: z.int().min(1).optional(),
  failureThreshold: z.int().min(1).optional(),
  terminationGracePeriodSeconds: z.int().min(1).optional(),
});
const hook = z.strictObject({
  exec: exec.optional(),
  httpGet: httpGet.optional(),
  sleep: z.strictObject({ seconds: whole }).optional(),
});

const keyReference = z.strictObject({ name, key: z.string(), optional: z.boolean().optional() });
const variable = z.strictObject({
  name: z.string().min(1),
  value: z.string('a text: quote numbers and true/false').optional(),
  valueFrom: z
    .strictObject({
      configMapKeyRef: keyReference.optional(),
      secretKeyRef: keyReference.optional(),
      fieldRef: z
        .strictObject({ apiVersion: z.string().optional(), fieldPath: z.string() })
        .optional(),
    })
    .optional(),
});
const source = z.strictObject({ name, optional: z.boolean().optional() });
const variables = z.strictObject({
  prefix: z.string().optional(),
  configMapRef: source.optional(),
  secretRef: source.optional(),
});
const amounts = z.strictObject({
  cpu: quantity.optional(),
  memory: quantity.optional(),
  'ephemeral-storage': quantity.optional(),
});

const container = z.strictObject({
  name,
  image: z.string().min(1),
  imagePullPolicy: z.enum(['Always', 'IfNotPresent', 'Never']).optional(),
  command: z.array(z.string()).optional(),
  args: z.array(z.string()).optional(),
  workingDir: z.string().optional(),
  ports: z
    .array(
      z.strictObject({
        name: z.string().max(15).optional(),
        containerPort: z.int().min(1).max(65_535),
        protocol: z.literal('TCP').optional(),
      }),
    )
    .optional(),
  env: z.array(variable).optional(),
  envFrom: z.array(variables).optional(),
  resources: z
    .strictObject({ requests: amounts.optional(), limits: amounts.optional() })
    .optional(),
  startupProbe: probe.optional(),
  readinessProbe: probe.optional(),
  livenessProbe: probe.optional(),
  lifecycle: z.strictObject({ preStop: hook.optional(), postStart: hook.optional() }).optional(),
  securityContext: z
    .strictObject({
      runAsNonRoot: z.boolean().optional(),
      runAsUser: whole.optional(),
      runAsGroup: whole.optional(),
      privileged: z.literal(false).optional(),
      readOnlyRootFilesystem: z.boolean().optional(),
      allowPrivilegeEscalation: z.boolean().optional(),
      capabilities: z.strictObject({ drop: z.array(z.string()).optional() }).optional(),
      seccompProfile: z.strictObject({ type: z.string() }).optional(),
    })
    .optional(),
  volumeMounts: z
    .array(z.strictObject({ name, mountPath: z.string(), readOnly: z.boolean().optional() }))
    .optional(),
  terminationMessagePath: z.string().optional(),
  terminationMessagePolicy: z.string().optional(),
});

const podSpec = z.strictObject({
  containers: z.array(container).length(1, 'one container'),
  volumes: z
    .array(
      z.strictObject({
        name,
        emptyDir: z.strictObject({ sizeLimit: quantity.optional(), medium: z.string().optional() }),
      }),
    )
    .optional(),
  restartPolicy: z.literal('Always').optional(),
  terminationGracePeriodSeconds: whole.optional(),
  enableServiceLinks: z.boolean().optional(),
  automountServiceAccountToken: z.literal(false).optional(),
  securityContext: z
    .strictObject({
      runAsNonRoot: z.boolean().optional(),
      runAsUser: whole.optional(),
      runAsGroup: whole.optional(),
      fsGroup: whole.optional(),
      seccompProfile: z.strictObject({ type: z.string() }).optional(),
    })
    .optional(),
});

export const deploymentSchema = z.strictObject({
  apiVersion: z.literal('apps/v1'),
  kind: z.literal('Deployment'),
  metadata,
  spec: z.strictObject({
    replicas: whole.optional(),
    selector,
    template: z.strictObject({ metadata: templateMetadata, spec: podSpec }),
    strategy: z
      .strictObject({
        type: z.enum(['RollingUpdate', 'Recreate']).optional(),
        rollingUpdate: z
          .strictObject({ maxSurge: share.optional(), maxUnavailable: share.optional() })
          .optional(),
      })
      .optional(),
    minReadySeconds: whole.optional(),
    progressDeadlineSeconds: whole.optional(),
    revisionHistoryLimit: whole.optional(),
    paused: z.boolean().optional(),
  }),
});

export const serviceSchema = z.strictObject({
  apiVersion: z.literal('v1'),
  kind: z.literal('Service'),
  metadata,
  spec: z.strictObject({
    type: z.enum(['ClusterIP', 'NodePort']).optional(),
    selector: label,
    ports: z
      .array(
        z.strictObject({
          name: z.string().optional(),
          port: z.int().min(1).max(65_535),
          targetPort: port.optional(),
          protocol: z.literal('TCP').optional(),
          nodePort: z.int().min(30_000).max(32_767).optional(),
          appProtocol: z.string().optional(),
        }),
      )
      .min(1),
  }),
});

export const configMapSchema = z.strictObject({
  apiVersion: z.literal('v1'),
  kind: z.literal('ConfigMap'),
  metadata,
  data: z.record(z.string(), z.string('a text: quote numbers and true/false')).optional(),
  immutable: z.boolean().optional(),
});

export const secretSchema = z.strictObject({
  apiVersion: z.literal('v1'),
  kind: z.literal('Secret'),
  metadata,
  type: z.string().optional(),
  data: z.record(z.string(), z.base64()).optional(),
  stringData: z.record(z.string(), z.string()).optional(),
  immutable: z.boolean().optional(),
});

export const autoscalerSchema = z.strictObject({
  apiVersion: z.literal('autoscaling/v1'),
  kind: z.literal('HorizontalPodAutoscaler'),
  metadata,
  spec: z.strictObject({
    scaleTargetRef: z.strictObject({
      apiVersion: z.literal('apps/v1'),
      kind: z.literal('Deployment'),
      name,
    }),
    minReplicas: z.int().min(1).optional(),
    maxReplicas: z.int().min(1),
    targetCPUUtilizationPercentage: z.int().min(1).optional(),
  }),
});

/** The kinds that a manifest may have here. */
export const SCHEMAS = {
  Deployment: deploymentSchema,
  Service: serviceSchema,
  ConfigMap: configMapSchema,
  Secret: secretSchema,
  HorizontalPodAutoscaler: autoscalerSchema,
} as const;

export type Kind = keyof typeof SCHEMAS;

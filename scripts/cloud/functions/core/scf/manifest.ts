import type { z } from 'zod';
import { fillIn, lookUp } from '../expressions.ts';
import { type Environment, type FilledIn, readManifest } from '../manifest-file.ts';
import type { FunctionSpec, Manifest } from '../manifest.ts';
import { NAME } from './limits.ts';
import { manifestSchema } from './manifest-schema.ts';

/** What a deployment is called where the file does not say. */
const STAGE = 'dev';

/** `${env:NAME}`, and `${env.NAME}` as older documents spell it. */
const ENVIRONMENT = /^env[:.](\w+)$/;

/** A function URL lets every method through. */
const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS'] as const;

/**
 * Reads the manifest that Serverless Cloud Framework deploys: one function, which its function URL reaches at
 * every path. Every fault is told with the path of its field.
 *
 * @example parseManifest(readFileSync('serverless.yml', 'utf8'), 'serverless.yml').functions[0]?.handler
 */
export function parseManifest(text: string, file: string, environment: Environment = {}): Manifest {
  const parsed = readManifest({
    text,
    file,
    cloud: NAME,
    schema: manifestSchema,
    fillIn: (source) => fillInVariables(source, environment),
  });
  const found = toFunction(parsed);
  const routes = [{ path: '/*', functionName: found.name }];
  return { functions: [found], domains: found.methods ? [{ name: 'function-url', routes }] : [] };
}

/** `${name}`, `${stage}`, `${app}`, `${env:NAME}` */
function fillInVariables(source: unknown, environment: Environment): FilledIn {
  const name = lookUp(source, ['name']);
  const own: Readonly<Record<string, unknown>> = {
    name,
    stage: lookUp(source, ['stage']) ?? STAGE,
    app: lookUp(source, ['app']) ?? name,
    org: lookUp(source, ['org']),
  };
  return fillIn(source, (expression) => {
    const variable = ENVIRONMENT.exec(expression)?.[1];
    if (variable !== undefined) return environment[variable];
    return Object.hasOwn(own, expression) ? own[expression] : undefined;
  });
}

function toFunction(manifest: z.infer<typeof manifestSchema>): FunctionSpec {
  const { name, stage = STAGE, app = name, inputs } = manifest;
  const { src } = inputs;
  return {
    id: name,
    name: inputs.name ?? `${name}-${stage}-${app}`,
    region: inputs.region,
    runtime: inputs.runtime,
    handler: inputs.handler,
    code: typeof src === 'string' ? src : src.src,
    timeout: inputs.timeout,
    memory: inputs.memorySize,
    environment: inputs.environment?.variables ?? {},
    startTimeout: inputs.initTimeout,
    ...(inputs.events.length > 0 && { methods: METHODS }),
  };
}

import type { z } from 'zod';
import { fillIn, lookUp } from '../expressions.ts';
import {
  type Environment,
  type FilledIn,
  invalidManifest,
  readManifest,
} from '../manifest-file.ts';
import type { Domain, FunctionSpec, Manifest } from '../manifest.ts';
import { NAME } from './limits.ts';
import { type domainProps, type functionProps, manifestSchema } from './manifest-schema.ts';

/** `${env('NAME', 'default')}` */
const ENVIRONMENT = /^env\(\s*['"]?(\w+)['"]?\s*(?:,\s*['"]?(.*?)['"]?\s*)?\)$/;

/**
 * Reads the manifest that Serverless Devs deploys. Every fault is told with the path of its field.
 *
 * @example parseManifest(readFileSync('s.yaml', 'utf8'), 's.yaml').functions[0]?.handler // 'index-faas.handler'
 */
export function parseManifest(text: string, file: string, environment: Environment = {}): Manifest {
  const { resources } = readManifest({
    text,
    file,
    cloud: NAME,
    schema: manifestSchema,
    fillIn: (source) => fillInVariables(source, environment),
  });
  const functions: FunctionSpec[] = [];
  const domains: Domain[] = [];
  for (const [id, resource] of Object.entries(resources)) {
    if (resource.component === 'fc3') functions.push(toFunction(id, resource.props));
    else domains.push(toDomain(resource.props));
  }
  const faults = [...unknownFunctions(resources, functions), ...twins(functions)];
  if (faults.length > 0) throw invalidManifest(file, NAME, faults);
  return { functions, domains };
}

/** `${vars.region}`, `${resources.web.props.functionName}`, `${env('NAME', 'default')}` */
function fillInVariables(source: unknown, environment: Environment): FilledIn {
  return fillIn(source, (expression) => {
    const call = ENVIRONMENT.exec(expression);
    if (call) return environment[call[1] ?? ''] ?? call[2];
    const path = expression.split('.');
    return path[0] === 'vars' || path[0] === 'resources' ? lookUp(source, path) : undefined;
  });
}

function toFunction(id: string, props: z.infer<typeof functionProps>): FunctionSpec {
  const { initializer, preStop } = props.instanceLifecycleConfig;
  const methods = props.triggers[0]?.triggerConfig.methods;
  const reserved = props.concurrencyConfig?.reservedConcurrency;
  return {
    id,
    name: props.functionName,
    region: props.region,
    runtime: props.runtime,
    handler: props.handler,
    code: props.code,
    timeout: props.timeout,
    memory: props.memorySize,
    environment: props.environmentVariables,
    ...(initializer && { initializer }),
    ...(preStop && { preStop }),
    ...(reserved !== undefined && { reserved }),
    ...(methods && { methods }),
  };
}

function toDomain(props: z.infer<typeof domainProps>): Domain {
  const routes = props.routeConfig.routes.map(({ path, functionName, methods }) => ({
    path,
    functionName,
    ...(methods && { methods }),
  }));
  return { name: props.domainName, routes };
}

type Resources = z.infer<typeof manifestSchema>['resources'];

function unknownFunctions(resources: Resources, functions: readonly FunctionSpec[]): string[] {
  const names = functions.map(({ name }) => name);
  return Object.entries(resources).flatMap(([id, resource]) =>
    resource.component === 'fc3'
      ? []
      : resource.props.routeConfig.routes.flatMap(({ functionName }, index) =>
          names.includes(functionName)
            ? []
            : [
                `resources.${id}.props.routeConfig.routes.${index}.functionName: expected one of ${names.join(', ')}, found ${JSON.stringify(functionName)}`,
              ],
        ),
  );
}

function twins(functions: readonly FunctionSpec[]): string[] {
  return functions
    .filter(({ name }, index) => functions.findIndex((other) => other.name === name) < index)
    .map(({ id, name }) => `resources.${id}.props.functionName: "${name}" is taken by another one`);
}

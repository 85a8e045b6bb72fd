import { parseDocument } from 'yaml';
import type { z } from 'zod';
import { Failure } from '../../../shared/failure.ts';
import { fillIn } from './manifest-variables.ts';
import { type domainProps, type functionProps, manifestSchema } from './manifest-schema.ts';

export interface Hook {
  readonly handler: string;
  readonly timeout: number;
}

/** A function as the manifest declares it, with the platform's defaults. Times in seconds, sizes in megabytes. */
export interface FunctionSpec {
  /** Its key among the manifest's resources; names its instances: `web`. */
  readonly id: string;
  readonly name: string;
  readonly region: string;
  readonly runtime: string;
  readonly handler: string;
  /** The folder that is uploaded, relative to the manifest. */
  readonly code: string;
  readonly timeout: number;
  readonly memory: number;
  readonly environment: Readonly<Record<string, string>>;
  readonly initializer?: Hook;
  readonly preStop?: Hook;
  /** How many instances are reserved for it; there are never more. */
  readonly reserved?: number;
  /** What its HTTP trigger lets through; undefined without one. */
  readonly methods?: readonly string[];
}

export interface Route {
  readonly path: string;
  readonly functionName: string;
  readonly methods?: readonly string[];
}

export interface Domain {
  readonly name: string;
  readonly routes: readonly Route[];
}

export interface Manifest {
  readonly functions: readonly FunctionSpec[];
  readonly domains: readonly Domain[];
}

/**
 * Reads the manifest that Serverless Devs deploys. Every fault is told with the path of its field.
 *
 * @example parseManifest(readFileSync('s.yaml', 'utf8'), 's.yaml').functions[0]?.handler // 'index-faas.handler'
 */
export function parseManifest(
  text: string,
  file: string,
  environment: Readonly<Record<string, string | undefined>> = {},
): Manifest {
  const filled = fillIn(readYaml(text, file), environment);
  if (filled.faults.length > 0) throw invalid(file, filled.faults);
  const parsed = manifestSchema.safeParse(filled.manifest, { reportInput: true });
  if (!parsed.success) throw invalid(file, parsed.error.issues.map(explain));
  const functions: FunctionSpec[] = [];
  const domains: Domain[] = [];
  for (const [id, resource] of Object.entries(parsed.data.resources)) {
    if (resource.component === 'fc3') functions.push(toFunction(id, resource.props));
    else domains.push(toDomain(resource.props));
  }
  const faults = [...unknownFunctions(parsed.data.resources, functions), ...twins(functions)];
  if (faults.length > 0) throw invalid(file, faults);
  return { functions, domains };
}

function readYaml(text: string, file: string): unknown {
  const document = parseDocument(text);
  if (document.errors.length > 0)
    throw invalid(
      file,
      document.errors.map(({ message }) => message),
    );
  return document.toJS();
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

function explain(issue: z.core.$ZodIssue): string {
  const path = issue.path.join('.') || 'the file';
  const found =
    issue.input === undefined || typeof issue.input === 'object'
      ? ''
      : `, found ${JSON.stringify(issue.input)}`;
  return `${path}: ${issue.message}${found}`;
}

function invalid(file: string, faults: readonly string[]): Failure {
  return new Failure(
    'E_MANIFEST',
    `${file} is not a manifest that the local Function Compute can run. Mend it:\n${faults.map((fault) => `  ${fault}`).join('\n')}`,
  );
}

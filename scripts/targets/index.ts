import type { Deployment } from '../cloud/shared/platform.ts';
import { EXIT, Failure } from '../shared/failure.ts';
import type { Stage } from '../stages/catalogue.ts';
import { installStage } from '../stages/install.ts';
import type { Target } from '../stages/schema.ts';
import { sweepOrphans } from '../stages/temporary.ts';
import { buildStage } from './build.ts';
import { DEFAULT_PORT } from './port.ts';
import { startServices } from './services.ts';
import type { DeployOptions, TargetDeployment, TargetOptions } from './target.ts';

export {
  type Availability,
  availabilityFor,
  availabilityOf,
  availableTargets,
  isRequired,
} from './availability.ts';
export { DEFAULT_PORT } from './port.ts';
export type { DeployOptions } from './target.ts';

type Start = (options: TargetOptions) => Promise<TargetDeployment>;

/** How each target is started; loaded when it is asked for. */
const STARTS: Partial<Record<Target, () => Promise<Start>>> = {
  process: async () => (await import('./process.ts')).deployProcess,
  fc: () => functionsOf('fc'),
  scf: () => functionsOf('scf'),
  docker: async () => (await import('./docker.ts')).deployDocker,
  kubernetes: async () => (await import('./kubernetes.ts')).deployKubernetes,
  knative: async () => (await import('./knative.ts')).deployKnative,
  cluster: async () => deployOnCluster,
};

/** A stage that runs on Knative needs one in the cluster as well. */
const deployOnCluster: Start = async (options) =>
  options.stage.targets.knative
    ? (await import('./cluster/knative.ts')).deployOnKnative(options)
    : (await import('./cluster/index.ts')).deployCluster(options);

async function functionsOf(cloud: 'fc' | 'scf'): Promise<Start> {
  const { deployFunctions } = await import('./functions.ts');
  return (options) => deployFunctions(cloud, options);
}

/**
 * Starts a stage on one of its targets and resolves when it answers; on failure nothing is left running.
 *
 * @example
 * const deployment = await deploy(findStage(readStages(), '1'), 'process', { port: 0 });
 * const response = await fetch(`${deployment.url}/api/rule`);
 * await deployment.close();
 */
export async function deploy(
  stage: Stage,
  target: Target,
  options: DeployOptions = {},
): Promise<Deployment> {
  const load = Object.hasOwn(stage.targets, target) ? STARTS[target] : undefined;
  if (!load) {
    const known = Object.keys(stage.targets).join(', ');
    throw new Failure(
      'E_TARGET_UNKNOWN',
      `stage ${stage.number} does not run on "${target}". Its targets: ${known}.`,
      EXIT.usage,
    );
  }
  const say = options.say ?? (() => undefined);
  // A run that was killed could not: its folders go with the next one.
  sweepOrphans(Date.now());
  const prepare = options.prepare ?? true;
  if (prepare) await installStage(stage.directory, say);
  const start = await load();
  const emit = options.emit ?? (() => undefined);
  const services = await startServices({
    stage,
    directory: stage.directory,
    keep: options.keep ?? false,
    own: process.env,
    ...(prepare && {
      build: (script: string, folder: string) => buildStage(stage, script, [folder], say),
    }),
    emit,
    say,
  });
  try {
    const deployment = await start({
      stage,
      port: options.port ?? DEFAULT_PORT,
      emit,
      environment: options.environment ?? {},
      services: services.environment,
      idle: options.idle,
      speed: options.speed ?? 1,
      say,
      prepare,
    });
    return {
      ...deployment,
      fetch: (path, init) =>
        path.startsWith('/') ? deployment.fetch(path, init) : services.fetch(path, init),
      interrupt: services.interrupt,
      restore: services.restore,
      async close() {
        try {
          await deployment.close();
        } finally {
          await services.close();
        }
      },
    };
  } catch (error) {
    await services.close();
    throw error;
  }
}

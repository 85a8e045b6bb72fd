import type { Stage } from '../stages/catalogue.ts';
import { TARGETS, type Target } from '../stages/schema.ts';

/** Whether this machine can run a target, and what it takes. */
export interface Availability {
  readonly target: Target;
  readonly available: boolean;
  /** What runs it, or why nothing does: `no Docker here`. */
  readonly reason: string;
  /** How to get what is missing. */
  readonly remedy?: string;
}

type Finding = Omit<Availability, 'target'>;

/** The first Node whose permission model is no longer experimental; it is the function's read-only disk. */
const LEAST_NODE = 24;

/** How each target is looked for. The local cloud's need Node alone. */
const LOOKS: Partial<Record<Target, (node: string) => Finding | Promise<Finding>>> = {
  process: (node) => onNode(node, 'one Node process'),
  fc: (node) => onNode(node, 'the local Function Compute, a Node process an instance'),
  scf: (node) => onNode(node, 'the local Serverless Cloud Function, a Node process an instance'),
  kubernetes: (node) => onNode(node, 'the local Kubernetes, a Node process a pod'),
  knative: (node) => onNode(node, 'the local Knative above the local Kubernetes'),
  docker: async () => (await import('./docker-here.ts')).findDocker(),
  cluster: async () => (await import('./cluster/here.ts')).findCluster(),
};

/**
 * Whether this machine has a target, or else why not and how to get it; undefined when nothing here runs it at all.
 *
 * @example (await availabilityOf('docker'))?.reason // 'no Docker here'
 */
export async function availabilityOf(
  target: Target,
  node: string = process.versions.node,
): Promise<Availability | undefined> {
  const look = LOOKS[target];
  if (!look) return undefined;
  const { available, reason, remedy } = await look(node);
  return { target, available, reason, ...(remedy !== undefined && { remedy }) };
}

/**
 * The same for a stage: one that runs on Knative finds a cluster without it as good as none.
 *
 * @example await availabilityFor(stage, 'cluster') // { available: false, reason: 'no Knative in kind-kind', ... }
 */
export async function availabilityFor(
  stage: Pick<Stage, 'targets'>,
  target: Target,
): Promise<Availability | undefined> {
  const found = await availabilityOf(target);
  if (!found?.available || !needsKnative(stage, target)) return found;
  const [{ existingCluster }, { findKnative }] = await Promise.all([
    import('./cluster/provide.ts'),
    import('./cluster/knative-here.ts'),
  ]);
  return { target, ...(await findKnative((await existingCluster()).name)) };
}

function needsKnative({ targets }: Pick<Stage, 'targets'>, target: Target): boolean {
  return target === 'cluster' && targets.knative !== undefined;
}

/**
 * Whether a target of a stage has to be here, so that leaving it out is a failure: CI brings its engines and says
 * so in `REQUIRE_TARGETS`. A cluster with Knative in it is called `cluster-knative` there.
 *
 * @example isRequired('docker', stage, { REQUIRE_TARGETS: 'docker,cluster' }) // true
 */
export function isRequired(
  target: Target,
  stage?: Pick<Stage, 'targets'>,
  environment: Readonly<Record<string, string | undefined>> = process.env,
): boolean {
  const name = stage && needsKnative(stage, target) ? `${target}-knative` : target;
  return environment['REQUIRE_TARGETS']?.split(',').includes(name) ?? false;
}

/**
 * What this machine has of all targets, in the order of the schema.
 *
 * @example (await availableTargets()).filter(({ available }) => available)
 */
export async function availableTargets(node?: string): Promise<Availability[]> {
  const found = await Promise.all(TARGETS.map((target) => availabilityOf(target, node)));
  return found.filter((each) => each !== undefined);
}

function onNode(node: string, reason: string): Finding {
  return Number(node.split('.')[0]) >= LEAST_NODE
    ? { available: true, reason: `${reason}, on Node ${node}` }
    : {
        available: false,
        reason: `needs Node ${LEAST_NODE}, this is ${node}`,
        remedy: 'Run it through npm ("npm run stage ..."): the course brings its own Node.',
      };
}

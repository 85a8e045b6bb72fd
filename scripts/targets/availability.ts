import type { Target } from '../stages/schema.ts';

/** Whether this machine can run a target, and what it takes. */
export interface Availability {
  readonly target: Target;
  readonly available: boolean;
  /** What runs it, or why nothing does. */
  readonly reason: string;
  /** How to get what is missing. */
  readonly remedy?: string;
}

/** The targets that run in the local cloud: Node alone is enough. */
const LOCAL: readonly { target: Target; reason: string }[] = [
  { target: 'process', reason: 'one Node process' },
  { target: 'fc', reason: 'the local Function Compute, a Node process an instance' },
];

/** The first Node whose permission model is no longer experimental; it is the function's read-only disk. */
const LEAST_NODE = 24;

/**
 * Which targets this machine has, why not the others, and how to get them.
 *
 * @example availableTargets().find(({ target }) => target === 'fc')?.available // true
 */
export function availableTargets(node: string = process.versions.node): Availability[] {
  const recent = Number(node.split('.')[0]) >= LEAST_NODE;
  return LOCAL.map(({ target, reason }) =>
    recent
      ? { target, available: true, reason: `${reason}, on Node ${node}` }
      : {
          target,
          available: false,
          reason: `needs Node ${LEAST_NODE}, this is ${node}`,
          remedy: 'Run it through npm ("npm run stage ..."): the course brings its own Node.',
        },
  );
}

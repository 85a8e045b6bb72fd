import { hostname } from 'node:os';

/** Every container and image of ours has a label that begins so. */
const LABEL = 'serverless-evolution';

export const STAGE_LABEL = `${LABEL}.stage`;
const OWNER_LABEL = `${LABEL}.owner`;
const MACHINE_LABEL = `${LABEL}.machine`;

/** Who started something: a process, and the machine that it runs on, since several may share a Docker or a cluster. */
export interface Owner {
  readonly pid: number;
  readonly machine: string;
}

/**
 * This process.
 *
 * @example thisOwner() // { pid: 4711, machine: 'laptop' }
 */
export function thisOwner(): Owner {
  // A Kubernetes label's value may hold these and no others, and ends with none of the signs.
  const machine = hostname()
    .replaceAll(/[^\w.-]/g, '-')
    .slice(0, 60);
  return { pid: process.pid, machine: machine.replaceAll(/^[^a-z0-9]+|[^a-z0-9]+$/gi, '') };
}

/**
 * The labels of something that lives no longer than its owner.
 *
 * @example ownedLabels('05-docker', { pid: 4711, machine: 'laptop' })['serverless-evolution.owner'] // '4711'
 */
export function ownedLabels(stage: string, owner: Owner): Record<string, string> {
  return {
    [STAGE_LABEL]: stage,
    [OWNER_LABEL]: String(owner.pid),
    [MACHINE_LABEL]: owner.machine,
  };
}

/** The label that everything with an owner has. */
export const OWNED = OWNER_LABEL;

/**
 * Whether something labelled belongs to a process of this machine that is gone.
 *
 * @example isForgotten({ 'serverless-evolution.owner': '4711', 'serverless-evolution.machine': 'laptop' }, 'laptop', isAlive)
 */
export function isForgotten(
  labels: Readonly<Record<string, string>>,
  machine: string,
  isAlive: (pid: number) => boolean,
): boolean {
  const pid = Number(labels[OWNER_LABEL]);
  return pid > 0 && labels[MACHINE_LABEL] === machine && !isAlive(pid);
}

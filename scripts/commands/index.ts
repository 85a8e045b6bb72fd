import type { AnyCommand } from './command.ts';

/** The command tree: a name, and the file that is loaded when it is called. */
export const COMMANDS: Readonly<Record<string, () => Promise<{ default: AnyCommand }>>> = {
  list: () => import('./list.ts'),
  run: () => import('./run.ts'),
  checkout: () => import('./checkout.ts'),
  diff: () => import('./diff.ts'),
  check: () => import('./check.ts'),
  experiment: () => import('./experiment.ts'),
  homework: () => import('./homework.ts'),
  record: () => import('./record.ts'),
  lineage: () => import('./lineage.ts'),
  propagate: () => import('./propagate.ts'),
  kubectl: () => import('./kubectl.ts'),
  kn: () => import('./kn.ts'),
  images: () => import('./images.ts'),
  doctor: () => import('./doctor.ts'),
  clean: () => import('./clean.ts'),
};

/**
 * Loads a command by name, or answers undefined.
 *
 * @example (await loadCommand('list'))?.summary
 */
export async function loadCommand(name: string): Promise<AnyCommand | undefined> {
  const load = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  return load && (await load()).default;
}

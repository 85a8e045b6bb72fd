import type { Task } from './task.ts';
import { count } from './tasks/count.ts';
import { honestHealth } from './tasks/honest-health.ts';
import { oneInTen } from './tasks/one-in-ten.ts';
import { oneTodo } from './tasks/one-todo.ts';
import { signEverybodyOut } from './tasks/sign-everybody-out.ts';
import { whichInstance } from './tasks/which-instance.ts';
import { whichPod } from './tasks/which-pod.ts';
import { whichVersion } from './tasks/which-version.ts';

/** Every homework of the course, by stage. */
export const TASKS: readonly Task[] = [
  whichInstance,
  honestHealth,
  oneTodo,
  signEverybodyOut,
  whichVersion,
  whichPod,
  oneInTen,
  count,
];

/**
 * The homework of a stage.
 *
 * @example tasksOf(3).map(({ name }) => name) // ['one-todo']
 */
export function tasksOf(stage: number): readonly Task[] {
  return TASKS.filter((task) => task.stage === stage);
}

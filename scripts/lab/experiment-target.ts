import type { Recording } from '../experiments/recording.ts';

/** What an image starts is a process here. */
const STANDS_IN: Readonly<Record<string, string>> = { docker: 'process' };

/**
 * Where an experiment runs in a tab; undefined when it asks Docker itself, which its recorded run tells.
 *
 * @example experimentTarget('docker', recording) // 'process'
 */
export function experimentTarget(
  target: string,
  recording: Pick<Recording, 'entries'> | undefined,
): string | undefined {
  const asksDocker = recording?.entries.some(({ type }) => type === 'docker') ?? false;
  return asksDocker ? undefined : (STANDS_IN[target] ?? target);
}

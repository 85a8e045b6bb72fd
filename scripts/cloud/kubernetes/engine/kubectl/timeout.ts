import { KubectlError } from '../../core/kubectl/arguments.ts';
import type { VerbContext } from './verb.ts';

const UNITS: Readonly<Record<string, number>> = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000 };

/**
 * Milliseconds of a Go duration.
 *
 * @example durationOf('1m30s') // 90_000
 */
export function durationOf(text: string): number | undefined {
  if (!/^(\d+(\.\d+)?(ms|s|m|h))+$|^0$/.test(text)) return undefined;
  let sum = 0;
  for (const [, amount = '0', unit = ''] of text.matchAll(/(\d+(?:\.\d+)?)(ms|s|m|h)/g)) {
    sum += Number(amount) * (UNITS[unit] ?? 0);
  }
  return sum;
}

/** A signal that is aborted with the command, or when `--timeout` is over; without the flag never. */
export function timeoutOf({ call, engine, io }: VerbContext): {
  signal: AbortSignal;
  clear: () => void;
} {
  const given = new AbortController();
  const end = (): void => given.abort(io.signal?.reason);
  io.signal?.addEventListener('abort', end, { once: true });
  const text = call.flags['timeout'];
  let cancel = (): void => undefined;
  if (typeof text === 'string') {
    const milliseconds = durationOf(text);
    if (milliseconds === undefined) {
      throw new KubectlError(
        `invalid argument "${text}" for "--timeout" flag: time: invalid duration "${text}"`,
      );
    }
    const giveUp = (): void => given.abort(new KubectlError('timed out waiting for the condition'));
    if (milliseconds > 0) cancel = engine.realClock.after(milliseconds, giveUp);
  }
  return {
    signal: given.signal,
    clear() {
      cancel();
      io.signal?.removeEventListener('abort', end);
    },
  };
}

import { clearTimeout, setImmediate as soon, setTimeout as later } from './timers.ts';

interface Options {
  readonly signal?: AbortSignal;
  readonly ref?: boolean;
}

/** Resolves with a value after so many milliseconds; rejects when the signal says so. */
export function setTimeout<Value>(delay = 1, value?: Value, options: Options = {}): Promise<Value> {
  return wait((resolve) => later(resolve, delay), value as Value, options);
}

/** Resolves in a later turn. */
export function setImmediate<Value>(value?: Value, options: Options = {}): Promise<Value> {
  return wait((resolve) => soon(resolve), value as Value, options);
}

function wait<Value>(
  begin: (resolve: () => void) => { unref(): unknown },
  value: Value,
  { signal, ref = true }: Options,
): Promise<Value> {
  return new Promise((resolve, reject) => {
    const aborted = (): Error =>
      Object.assign(new Error('The operation was aborted', { cause: signal?.reason }), {
        name: 'AbortError',
        code: 'ABORT_ERR',
      });
    if (signal?.aborted) return reject(aborted());
    const timer = begin(() => {
      signal?.removeEventListener('abort', abort);
      resolve(value);
    });
    const abort = (): void => {
      clearTimeout(timer);
      reject(aborted());
    };
    if (!ref) timer.unref();
    signal?.addEventListener('abort', abort, { once: true });
  });
}

export default { setTimeout, setImmediate };

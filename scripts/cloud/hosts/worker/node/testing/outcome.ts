/** What a call answered, or how it failed, in a form that two modules can be compared by. */
export type Outcome = { readonly value: unknown } | { readonly error: Record<string, unknown> };

/**
 * Calls, and tells the result or the error.
 *
 * @example outcome(() => path.join('a', '..', 'b')) // { value: 'b' }
 */
export function outcome(call: () => unknown): Outcome {
  try {
    return { value: plain(call()) };
  } catch (error) {
    return { error: described(error) };
  }
}

/** The same for what answers later. */
export async function laterOutcome(call: () => unknown): Promise<Outcome> {
  try {
    return { value: plain(await call()) };
  } catch (error) {
    return { error: described(error) };
  }
}

/** All that a program reads of an error. */
export function described(error: unknown): Record<string, unknown> {
  const { name, message, code, errno, syscall, path, dest } = error as NodeJS.ErrnoException & {
    dest?: string;
  };
  const all = { name, message, code, errno, syscall, path, dest };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));
}

/** Bytes as text: two Buffers of different making are equal when their bytes are. */
function plain(value: unknown): unknown {
  if (value instanceof Uint8Array) return `bytes ${[...value].join(' ')}`;
  return value;
}

/** An error as Node's HTTP modules throw it: the code in the name on the stack, and as a property. */
export function codedError(
  Type: new (message: string) => Error,
  code: string,
  message: string,
): Error & { code: string } {
  return Object.assign(new Type(message), { code });
}

/** What a message says that broke off half-way. */
export const aborted = (): Error => codedError(Error, 'ECONNRESET', 'aborted');

/** What a connection says that ended without an answer. */
export const hangUp = (): Error => codedError(Error, 'ECONNRESET', 'socket hang up');

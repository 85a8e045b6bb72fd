/** An error as Node's HTTP modules throw it: the code in the name on the stack, and as a property. */
export function codedError(
  Type: new (message: string) => Error,
  code: string,
  message: string,
): Error & { code: string } {
  return Object.assign(new Type(message), { code });
}

/** What a connection that broke off says. */
export const hangUp = (): Error => codedError(Error, 'ECONNRESET', 'socket hang up');

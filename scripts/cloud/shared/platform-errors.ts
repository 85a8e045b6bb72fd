/**
 * What a platform says when it is asked about an instance that it does not have.
 *
 * @example throw unknownInstance('web-9');
 */
export function unknownInstance(id: string): Error {
  return new Error(`no instance is called "${id}"; instances() names them`);
}

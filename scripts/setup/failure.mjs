/**
 * What stops the set-up: scripts/shared/failure.ts in plain JavaScript, since TypeScript cannot be
 * read before the set-up is done.
 *
 * @example throw new SetupFailure('E_SETUP_SCRIPT', 'no script is called "serv.ts". See package.json.', 64);
 */
export class SetupFailure extends Error {
  /**
   * @param {string} code
   * @param {string} message
   * @param {number} [exitCode]
   */
  constructor(code, message, exitCode = 1) {
    super(message);
    this.name = 'SetupFailure';
    this.code = code;
    this.exitCode = exitCode;
  }
}

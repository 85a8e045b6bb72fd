/** Exit codes are a contract: scripts that call ours rely on them. */
export const EXIT = { fine: 0, checkFailed: 1, usage: 64, bug: 70 } as const;

/**
 * An error that a person can act on: what was expected, what was found, what to do next.
 *
 * @example
 * throw new Failure('E_STAGE_UNKNOWN', 'no stage is called "9". Stages: 1, 2. See "npm run stage list".', EXIT.usage);
 */
export class Failure extends Error {
  readonly code: string;
  readonly exitCode: number;

  constructor(
    code: string,
    message: string,
    exitCode: number = EXIT.checkFailed,
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = 'Failure';
    this.code = code;
    this.exitCode = exitCode;
  }
}

/** What a client saw of an error. */
export interface Seen {
  readonly status: number;
  readonly code: string;
  readonly message: string | undefined;
}

/** An Error message whose bytes were taken for a text: tags, lengths (above 127 two bytes), code, message. */
const BODY = /^.{2}(OTS[A-Za-z]+).(?:\ufffd.|.)(.*)$/s;

/**
 * The error that a call of the SDK fails with: it gives the status as `code`, and the body as a text
 * with the request's id behind it.
 *
 * @example expect(await failure(client.getRow(…))).toEqual({ status: 404, code: 'OTSObjectNotExist', message: … })
 */
export async function failure(call: Promise<unknown>): Promise<Seen> {
  const error = await call.then(
    () => new Error('the call did not fail'),
    (reason: unknown) => reason as Error,
  );
  const [body = ''] = error.message.split(' requestId:');
  const [, code, message] = BODY.exec(body) ?? [];
  if (!('code' in error) || typeof error.code !== 'number' || code === undefined) throw error;
  return { status: error.code, code, message };
}

/** A 400 with this message. */
export const invalid = (message: string): Seen => ({
  status: 400,
  code: 'OTSParameterInvalid',
  message,
});

/** A 403 because a condition does not hold. */
export const conditionFailed: Seen = {
  status: 403,
  code: 'OTSConditionCheckFail',
  message: 'Condition check failed.',
};

export const noSuchTable: Seen = {
  status: 404,
  code: 'OTSObjectNotExist',
  message: 'Requested table does not exist.',
};

/** A step that does not hold: what was expected, and what the copy did instead. */
export class Unmet extends Error {}

/**
 * Fails a step unless the condition holds.
 *
 * @example expectThat(status === 404, `GET /api/rule/x: expected 404, found ${status}`);
 */
export function expectThat(condition: boolean, otherwise: string): asserts condition {
  if (!condition) throw new Unmet(otherwise);
}

/**
 * Fails a step unless the answer has this status.
 *
 * @example expectStatus('GET /healthz', await deployment.fetch('/healthz'), 503);
 */
export function expectStatus(what: string, { status }: Response, expected: number): void {
  expectThat(status === expected, `${what}: expected status ${expected}, found ${status}`);
}

/** The JSON object of an answer; fails the step when it is none. */
export async function objectOf(what: string, response: Response): Promise<Record<string, unknown>> {
  const text = await response.text();
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null) return value as Record<string, unknown>;
  } catch {
    // Said below.
  }
  throw new Unmet(`${what}: expected a JSON object, found ${text.slice(0, 120)}`);
}

/** A request with a JSON body. */
export function json(
  method: string,
  body: object,
  headers: Readonly<Record<string, string>> = {},
): RequestInit {
  return {
    method,
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  };
}

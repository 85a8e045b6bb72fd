/**
 * A request's id as Function Compute writes it: `1-`, the time in seconds and chance, in hexadecimal.
 *
 * @example createRequestId(Date.UTC(2026, 0, 1)) // '1-6955b900-3f9a0c1d2e4b'
 */
export function createRequestId(now: number): string {
  const chance = crypto.getRandomValues(new Uint8Array(6));
  const hexadecimal = Array.from(chance, (byte) => byte.toString(16).padStart(2, '0')).join('');
  return `1-${Math.floor(now / 1000).toString(16)}-${hexadecimal}`;
}

import type { Cloud } from '../core/cloud.ts';

const CHANCE_BYTES = 16;

/**
 * A request's id as a cloud writes it.
 *
 * @example createRequestId(FC, Date.UTC(2026, 0, 1)) // '1-6955b900-3f9a0c1d2e4b'
 */
export function createRequestId(cloud: Cloud, now: number): string {
  return cloud.requestId(now, crypto.getRandomValues(new Uint8Array(CHANCE_BYTES)));
}

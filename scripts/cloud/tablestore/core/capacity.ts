import { BYTES_PER_CAPACITY_UNIT } from './limits.ts';
import type { Capacity } from './messages.ts';
import type { Message } from './protobuf.ts';

/**
 * What an operation consumed: a unit for every 4 KB begun, one at least.
 *
 * @example consumed({ read: 5000 }) // { capacityUnit: { read: 2, write: 0 } }
 */
export function consumed(bytes: {
  readonly read?: number;
  readonly write?: number;
}): Message<typeof Capacity> {
  return { capacityUnit: { read: units(bytes.read), write: units(bytes.write) } };
}

function units(bytes: number | undefined): number {
  return bytes === undefined ? 0 : Math.max(1, Math.ceil(bytes / BYTES_PER_CAPACITY_UNIT));
}

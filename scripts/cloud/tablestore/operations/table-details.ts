import type { ReservedThroughputDetails } from '../core/messages.ts';
import type { Message } from '../core/protobuf.ts';
import type { Description } from '../core/table.ts';

/**
 * What DescribeTable and UpdateTable say of a table's throughput.
 *
 * @example throughputDetails(table.description)
 */
export function throughputDetails({
  throughput,
  throughputChanged,
}: Description): Message<typeof ReservedThroughputDetails> {
  return { capacityUnit: throughput, lastIncreaseTime: throughputChanged };
}

import { type ClusterEvent, millisecondsOf, nameOf } from '../objects.ts';

/**
 * Joins events that say the same of the same object, as Kubernetes' recorder does while it writes them: one
 * with a count, and with the times of the first and the last. Ordered by when each was last seen.
 *
 * @example aggregate([backOff, backOffAgain])[0]?.count // 2
 */
export function aggregate(events: readonly ClusterEvent[]): ClusterEvent[] {
  const joined = new Map<string, ClusterEvent>();
  for (const event of events.toSorted((a, b) => lastSeen(a) - lastSeen(b))) {
    const { involvedObject, source, type, reason, message } = event;
    const key = JSON.stringify([
      involvedObject?.uid ?? nameOf(involvedObjectOf(event)),
      source,
      type,
      reason,
      message,
    ]);
    const known = joined.get(key);
    joined.delete(key);
    joined.set(
      key,
      known
        ? {
            ...known,
            count: (known.count ?? 1) + (event.count ?? 1),
            lastTimestamp: event.lastTimestamp ?? event.eventTime ?? null,
          }
        : event,
    );
  }
  return [...joined.values()];
}

/** Milliseconds of an event's last time. */
export function lastSeen(event: ClusterEvent): number {
  return (
    millisecondsOf(event.lastTimestamp) ??
    millisecondsOf(event.eventTime) ??
    millisecondsOf(event.metadata?.creationTimestamp) ??
    0
  );
}

function involvedObjectOf({ involvedObject }: ClusterEvent): { metadata: { name: string } } {
  return { metadata: { name: `${involvedObject?.kind}/${involvedObject?.name}` } };
}

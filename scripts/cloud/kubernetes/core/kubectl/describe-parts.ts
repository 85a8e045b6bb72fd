import { type ClusterEvent, millisecondsOf, type Time } from '../objects.ts';
import { age } from './age.ts';
import { aggregate, lastSeen } from './aggregate.ts';
import type { Row } from './columns.ts';

/**
 * A time as `kubectl describe` writes it (RFC 1123 with the zone as a number).
 *
 * @example longTime('2026-11-25T22:46:16Z') // 'Wed, 25 Nov 2026 22:46:16 +0000'
 */
export function longTime(time: Time | undefined): string {
  const milliseconds = millisecondsOf(time);
  return milliseconds === undefined
    ? '<unknown>'
    : new Date(milliseconds).toUTCString().replace('GMT', '+0000');
}

/** A map below its title: the first pair beside it, the others below. */
export function mapRows(
  title: string,
  map: Readonly<Record<string, string>> | undefined,
  separator = '=',
): Row[] {
  const pairs = Object.entries(map ?? {})
    // What kubectl itself keeps there is not shown.
    .filter(([key]) => key !== 'kubectl.kubernetes.io/last-applied-configuration')
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, value]) => `${key}${separator}${value}`);
  if (pairs.length === 0) return [[title, '<none>']];
  return pairs.map((pair, index) => [index === 0 ? title : '', pair]);
}

/** The events about an object, at the end of its description. */
export function eventRows(events: readonly ClusterEvent[], now: number): Row[] {
  const joined = aggregate(events);
  if (joined.length === 0) return [['Events:', '<none>']];
  return [
    ['Events:'],
    ['  Type', 'Reason', 'Age', 'From', 'Message'],
    ['  ----', '------', '----', '----', '-------'],
    ...joined.map((event): Row => [
      `  ${event.type ?? ''}`,
      event.reason ?? '',
      interval(event, now),
      event.source?.component || event.reportingComponent || '',
      (event.message ?? '').trim(),
    ]),
  ];
}

/** `12s`, or `3s (x4 over 40s)` for one that came more than once. */
function interval(event: ClusterEvent, now: number): string {
  const last = age(now - lastSeen(event));
  const { count = 1 } = event;
  if (count < 2) return last;
  const first = age(now - (millisecondsOf(event.firstTimestamp) ?? lastSeen(event)));
  return `${last} (x${count} over ${first})`;
}

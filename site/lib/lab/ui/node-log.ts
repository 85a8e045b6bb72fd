import type { History, RequestRecord } from './history.ts';
import type { StageMap } from './stage-map.ts';

/** What a part of the diagram has logged, or a request that it has seen. */
export interface NodeLine {
  readonly at: number;
  readonly stream: string;
  readonly text: string;
}

/**
 * The last lines of a part's log, oldest first: the requests that came by, and what the instances that
 * stand there have written.
 *
 * @example nodeLog('cdn', history, map.place, 5) // [{ text: 'hit /index-1A2B3C4D.js', ... }]
 */
export function nodeLog(
  node: string,
  { instances, log, requests }: Pick<History, 'instances' | 'log' | 'requests'>,
  place: StageMap['place'],
  count: number,
): NodeLine[] {
  const written = [...log].filter(
    ({ instance }) =>
      instance !== undefined && place(instance, instances.get(instance)?.service) === node,
  );
  const seen = [...requests].filter(({ route }) => route.includes(node)).slice(-count);
  return [...written.slice(-count), ...seen.map(lineOf)]
    .toSorted((one, other) => one.at - other.at)
    .slice(-count);
}

function lineOf({ method, path, sentAt, end }: RequestRecord): NodeLine {
  const asked = `${method} ${path}`;
  if (!end) return { at: sentAt, stream: 'request', text: `${asked} …` };
  const { at, status } = end;
  const isGood = status !== undefined && status < 400;
  return {
    ...{ at, stream: isGood ? 'request' : 'stderr' },
    text: `${asked} ${status ?? '✗'} ${(at - sentAt).toFixed(1)} ms`,
  };
}

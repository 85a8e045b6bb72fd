import type { PlatformEvent, StopReason } from '../../../../scripts/cloud/shared/events.ts';
import type { StageMap } from './stage-map.ts';

/** What a control plane says to others, by the names of its parts on the diagram. */
const OPERATOR = ['operator', 'api'];
const SCALES = ['autoscaler', 'deployment'];
const KEEPS = ['deployment', 'kubelet'];
/** Other ends are the program's own, or a person's. */
const ENDED_BY_IT: readonly StopReason[] = ['deleted', 'unhealthy'];

/**
 * Along which parts of the diagram a control plane has just acted; undefined when it has not, or the diagram does
 * not show it.
 *
 * @example signalOf({ at: 0, type: 'scaled', service: 'todo', from: 3, to: 5, reason: '' }, map) // ['autoscaler', 'deployment']
 */
export function signalOf(event: PlatformEvent, map: StageMap): readonly string[] | undefined {
  if (event.type === 'scaled') return shown(SCALES, map);
  const isKept =
    event.type === 'instance-starting' ||
    (event.type === 'instance-stopped' && ENDED_BY_IT.includes(event.reason));
  return isKept ? shown([...KEEPS, map.entry(event.service) ?? ''], map) : undefined;
}

/**
 * The same for a line that a reader gives to the cluster.
 *
 * @example commandSignal(map) // ['operator', 'api']
 */
export function commandSignal(map: StageMap): readonly string[] | undefined {
  return shown(OPERATOR, map);
}

function shown(route: readonly string[], { used }: StageMap): readonly string[] | undefined {
  return route.every((node) => used.has(node)) ? route : undefined;
}

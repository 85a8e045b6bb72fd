import type { PlatformEvent, StopReason } from '../../../../scripts/cloud/shared/events.ts';
import type { StageMap } from './stage-map.ts';

/** What a control plane says to others, by the names of its parts on the diagram; the first way that is drawn counts. */
const OPERATOR = [['operator', 'api']];
const SCALES = [['autoscaler', 'deployment']];
const KEEPS = [['deployment', 'kubelet'], ['autoscaler']];
const WAITS = [['activator', 'autoscaler']];
const ROUTES = [['controller', 'ingress']];
const REVISES = [['api', 'controller']];
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
  if (event.type === 'request-held') return shown(WAITS, map);
  if (event.type === 'traffic-changed') return shown(ROUTES, map);
  if (event.type === 'revision-changed') return shown(REVISES, map);
  const isKept =
    event.type === 'instance-starting' ||
    (event.type === 'instance-stopped' && ENDED_BY_IT.includes(event.reason));
  if (!isKept) return undefined;
  const entry = map.entry(event.service) ?? '';
  return shown(
    KEEPS.map((route) => [...route, entry]),
    map,
  );
}

/**
 * The same for a line that a reader gives to the cluster.
 *
 * @example commandSignal(map) // ['operator', 'api']
 */
export function commandSignal(map: StageMap): readonly string[] | undefined {
  return shown(OPERATOR, map);
}

function shown(
  routes: readonly (readonly string[])[],
  { used }: StageMap,
): readonly string[] | undefined {
  return routes.find((route) => route.every((node) => used.has(node)));
}

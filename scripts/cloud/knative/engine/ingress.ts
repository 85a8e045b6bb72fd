import { CLUSTER_LOCAL, VISIBILITY } from '../core/check-service.ts';
import type { Metadata } from '../core/resources.ts';
import { type AssignedTarget, pick } from '../core/traffic.ts';

/** A Route as the ingress needs to know it. */
export interface Routable {
  readonly metadata: Metadata;
  readonly hosts: readonly { readonly host: string; readonly tag: string | undefined }[];
  readonly clusterHosts: readonly { readonly host: string; readonly tag: string | undefined }[];
  readonly targets: readonly AssignedTarget[];
}

/**
 * The revision for a request, by its host; the host `localhost` is that of one public Route, since a laptop
 * has no other.
 *
 * @example findRoute(routes, { host: 'v2-user.default.example.com', from: 'outside', chance: 0.3 })
 */
export function findRoute(
  routes: readonly Routable[],
  request: {
    readonly host: string;
    readonly from: 'outside' | 'inside';
    readonly chance: number;
    /** The Service that is meant by this machine's own name. */
    readonly front?: string | undefined;
  },
): { readonly revision: string } | 'none' {
  const { host, from, chance, front } = request;
  for (const route of routes) {
    const hosts = [
      ...(isPublic(route) ? route.hosts : []),
      ...(from === 'inside' ? route.clusterHosts : []),
    ];
    const found = hosts.find((each) => each.host === host);
    if (found) return targetOf(route, found.tag, chance);
  }
  const first = frontOf(routes, front);
  const isPlain = host === 'localhost' || host === '127.0.0.1' || host === '[::1]';
  return first && from === 'outside' && isPlain ? targetOf(first, undefined, chance) : 'none';
}

function isPublic({ metadata }: Routable): boolean {
  return metadata.labels[VISIBILITY] !== CLUSTER_LOCAL;
}

/**
 * The Route that stands for this machine's own name: the one that is asked for, else the first that is public.
 *
 * @example frontOf(routes, 'myapp')?.hosts[0]?.host // 'myapp.default.localhost'
 */
export function frontOf(routes: readonly Routable[], front?: string): Routable | undefined {
  const found = routes.filter(isPublic);
  return found.find(({ metadata }) => metadata.name === front) ?? found[0];
}

function targetOf(
  { targets }: Routable,
  tag: string | undefined,
  chance: number,
): { readonly revision: string } | 'none' {
  const revision = pick(targets, tag, chance);
  return revision === undefined ? 'none' : { revision };
}

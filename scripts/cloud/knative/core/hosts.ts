import { CLUSTER_LOCAL, VISIBILITY } from './check-service.ts';
import type { Metadata } from './resources.ts';

export const CLUSTER_DOMAIN = 'svc.cluster.local';

/**
 * The host of a Route, or of one of its tags. One that is cluster-local has a name inside the cluster alone.
 *
 * @example hostOf({ name: 'user', namespace: 'default', labels: {} }, '127.0.0.1.sslip.io', 'v2') // 'v2-user.default.127.0.0.1.sslip.io'
 */
export function hostOf(
  { name, namespace, labels }: Pick<Metadata, 'name' | 'namespace' | 'labels'>,
  domain: string,
  tag?: string,
): string {
  const first = tag === undefined ? name : `${tag}-${name}`;
  const isLocal = labels[VISIBILITY] === CLUSTER_LOCAL;
  return `${first}.${namespace}.${isLocal ? CLUSTER_DOMAIN : domain}`;
}

/**
 * Every name by which a Route, or one of its tags, is called inside the cluster.
 *
 * @example clusterHostsOf({ name: 'rule', namespace: 'default' }) // ['rule.default.svc.cluster.local', 'rule.default.svc', 'rule.default', 'rule']
 */
export function clusterHostsOf(
  { name, namespace }: Pick<Metadata, 'name' | 'namespace'>,
  tag?: string,
): string[] {
  const first = tag === undefined ? name : `${tag}-${name}`;
  return [
    `${first}.${namespace}.${CLUSTER_DOMAIN}`,
    `${first}.${namespace}.svc`,
    `${first}.${namespace}`,
    first,
  ];
}

import type { AssignedTarget } from '../traffic.ts';
import { age } from './age.ts';
import { conditionCells, table } from './table.ts';
import type { RevisionView, RouteView, ServiceView } from './views.ts';

/**
 * `kn service list`.
 *
 * @example serviceList(services, now).join('\n')
 */
export function serviceList(services: readonly ServiceView[], now: number): string[] {
  if (services.length === 0) return ['No services found.'];
  const rows = byName(services).map(({ name, url, latestCreated, created, conditions }) => [
    name,
    url,
    latestCreated,
    age(now - created),
    ...conditionCells(conditions),
  ]);
  return table(['Name', 'URL', 'Latest', 'Age', 'Conditions', 'Ready', 'Reason'], rows);
}

/**
 * `kn revision list`: by service, the newest first, with the shares and tags that its service's traffic gives it.
 *
 * @example revisionList(revisions, services, now).join('\n')
 */
export function revisionList(
  revisions: readonly RevisionView[],
  services: readonly Pick<ServiceView, 'name' | 'traffic'>[],
  now: number,
): string[] {
  if (revisions.length === 0) return ['No revisions found.'];
  const sorted = revisions.toSorted(
    (a, b) => compare(a.service, b.service) || b.generation - a.generation,
  );
  const rows = sorted.map(({ name, service, generation, created, conditions }) => {
    const traffic = services.find((each) => each.name === service)?.traffic ?? [];
    const { percent, tags } = shareOf(traffic, name);
    return [
      name,
      service,
      percent === 0 ? '' : `${percent}%`,
      tags.join(','),
      String(generation),
      age(now - created),
      ...conditionCells(conditions),
    ];
  });
  const heads = ['Name', 'Service', 'Traffic', 'Tags', 'Generation', 'Age'];
  return table([...heads, 'Conditions', 'Ready', 'Reason'], rows);
}

/**
 * `kn route list`.
 *
 * @example routeList(routes).join('\n')
 */
export function routeList(routes: readonly RouteView[]): string[] {
  if (routes.length === 0) return ['No routes found.'];
  const rows = byName(routes).map(({ name, url, conditions }) => [
    name,
    url,
    conditionCells(conditions)[1],
  ]);
  return table(['Name', 'URL', 'Ready'], rows);
}

function shareOf(
  traffic: readonly AssignedTarget[],
  revision: string,
): { percent: number; tags: string[] } {
  const targets = traffic.filter(({ revisionName }) => revisionName === revision);
  return {
    percent: targets.reduce((sum, { percent = 0 }) => sum + percent, 0),
    tags: targets.flatMap(({ tag }) => (tag === undefined ? [] : [tag])),
  };
}

function byName<View extends { readonly name: string }>(views: readonly View[]): View[] {
  return views.toSorted((a, b) => compare(a.name, b.name));
}

/** By code points, as Go compares. */
function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}

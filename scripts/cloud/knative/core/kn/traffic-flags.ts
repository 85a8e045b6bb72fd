import type { TrafficTarget } from '../resources.ts';
import { KnError } from './arguments.ts';

/** Stands for the latest revision that is ready. */
const LATEST = '@latest';

export interface TrafficFlags {
  /** `user-v1=50`; the left side may be a tag. */
  readonly traffic: readonly string[];
  /** `user-v1=stable` */
  readonly tag: readonly string[];
  readonly untag: readonly string[];
}

/**
 * The traffic that `kn service update` makes of the one before: tags first, then shares. Who is not named loses
 * its share, and who has neither share nor tag any more goes.
 *
 * @example trafficAfter(targets, { traffic: ['user-v2=100'], tag: [], untag: [] }, 'user')
 */
export function trafficAfter(
  targets: readonly TrafficTarget[],
  flags: TrafficFlags,
  service: string,
): TrafficTarget[] {
  let after = targets.map((target) => ({ ...target }));
  for (const tag of flags.untag) {
    if (!after.some((target) => target.tag === tag)) {
      throw new KnError(`Tag(s) ${tag} not present for any revisions of service ${service}`);
    }
    after = after.map((target) => (target.tag === tag ? without(target, 'tag') : target));
  }
  for (const [reference, tag] of pairsOf(flags.tag)) after = tagged(after, reference, tag);
  if (flags.traffic.length > 0) after = shared(after, pairsOf(flags.traffic));
  return after.filter(({ percent, tag }) => (percent ?? 0) > 0 || tag !== undefined);
}

function tagged(
  targets: readonly TrafficTarget[],
  reference: string,
  tag: string,
): TrafficTarget[] {
  const holder = targets.find((target) => target.tag === tag);
  if (holder) {
    if (isFor(holder, reference)) return [...targets];
    throw new KnError(
      `refusing to overwrite existing tag in service, add flag '--untag ${tag}' in command to untag it`,
    );
  }
  const index = targets.findIndex((target) => isFor(target, reference) && target.tag === undefined);
  if (index < 0) return [...targets, { ...targetFor(reference), tag }];
  return targets.map((target, each) => (each === index ? { ...target, tag } : target));
}

function shared(
  targets: readonly TrafficTarget[],
  shares: readonly (readonly [string, string])[],
): TrafficTarget[] {
  const seen = new Set<string>();
  let sum = 0;
  let after: TrafficTarget[] = targets.map((target) => without(target, 'percent'));
  for (const [reference, text] of shares) {
    if (seen.has(reference)) {
      throw new KnError(
        `repetition of revision reference ${reference} is not allowed, use only once with --traffic flag`,
      );
    }
    seen.add(reference);
    const percent = percentOf(text);
    sum += percent;
    after = withShare(after, reference, percent);
  }
  if (sum !== 100) throw new KnError(`given traffic percents sum to ${sum}, want 100`);
  return after;
}

function withShare(
  targets: readonly TrafficTarget[],
  reference: string,
  percent: number,
): TrafficTarget[] {
  const byTag = targets.findIndex((target) => target.tag === reference);
  const index = byTag >= 0 ? byTag : targets.findIndex((target) => isFor(target, reference));
  if (index < 0) return [...targets, { ...targetFor(reference), percent }];
  return targets.map((target, each) => (each === index ? { ...target, percent } : target));
}

function isFor(target: TrafficTarget, reference: string): boolean {
  return reference === LATEST ? target.latestRevision : target.revisionName === reference;
}

function targetFor(reference: string): TrafficTarget {
  return reference === LATEST
    ? { latestRevision: true }
    : { revisionName: reference, latestRevision: false };
}

function without(target: TrafficTarget, field: 'tag' | 'percent'): TrafficTarget {
  const { [field]: _, ...rest } = target;
  return rest;
}

function pairsOf(values: readonly string[]): [string, string][] {
  return values.map((value) => {
    const [left = '', right = '', ...more] = value.split('=');
    if (left === '' || right === '' || more.length > 0) {
      throw new KnError(`expecting the value format in value1=value2, given ${value}`);
    }
    return [left, right];
  });
}

function percentOf(text: string): number {
  const number = /^[+-]?\d+%?$/.test(text) ? Number.parseInt(text, 10) : Number.NaN;
  if (Number.isNaN(number)) {
    throw new KnError(`error converting given ${text} to integer value for traffic distribution`);
  }
  if (number < 0 || number > 100) {
    throw new KnError(`invalid value for traffic percent ${number}, expected 0 <= percent <= 100`);
  }
  return number;
}

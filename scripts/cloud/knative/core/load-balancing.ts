/** A ready pod as an activator sees it. */
export interface PodLoad {
  readonly id: string;
  /** Requests that the activator has sent to it and that are not answered. */
  readonly inFlight: number;
}

/** Picks the pod for a request, or none when all are full. Chance is a number from 0 up to 1. */
export type Policy = (pods: readonly PodLoad[], random: () => number) => string | undefined;

/**
 * How an activator spreads a revision's requests, by how many a pod takes at once: without a limit the less
 * loaded of two random pods, up to 3 the first pod with a free slot, from 4 on one after the other.
 *
 * @example policyFor(0)([{ id: 'a', inFlight: 3 }, { id: 'b', inFlight: 1 }], Math.random) // 'b'
 */
export function policyFor(containerConcurrency: number): Policy {
  if (containerConcurrency === 0) return lessLoadedOfTwo;
  const isFree = ({ inFlight }: PodLoad): boolean => inFlight < containerConcurrency;
  return containerConcurrency <= 3 ? (pods) => pods.find(isFree)?.id : roundRobin(isFree);
}

function lessLoadedOfTwo(pods: readonly PodLoad[], random: () => number): string | undefined {
  if (pods.length < 2) return pods[0]?.id;
  const first = Math.floor(random() * pods.length);
  const among = Math.floor(random() * (pods.length - 1));
  const one = pods[first];
  const other = pods[among >= first ? among + 1 : among];
  if (!one || !other) return undefined;
  if (one.inFlight === other.inFlight) return random() < 0.5 ? one.id : other.id;
  return one.inFlight < other.inFlight ? one.id : other.id;
}

function roundRobin(isFree: (pod: PodLoad) => boolean): Policy {
  let next = 0;
  return (pods) => {
    if (next >= pods.length) next = 0;
    for (let step = 0; step < pods.length; step += 1) {
      const index = (next + step) % pods.length;
      const pod = pods[index];
      if (!pod || !isFree(pod)) continue;
      next = index + 1;
      return pod.id;
    }
    return undefined;
  };
}

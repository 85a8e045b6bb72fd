/** What happens to revisions that come and go with their requests; part of `PlatformChange`. */
export type RevisionChange =
  /** No instance has a free slot for it: it is held, with so many others. */
  | { type: 'request-held'; request: string; revision: string; waiting: number }
  /** What the autoscaler saw in a tick and how many instances there should be. */
  | {
      type: 'autoscaled';
      revision: string;
      /** Averages of the metric over the long and the short window. */
      stable: number;
      panic: number;
      target: number;
      ready: number;
      desired: number;
      isPanic: boolean;
      excessBurstCapacity: number;
    }
  /** Whether requests go through the activator from now on. */
  | { type: 'path-changed'; revision: string; activator: boolean }
  | {
      type: 'revision-changed';
      service: string;
      revision: string;
      ready: 'True' | 'False' | 'Unknown';
      reason?: string;
      message?: string;
    }
  /** Who gets which share of a service's requests from now on. */
  | {
      type: 'traffic-changed';
      service: string;
      targets: readonly { revision: string; percent: number; tag?: string }[];
    };

import type { LogLine } from '../../shared/instance.ts';

/** How many lines of a container are kept; a kubelet keeps 10 MB. */
export const KEPT_LINES = 2_000;

/** A line and when it was written, in milliseconds of real time. */
export interface KeptLine extends LogLine {
  readonly at: number;
}

/** The output of one run of a container. */
export interface ContainerLog {
  readonly lines: readonly KeptLine[];
  write(line: KeptLine): void;
  /** Hears every line that comes; the answer ends it. */
  follow(hear: (line: KeptLine) => void): () => void;
  /** No more lines come. */
  end(): void;
  readonly ended: Promise<void>;
}

/**
 * Keeps the last lines of a container.
 *
 * @example
 * const log = createContainerLog();
 * log.write({ at: 0, stream: 'stdout', text: 'listening' });
 */
export function createContainerLog(): ContainerLog {
  const lines: KeptLine[] = [];
  const followers = new Set<(line: KeptLine) => void>();
  const { promise: ended, resolve: end } = Promise.withResolvers<void>();
  return {
    lines,
    ended,
    end,
    write(line) {
      lines.push(line);
      if (lines.length > KEPT_LINES) lines.shift();
      for (const hear of followers) hear(line);
    },
    follow(hear) {
      followers.add(hear);
      return () => followers.delete(hear);
    },
  };
}

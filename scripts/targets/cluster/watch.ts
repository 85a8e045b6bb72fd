import type { ChildProcess } from 'node:child_process';
import { createLines } from '../../cloud/hosts/node/lines.ts';
import type { PlatformChange } from '../../cloud/shared/events.ts';
import type { SkippableClock } from '../../cloud/shared/skippable-clock.ts';
import type { Kubectl } from './kubectl.ts';
import { isRunning, type Pod, podChanges } from './pods.ts';

const RESUME_MS = 500;

interface WatchEvent {
  readonly type: 'ADDED' | 'MODIFIED' | 'DELETED';
  readonly object: Pod;
}

/** The pods of a namespace, kept up to date. */
export interface PodWatch {
  pods(): readonly Pod[];
  close(): void;
}

export interface WatchOptions {
  readonly kubectl: Kubectl;
  readonly clock: SkippableClock;
  /** What a pod is an instance of: `todo`. */
  serviceOf(pod: Pod): string;
  tell(change: PlatformChange): void;
}

/**
 * Follows the pods of a namespace and their logs, and tells what happens to them.
 *
 * @example const watch = watchPods({ kubectl, clock, serviceOf: () => 'todo', tell });
 */
export function watchPods({ kubectl, clock, serviceOf, tell }: WatchOptions): PodWatch {
  const known = new Map<string, { pod: Pod; seen: number }>();
  const followers = new Map<string, ChildProcess>();
  let closed = false;
  let watching: ChildProcess;

  const follow = (pod: Pod): void => {
    const { name } = pod.metadata;
    if (followers.has(name) || !isRunning(pod)) return;
    const child = kubectl.start(['logs', '--follow', '--pod-running-timeout=10s', name]);
    followers.set(name, child);
    const lines = createLines((text) =>
      tell({ type: 'log', instance: name, stream: 'stdout', text }),
    );
    child.stdout?.setEncoding('utf8').on('data', lines.write).once('end', lines.end);
    // A container that is started again has a log of its own.
    child.once('error', () => undefined).once('close', () => followers.delete(name));
  };

  const see = ({ type, object }: WatchEvent): void => {
    const { name } = object.metadata;
    const before = known.get(name);
    const seen = before?.seen ?? clock.now();
    const now = type === 'DELETED' ? undefined : object;
    if (now) known.set(name, { pod: now, seen });
    else known.delete(name);
    const last = type === 'DELETED' ? object : before?.pod;
    for (const change of podChanges(last, now, serviceOf(object), clock.now() - seen)) tell(change);
    if (now) follow(now);
  };

  const start = (): void => {
    watching = kubectl.start([
      ...['get', 'pods', '--watch', '--output-watch-events', '--output', 'json'],
    ]);
    // kubectl prints each event on a line of its own.
    const lines = createLines((line) => see(JSON.parse(line) as WatchEvent));
    watching.stdout?.setEncoding('utf8').on('data', lines.write);
    watching
      .once('error', () => undefined)
      .once('close', () => {
        // The API server ends a watch after a while, which is no end of the pods.
        if (!closed) clock.after(RESUME_MS, () => closed || start());
      });
  };
  start();

  return {
    pods: () => [...known.values()].map(({ pod }) => pod),
    close() {
      closed = true;
      watching.kill();
      for (const child of followers.values()) child.kill();
    },
  };
}

import { whenNpmIsGone } from '../setup/npm-watch.mjs';

/** A person's or a machine's wish to end; `disconnect` comes when the process that started this one is gone. */
const ENDINGS = ['SIGINT', 'SIGTERM', 'SIGHUP', 'disconnect'] as const;

/** One Ctrl-C can arrive twice: from the terminal, and from a parent that passes it on. */
const SAME_WISH_MILLISECONDS = 300;

/** What a shell reports for a process that Ctrl-C ended: 128 and the signal's number. */
const FORCED = 130;

/**
 * Closes what a command holds open, then ends the process: on Ctrl-C, SIGTERM, a closed terminal, or
 * when its parent is gone. A second wish that comes later does not wait for the first. The answer calls it all off.
 *
 * @example
 * const deployment = await deploy(stage, 'process', {});
 * onShutdown(() => deployment.close());
 */
export function onShutdown(close: () => Promise<void>): () => void {
  let asked: number | undefined;
  const end = (): void => {
    if (asked !== undefined) {
      if (performance.now() - asked > SAME_WISH_MILLISECONDS) process.exit(FORCED);
      return;
    }
    asked = performance.now();
    close().then(
      () => process.exit(0),
      (error: unknown) => {
        console.error(error);
        process.exit(1);
      },
    );
  };
  for (const ending of ENDINGS) process.on(ending, end);
  const stopWatching = whenNpmIsGone(end);
  // Listening to `disconnect` would keep a process alive that has nothing else to do.
  process.channel?.unref();
  return () => {
    for (const ending of ENDINGS) process.off(ending, end);
    stopWatching();
  };
}

/** A person's or a machine's wish to end; `disconnect` comes when the process that started this one is gone. */
const ENDINGS = ['SIGINT', 'SIGTERM', 'SIGHUP', 'disconnect'] as const;

/** One Ctrl-C can arrive twice: from the terminal, and from a parent that passes it on. */
const SAME_WISH_MILLISECONDS = 300;

/** How often a process that npm started looks whether npm is still there. */
const PARENT_CHECK_MILLISECONDS = 500;

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

/** npm ends on SIGTERM without passing it on, and a killed one cannot: its child then has another parent. */
function whenNpmIsGone(callback: () => void): () => void {
  if (process.env['npm_command'] === undefined) return () => undefined;
  const npm = process.ppid;
  const check = setInterval(() => {
    if (process.ppid === npm) return;
    clearInterval(check);
    callback();
  }, PARENT_CHECK_MILLISECONDS).unref();
  return () => clearInterval(check);
}

import { DefaultConsoleLoggerFactory, type ILogger } from '@midwayjs/core';

const ignore = (): void => undefined;

const WARNINGS: ILogger = {
  debug: ignore,
  info: ignore,
  warn: (...parts: unknown[]) => console.warn(...parts),
  error: (...parts: unknown[]) => console.error(...parts),
};

/**
 * A function's log is what it writes to its console. Warnings and errors go there; what Midway has to tell of
 * each start, every route for one, does not.
 */
export class WarningLoggers extends DefaultConsoleLoggerFactory {
  override createLogger(): ILogger {
    return WARNINGS;
  }

  override getLogger(): ILogger {
    return WARNINGS;
  }
}

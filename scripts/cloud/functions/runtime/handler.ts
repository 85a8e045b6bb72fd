import type { FunctionContext } from './protocol.ts';

type Handler = (...parameters: unknown[]) => unknown;

/** The exports of the function's module: CommonJS comes as `default`, and often as names too. */
export type FunctionModule = Readonly<Record<string, unknown>>;

type Level = 'debug' | 'info' | 'warn' | 'error';

/**
 * Calls what a module exports under a handler's name: as a promise, a plain value or with a callback as
 * last parameter, as FC's Node runtimes do.
 *
 * @example await callHandler(module, 'index.handler', [event], context)
 */
export async function callHandler(
  module: FunctionModule,
  handler: string,
  parameters: readonly unknown[],
  context: FunctionContext,
): Promise<string> {
  const call = findHandler(module, handler);
  const all = [...parameters, { ...context, logger: createLogger(context.requestId) }];
  return new Promise<unknown>((resolve, reject) => {
    const callback = (error: unknown, result: unknown): void =>
      error ? reject(error) : resolve(result);
    const returned = call(...all, callback);
    const waits = call.length > all.length && !(returned instanceof Promise);
    if (!waits) resolve(returned);
  }).then(serialise);
}

function findHandler(module: FunctionModule, handler: string): Handler {
  const name = handler.slice(handler.lastIndexOf('.') + 1);
  const inner = module['default'] as FunctionModule | undefined;
  const found = module[name] ?? inner?.[name];
  if (typeof found !== 'function') {
    throw new TypeError(`the module of handler "${handler}" exports no function "${name}"`);
  }
  return found as Handler;
}

/** A string and bytes are sent as they are, all else as JSON. */
function serialise(result: unknown): string {
  if (result === undefined || result === null) return '';
  if (typeof result === 'string') return result;
  if (result instanceof Uint8Array) return new TextDecoder().decode(result);
  return JSON.stringify(result);
}

function createLogger(requestId: string): Record<Level | 'log', (...parts: unknown[]) => void> {
  const write =
    (level: Level) =>
    (...parts: unknown[]): void =>
      console.log(new Date().toISOString(), requestId, `[${level}]`, ...parts);
  return {
    debug: write('debug'),
    info: write('info'),
    warn: write('warn'),
    error: write('error'),
    log: write('info'),
  };
}

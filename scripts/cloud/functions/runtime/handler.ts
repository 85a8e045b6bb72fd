type Handler = (...parameters: unknown[]) => unknown;

/** The exports of the function's module: CommonJS comes as `default`, and often as names too. */
export type FunctionModule = Readonly<Record<string, unknown>>;

/**
 * What a module exports under a handler's name, or undefined.
 *
 * @example findHandler(module, 'index.handler')
 */
export function findHandler(module: FunctionModule, handler: string): Handler | undefined {
  const name = exportOf(handler);
  const inner = module['default'] as FunctionModule | undefined;
  const found = module[name] ?? inner?.[name];
  return typeof found === 'function' ? (found as Handler) : undefined;
}

/**
 * The name that a handler's module must export.
 *
 * @example exportOf('index.handler') // 'handler'
 */
export function exportOf(handler: string): string {
  return handler.slice(handler.lastIndexOf('.') + 1);
}

/**
 * Calls a handler as the Node runtimes of the clouds do: it answers with a promise, a plain value or a
 * callback as last parameter.
 *
 * @example await callHandler(handler, [event, context])
 */
export async function callHandler(
  handler: Handler,
  parameters: readonly unknown[],
): Promise<string> {
  return new Promise<unknown>((resolve, reject) => {
    const callback = (error: unknown, result: unknown): void =>
      error ? reject(error) : resolve(result);
    const returned = handler(...parameters, callback);
    const waits = handler.length > parameters.length && !(returned instanceof Promise);
    if (!waits) resolve(returned);
  }).then(serialise);
}

/** A string and bytes are sent as they are, all else as JSON. */
function serialise(result: unknown): string {
  if (result === undefined || result === null) return '';
  if (typeof result === 'string') return result;
  if (result instanceof Uint8Array) return new TextDecoder().decode(result);
  return JSON.stringify(result);
}

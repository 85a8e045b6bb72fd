import { createServer, type IncomingMessage, type Server } from 'node:http';
import { type Dialect, DIALECTS } from './dialects.ts';
import { callHandler, exportOf, findHandler, type FunctionModule } from './handler.ts';
import { FAULT_HEADER, type FunctionFault, PATHS, readContext, STATUS } from './protocol.ts';

/** The handlers of one function: `index.handler`; empty when it has none of that kind. */
export interface Handlers {
  readonly invoke: string;
  readonly initialize: string;
  readonly preStop: string;
}

/** How a call ended. */
type Outcome =
  | { readonly result: string }
  | { readonly fault: FunctionFault; readonly error: unknown };

/**
 * The HTTP server inside an instance. It knows nothing of how a module is loaded, so that a worker in a
 * browser tab can run it as well.
 *
 * @example createRuntimeServer(() => import('./index.js'), handlers).listen(9000)
 */
export function createRuntimeServer(
  load: () => Promise<FunctionModule>,
  handlers: Handlers,
  dialect: Dialect = DIALECTS.fc,
): Server {
  const calls: Readonly<Record<string, (request: IncomingMessage) => Promise<Outcome>>> = {
    [`POST ${PATHS.initialize}`]: (request) => call(request, handlers.initialize, []),
    [`POST ${PATHS.invoke}`]: async (request) =>
      call(request, handlers.invoke, [dialect.event(await readBody(request))]),
    [`GET ${PATHS.preStop}`]: (request) => call(request, handlers.preStop, []),
  };

  async function call(
    request: IncomingMessage,
    name: string,
    parameters: readonly unknown[],
  ): Promise<Outcome> {
    let module: FunctionModule;
    try {
      module = await load();
    } catch (error) {
      return { fault: 'module', error };
    }
    const handler = findHandler(module, name);
    if (!handler) {
      const message = `the module of handler "${name}" exports no function "${exportOf(name)}"`;
      return { fault: 'missing', error: new TypeError(message) };
    }
    try {
      const context = dialect.context(readContext(request.headers));
      return { result: await callHandler(handler, [...parameters, context]) };
    } catch (error) {
      return { fault: 'handler', error };
    }
  }

  const server = createServer((request, response) => {
    const found = calls[`${request.method} ${request.url}`];
    const outcome: Promise<Outcome> = found
      ? found(request)
      : Promise.resolve({ fault: 'missing', error: new Error('unknown control path') });
    void outcome.then((ended) => {
      if ('result' in ended) {
        response.writeHead(STATUS.done, { 'x-fc-status': STATUS.done }).end(ended.result);
        return;
      }
      console.error(ended.error);
      response
        .writeHead(STATUS.failed, { 'x-fc-status': STATUS.failed, [FAULT_HEADER]: ended.fault })
        .end(JSON.stringify(describe(ended.error)));
    });
  });
  // The platform keeps its connection for as long as the instance lives.
  server.keepAliveTimeout = 0;
  server.requestTimeout = 0;
  return server;
}

async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of request) chunks.push(chunk as Uint8Array);
  return Buffer.concat(chunks);
}

/** An error as FC's Node runtimes report it. */
function describe(error: unknown): object {
  const { name, message, stack = '' } = error instanceof Error ? error : new Error(String(error));
  return {
    errorMessage: message,
    errorType: name,
    stackTrace: stack
      .split('\n')
      .slice(1)
      .map((line) => line.trim()),
  };
}

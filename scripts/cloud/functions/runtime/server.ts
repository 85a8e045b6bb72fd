import { createServer, type IncomingMessage, type Server } from 'node:http';
import { callHandler, type FunctionModule } from './handler.ts';
import { PATHS, readContext, STATUS } from './protocol.ts';

/** The handlers of one function: `index.handler`; empty when it has none of that kind. */
export interface Handlers {
  readonly invoke: string;
  readonly initialize: string;
  readonly preStop: string;
}

/**
 * The HTTP server inside an instance. It knows nothing of how a module is loaded, so that a worker in a
 * browser tab can run it as well.
 *
 * @example createRuntimeServer(() => import('./index.js'), handlers).listen(9000)
 */
export function createRuntimeServer(
  load: () => Promise<FunctionModule>,
  handlers: Handlers,
): Server {
  const calls: Readonly<Record<string, (request: IncomingMessage) => Promise<string>>> = {
    [`POST ${PATHS.initialize}`]: (request) => lifecycle(request, handlers.initialize),
    [`POST ${PATHS.invoke}`]: async (request) => {
      const event = await readBody(request);
      const context = readContext(request.headers);
      return callHandler(await load(), handlers.invoke, [event], context);
    },
    [`GET ${PATHS.preStop}`]: (request) => lifecycle(request, handlers.preStop),
  };

  async function lifecycle(request: IncomingMessage, handler: string): Promise<string> {
    return callHandler(await load(), handler, [], readContext(request.headers));
  }

  const server = createServer((request, response) => {
    const call = calls[`${request.method} ${request.url}`];
    const result = call ? call(request) : Promise.reject(new Error('unknown control path'));
    result.then(
      (text) => response.writeHead(STATUS.done, { 'x-fc-status': STATUS.done }).end(text),
      (error: unknown) => {
        console.error(error);
        response
          .writeHead(STATUS.failed, { 'x-fc-status': STATUS.failed })
          .end(JSON.stringify(describe(error)));
      },
    );
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
